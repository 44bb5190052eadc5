"""How certificates look: a registrar fills in a design, looks at it, and publishes it."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from certificates import access, papers
from certificates.models import Paper, PaperPicture
from certificates.paper.checking import check_design
from certificates.paper.design import PaperDesign, Signatory
from core.errors import DomainError
from core.forms import CleanCharField, Grouped
from core.pdf import PdfUnavailable
from people.models import Person

_ORIENTATIONS: Final = [("landscape", gettext_lazy("Landscape")), ("portrait", gettext_lazy("Portrait"))]
_LANGUAGES: Final = [
    ("both", gettext_lazy("Burmese and English")),
    ("my", gettext_lazy("Burmese")),
    ("en", gettext_lazy("English")),
]
_COLOURS: Final = [
    ("lagoon", gettext_lazy("Blue and gold")),
    ("forest", gettext_lazy("Green and bronze")),
    ("ruby", gettext_lazy("Red and gold")),
    ("plum", gettext_lazy("Violet and silver")),
]
_FLAGS: Final = ("with_unit", "with_score", "with_hours", "era", "with_objectives")
_TEXTS: Final = ("title", "intro", "reason", "footer")
_SIGNATORY: Final = ("name_my", "name_en", "post_my", "post_en", "image")


def _text(label: Any, help_text: Any = "") -> CleanCharField:
    return CleanCharField(label=label, max_length=120, required=False, help_text=help_text)


class DesignForm(Grouped):
    """A design as it is typed. A text that is left empty is printed as it is built in."""

    in_groups = (
        (gettext_lazy("The design"), ("name", "is_default")),
        (gettext_lazy("How it looks"), ("orientation", "languages", "colours", "crest", "no_crest")),
        (gettext_lazy("What is printed"), _FLAGS),
        (gettext_lazy("Texts"), tuple(f"{name}_{language}" for name in _TEXTS for language in ("my", "en"))),
        (gettext_lazy("First signatory"), tuple(f"by1_{part}" for part in _SIGNATORY)),
        (gettext_lazy("Second signatory"), tuple(f"by2_{part}" for part in _SIGNATORY)),
    )

    name = CleanCharField(label=gettext_lazy("Name of the design"), max_length=80)
    is_default = forms.BooleanField(label=gettext_lazy("Used where a rule names none"), required=False)
    orientation = forms.ChoiceField(label=gettext_lazy("Sheet"), choices=_ORIENTATIONS)
    languages = forms.ChoiceField(label=gettext_lazy("Languages"), choices=_LANGUAGES)
    colours = forms.ChoiceField(label=gettext_lazy("Colours"), choices=_COLOURS)
    crest = forms.FileField(
        label=gettext_lazy("Crest"), required=False, widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=gettext_lazy("PNG with a clear ground, at least 400 pixels wide. Empty: the product's own seal."),
    )  # fmt: skip
    no_crest = forms.BooleanField(label=gettext_lazy("Take the crest off"), required=False)
    title_my = _text(gettext_lazy("Heading in Burmese"), gettext_lazy("Empty: as it is built in."))
    title_en = _text(gettext_lazy("Heading in English"))
    intro_my = _text(gettext_lazy("Line above the name, Burmese"))
    intro_en = _text(gettext_lazy("Line above the name, English"))
    reason_my = _text(gettext_lazy("Line above the course, Burmese"))
    reason_en = _text(gettext_lazy("Line above the course, English"))
    footer_my = _text(gettext_lazy("Foot of the sheet, Burmese"))
    footer_en = _text(gettext_lazy("Foot of the sheet, English"))
    era = forms.BooleanField(label=gettext_lazy("Dates also in the Myanmar era"), required=False)
    with_unit = forms.BooleanField(label=gettext_lazy("Print the unit"), required=False)
    with_score = forms.BooleanField(label=gettext_lazy("Print the score"), required=False)
    with_hours = forms.BooleanField(label=gettext_lazy("Print the learning time"), required=False)
    with_objectives = forms.BooleanField(label=gettext_lazy("Print the objectives on a second sheet"), required=False)

    def __init__(self, paper: Paper, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper, self.viewer = paper, viewer
        self.before = PaperDesign.from_dict(paper.draft)
        for number in (1, 2):
            for part, label in (
                ("name_my", gettext_lazy("Name in Burmese")),
                ("name_en", gettext_lazy("Name in English")),
                ("post_my", gettext_lazy("Post in Burmese")),
                ("post_en", gettext_lazy("Post in English")),
            ):
                self.fields[f"by{number}_{part}"] = _text(label)
            self.fields[f"by{number}_image"] = forms.FileField(
                label=gettext_lazy("Scanned signature"),
                required=False,
                widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
                help_text=gettext_lazy("PNG with a clear ground. What is stored stays when this is left empty."),
            )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Paper.objects.filter(name=name).exclude(pk=self.paper.pk).exists():
            raise ValidationError(_("Another design has this name."))
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("crest", "by1_image", "by2_image"):
            if upload := given.get(name):
                try:
                    given[name] = papers.keep_picture(upload.read(), by=self.viewer, at=timezone.now())
                except DomainError as error:
                    self.add_error(name, str(error))
        return given

    def design(self) -> PaperDesign:
        """What was typed; a picture that was not sent anew stays."""
        said = self.cleaned_data
        signatories = []
        for number in (1, 2):
            old = self.before.signatories[number - 1] if len(self.before.signatories) >= number else Signatory()
            names = {part: said[f"by{number}_{part}"] for part in ("name_my", "name_en", "post_my", "post_en")}
            if any(names.values()):
                signatories.append(Signatory(**names, image=said[f"by{number}_image"] or old.image))
        texts = {f"{name}_{language}": said[f"{name}_{language}"] for name in _TEXTS for language in ("my", "en")}
        return PaperDesign(
            orientation=said["orientation"],
            languages=said["languages"],
            colours=said["colours"],
            crest="" if said["no_crest"] else said["crest"] or self.before.crest,
            signatories=tuple(signatories),
            **texts,
            **{name: said[name] for name in _FLAGS},
        )


def _typed(paper: Paper) -> dict[str, Any]:
    design = PaperDesign.from_dict(paper.draft)
    said: dict[str, Any] = {name: value for name, value in vars(design).items() if isinstance(value, str | bool)}
    said.pop("crest")
    for number, one in enumerate(design.signatories, start=1):
        said |= {f"by{number}_{part}": value for part, value in vars(one).items() if part != "image"}
    return said | {"name": paper.name, "is_default": paper.is_default}


def _paper(request: HttpRequest, public_id: UUID) -> tuple[Person, Paper]:
    return access.designer_or_404(request.user), get_object_or_404(Paper, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a design."""
    viewer = access.designer_or_404(request.user)
    return _edit(request, viewer, Paper(draft=PaperDesign().to_dict()))


