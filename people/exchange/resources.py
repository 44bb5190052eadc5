"""What each column means: the cell that a text becomes, and the text that is written of it again.

Of django-import-export the resources and fields are used; neither its views nor its admin.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import Widget

from core.text import finding
from people.exchange.faults import Told
from people.exchange.known import Known
from people.identity import service_key
from people.models import Agency, Cohort, Person, Unit
from people.names import fault

_CODE: Final = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,18}[A-Z0-9])?")


class Wrong(ValueError):
    """A cell that cannot be taken: a code of people/exchange/faults.py with its values."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class Cell(Widget):
    """A cell. An empty one becomes None and leaves what is stored."""

    def clean(self, value: str, row: Any = None, **context: Any) -> Any:
        return self.read(value, **context) if value else None

    def read(self, text: str, *, known: Known, told: Told) -> Any:
        """What a text means. Raises Wrong."""
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class NumberCell(Cell):
    """A service number in any spelling."""

    def read(self, text: str, *, known: Known, told: Told) -> str:
        try:
            number = service_key(text)
        except ValueError:
            raise Wrong("number", text=text[:40]) from None
        if number != text.strip().upper():
            told.note("number", before=text, after=number)
        return number


class NameCell(Cell):
    """A name. column: for the sentence; script: which letters it is written in, "" for either."""

    def __init__(self, column: str, script: str = "", most: int = 120) -> None:
        super().__init__()
        self.column, self.script, self.most = column, script, most

    def read(self, text: str, *, known: Known, told: Told) -> str:
        if len(text) > self.most:
            raise Wrong("long", column=self.column, many=len(text), most=self.most)
        if wrong := fault(text, self.script):
            code, values = wrong
            raise Wrong(code, column=self.column, **values)
        if finding(text, "line") in ("mixed", "zawgyi"):
            raise Wrong("mixed", column=self.column)
        return text


class CodeCell(Cell):
    """The code of a unit."""

    def read(self, text: str, *, known: Known, told: Told) -> str:
        code = text.upper()
        if not _CODE.fullmatch(code):
            raise Wrong("code", text=text[:40])
        return code


class UnitCell(Cell):
    """A unit that is here, by code or name."""

    def read(self, text: str, *, known: Known, told: Told) -> Unit:
        found = known.unit(text)
        if len(found) > 1:
            raise Wrong("unit_many", text=text[:60], names=[one.code for one in found[:4]])
        if found and found[0].pk in known.unit_pks:
            if found[0].closed_at:
                raise Wrong("unit_closed", text=text[:60])
            return found[0]
        if found:
            raise Wrong("unit_outside", text=text[:60])
        if like := known.units_like(text):
            raise Wrong("unit_like", text=text[:60], names=like)
        raise Wrong("unit", text=text[:60])

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.code if value else ""


class ChoiceCell(Cell):
    """One of a few words. choices: what is stored -> what else people write; wrong: the code of the fault."""

    def __init__(self, wrong: str, choices: Mapping[Any, tuple[str, ...]]) -> None:
        super().__init__()
        self.wrong = wrong
        self.meant = {self._key(word): value for value, words in choices.items() for word in (str(value), *words)}

    @staticmethod
    def _key(text: str) -> str:
        return re.sub(r"[\s_-]", "", text).casefold()

    def read(self, text: str, *, known: Known, told: Told) -> Any:
        try:
            return self.meant[self._key(text)]
        except KeyError:
            raise Wrong(self.wrong, text=text[:40]) from None


class Table(ModelResource):
    """Columns of one kind of table, each a `Field` whose column name is that of people/exchange/columns.py."""

    def __init__(self) -> None:
        super().__init__()
        self.ins, self.outs = self.get_import_fields(), self.get_export_fields()

    def read(self, instance: Any, cells: Mapping[str, str], told: Told, known: Known) -> None:
        """Set what the cells say; what is wrong with them is told."""
        for field in self.ins:
            try:
                self.import_field(field, instance, cells, known=known, told=told)
            except Wrong as wrong:
                told.fault(wrong.code, **wrong.values)

    def cells(self, instance: Any) -> list[str]:
        """The row that is written of a record."""
        return [field.export(instance) for field in self.outs]


def _field(attribute: str, widget: Widget, column: str = "") -> Field:
    return Field(attribute, column or attribute, widget, saves_null_values=False)


LANGUAGES: Final = {
    "my": ("burmese", "myanmar", "မြန်မာ", "ဗမာ", "မြန်မာဘာသာ", "mm"),
    "en": ("english", "အင်္ဂလိပ်", "အင်္ဂလိပ်ဘာသာ"),
}
AGENCIES: Final = {
    Agency.IMMIGRATION: ("လူဝင်မှုကြီးကြပ်ရေး", "လဝက"),
    Agency.POLICE: ("ရဲ", "ရဲတပ်ဖွဲ့", "မြန်မာနိုင်ငံရဲတပ်ဖွဲ့"),
    Agency.SOCIAL_WELFARE: ("လူမှုဝန်ထမ်း", "လူမှုဝန်ထမ်းဦးစီးဌာန"),
}
KINDS: Final = {
    Unit.Kind.AGENCY: ("ဌာန", "ဦးစီးဌာန"),
    Unit.Kind.REGION: ("ဒေသ", "တိုင်းဒေသကြီး", "ပြည်နယ်", "state"),
    Unit.Kind.POST: ("စခန်း", "ရုံး", "station"),
}
PARTS: Final = {"learner": ("သင်ယူသူ", "သင်တန်းသား", "student", "trainee"), "trainer": ("သင်တန်းနည်းပြ", "နည်းပြ", "သင်တန်းဆရာ", "teacher")}  # fmt: skip
YES: Final = {True: ("yes", "y", "1", "ဟုတ်", "ဟုတ်ကဲ့", "အသစ်", "new", "✓"), False: ("no", "n", "0", "မဟုတ်", "-")}


class PersonTable(Table):
    """People."""

    service_number = _field("service_number", NumberCell())
    name_my = _field("name_my", NameCell("name_my", "my"))
    name_latin = _field("name_latin", NameCell("name_latin", "latin"))
    unit = _field("unit", UnitCell())
    language = _field("language", ChoiceCell("language", LANGUAGES))

    class Meta:
        model = Person
        fields = ("service_number", "name_my", "name_latin", "unit", "language")
        import_id_fields = ("service_number",)


class UnitTable(Table):
    """Units. The unit above is told by its code, as it may come with the same file."""

    kind = _field("kind", ChoiceCell("kind", KINDS))
    agency = _field("agency", ChoiceCell("agency", AGENCIES))
    code = _field("code", CodeCell())
    name_my = _field("name_my", NameCell("name_my", "my"))
    name_en = _field("name_en", NameCell("name_en", "latin"))
    parent = Field("parent", "parent", UnitCell(), readonly=True)

    class Meta:
        model = Unit
        fields = ("kind", "agency", "code", "name_my", "name_en", "parent")
        import_id_fields = ("code",)


class CohortTable(Table):
    """Who is in which group; the rows are read by people/exchange/cohorts.py, these are the cells of its own."""

    part = _field("part", ChoiceCell("part", PARTS))
    new = _field("new", ChoiceCell("yes", YES))
    service_number = _field("service_number", NumberCell())

    class Meta:
        model = Cohort
        fields = ("part", "new", "service_number")
