"""Form rendering, and fields that understand what Burmese keyboards send."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from core import text
from core.languages import Spoken, interface_language
from core.templatetags.burmese import digits
from myanmar.dates import parse_date
from myanmar.digits import to_ascii_digits

A_YEAR: Final = timedelta(days=366)


class Renderer(TemplatesSetting):
    """Renders forms with the project's own templates, so that one file decides how a field looks."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class Grouped(forms.Form):
    """A long form in groups. in_groups: heading and names of fields; a form may lack some of them."""

    in_groups: ClassVar[Sequence[tuple[Any, Sequence[str]]]] = ()

    def groups(self) -> list[dict[str, Any]]:
        """Each group that has fields, with its heading."""
        found = [(legend, [self[name] for name in names if name in self.fields]) for legend, names in self.in_groups]
        return [{"legend": legend, "fields": fields} for legend, fields in found if fields]


class CleanCharField(forms.CharField):
    """Text that a person types: cleaned (`core.text`), and refused once if it is Zawgyi, with the converted text offered.

    shape: "line", "lines" or "html". as_html=False words the offer in plain text, for forms that show errors so.
    printed: it goes onto papers, and a character that they could not print is refused. Lengths are of the cleaned text.
    """

    def __init__(
        self, *, shape: text.Shape = "line", as_html: bool = True, printed: bool = False, **kwargs: Any
    ) -> None:
        if shape == "lines":
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(**kwargs)
        self.shape, self.as_html, self.printed = shape, as_html, printed

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not isinstance(typed, str):
            return typed
        return text.accepted(typed, self.shape, as_html=self.as_html) or self.empty_value

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.printed and value:
            text.check_printed(value)

    def prepare_value(self, value: Any) -> Any:
        """What the box shows, when a form is sent back too: here Zawgyi is already converted."""
        value = super().prepare_value(value)
        return text.offered(value, self.shape) if isinstance(value, str) else value


class SpokenSelect(forms.Select):
    """A list whose names are marked with their language, where it is not the interface's."""

    def create_option(self, name: Any, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *args, **kwargs)
        language = getattr(label, "language", None)
        if language and language != interface_language():
            option["attrs"]["lang"] = language
        return option


class RecordField(forms.ModelChoiceField):
    """A record by its name, and by its code where it has one."""

    widget = SpokenSelect

    def __init__(self, queryset: Any, *, empty_label: str | None = "–", **kwargs: Any) -> None:
        super().__init__(queryset, empty_label=empty_label, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        name, code = str(obj), getattr(obj, "code", "")
        return Spoken(f"{name} ({code})" if code else name, getattr(name, "language", interface_language()))


class _AsciiDigits(forms.Field):
    """Takes Burmese digits for digits."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_ascii_digits(value) if isinstance(value, str) else value)


class _Number(_AsciiDigits):
    """A number; a browser's own number box would refuse Burmese digits."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        # In a number the letter wa can only be a mistyped zero.
        return super().to_python(value.replace("ဝ", "0") if isinstance(value, str) else value)

    def run_validators(self, value: Any) -> None:
        """The numbers of a refusal have the digits of the reader."""
        try:
            super().run_validators(value)
        except ValidationError as refusal:
            for one in refusal.error_list:
                told = {
                    name: value for name, value in (one.params or {}).items() if name in ("limit_value", "show_value")
                }
                one.params = (one.params or {}) | {name: digits(value) for name, value in told.items()}
            raise

    def widget_attrs(self, widget: forms.Widget) -> Any:
        return {**super().widget_attrs(widget), "inputmode": "decimal"}


class IntegerField(_Number, forms.IntegerField):
    """A whole number in Burmese or other digits."""


class DecimalField(_Number, forms.DecimalField):
    """A number in Burmese or other digits."""


class CodeField(_AsciiDigits, forms.CharField):
    """A code, kept as typed but for its digits."""


class SlugField(_AsciiDigits, forms.SlugField):
    """The part of an address that names a page; the digits may be Burmese."""


class DateTimeField(_AsciiDigits, forms.DateTimeField):
    """A date with its time in Burmese or other digits."""


class TimeField(_AsciiDigits, forms.TimeField):
    """A time in Burmese or other digits."""


def meant(day: date, *, on: date) -> date:
    """A day on which something is held or given, if somebody can mean it: at most a year before `on`, for what is entered
    afterwards, and two years ahead. Raises ValidationError for another, which is a slip in the year.
    """
    first, last = on - A_YEAR, on + 2 * A_YEAR
    if not first <= day <= last:
        raise ValidationError(
            _(
                "This day cannot be meant, and nothing was saved. Check the year: write a day from %(first)s to %(last)s."
            ),
            code="far",
            params={"first": digits(f"{first:%d-%m-%Y}"), "last": digits(f"{last:%d-%m-%Y}")},
        )
    return day


class DateField(forms.DateField):
    """A date typed as day-month-year with Burmese or other digits, or as a browser's date field sends it."""

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            return parse_date(value)
        except ValueError:
            raise ValidationError(
                _("This is no date. Write day-month-year, like 31-12-2026."), code="invalid"
            ) from None