@require_http_methods(["GET", "HEAD", "POST"])
def design(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Fill in a design, with a look at what it prints and what stands against publishing it."""
    return _edit(request, *_paper(request, public_id))


def _edit(request: HttpRequest, viewer: Person, paper: Paper) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DesignForm(paper, viewer, *sent, initial=_typed(paper))
    if request.method == "POST" and form.is_valid():
        paper.name, paper.is_default = form.cleaned_data["name"], form.cleaned_data["is_default"]
        paper.draft = form.design().to_dict()
        papers.save_draft(paper)
        messages.success(request, _("The draft is saved. Nothing is printed with it until it is published."))
        return redirect("certificate_office:design", paper.public_id)
    drafted = PaperDesign.from_dict(paper.draft)
    context = {
        "form": form,
        "paper": paper,
        "published": paper.published if paper.pk else None,
        "is_new": bool(paper.pk) and (paper.published is None or paper.published.design != drafted.to_dict()),
        "problems": check_design(drafted, images=PaperPicture.read(drafted.images)) if paper.pk else [],
    }
    return render(request, "certificates/office/design.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The draft as a picture; POST: with what was typed and not saved."""
    viewer, paper = _paper(request, public_id)
    shown = PaperDesign.from_dict(paper.draft)
    if request.method == "POST":
        form = DesignForm(paper, viewer, request.POST)
        if not form.is_valid():
            return HttpResponse(status=422)
        shown = form.design()
    try:
        picture = papers.preview_png(shown, today=timezone.localdate())
    except PdfUnavailable:
        return HttpResponse(status=422)
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "no-store"})


@require_POST
def publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Print with it from now on."""
    viewer, paper = _paper(request, public_id)
    try:
        papers.publish(paper, by=viewer, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Published. Certificates issued from now on are printed with it."))
    return redirect("certificate_office:design", paper.public_id)
