"""What earns certificates."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from certificates import access
from certificates.earning import SOURCES
from certificates.models import CertificateRule, Paper, RuleNeed
from certificates.rules import Need, save_rule, titles
from certificates.signals import observation_asked
from core.forms import CleanCharField, CodeField, Grouped, IntegerField, RecordField
from core.languages import Spoken
from courses.catalogue import spoken

Kind = CertificateRule.Kind
Renewal = CertificateRule.Renewal

# What the office adds rules of; that of a completed course is there with the course.
NEW: Final = {
    Kind.PROGRAMME: gettext_lazy("A new programme"),
    Kind.ATTENDANCE: gettext_lazy("A certificate for attending sessions"),
    Kind.ACCREDITATION: gettext_lazy("A certificate for the right to teach"),
}
_OF_COMPLETION = (
    "title_my", "title_en", "courses", "version_from", "percent", "hours", "observed", "renewal", "refresher", "renew_days",
)  # fmt: skip
_GONE: Final[dict[str, tuple[str, ...]]] = {
    Kind.COURSE: ("course", "title_my", "title_en", "courses"),
    Kind.PROGRAMME: ("course", "version_from", "percent", "refresher"),
    Kind.ATTENDANCE: _OF_COMPLETION,  # another session earns another one
    Kind.ACCREDITATION: (*_OF_COMPLETION, "valid_months"),  # it holds as long as the right does
}


def _courses(*, without: str = "") -> list[tuple[str, Any]]:
    """Courses to choose from; only those that have no rule of a kind yet."""
    taken = set(CertificateRule.objects.filter(kind=without).values_list("course_key", flat=True))
    return [
        (str(course.key), Spoken(f"{course.code} · {course.title}", course.title.language))
        for course in spoken().courses
        if course.key not in taken
    ]


def _to_add() -> list[tuple[Kind, Any]]:
    """Kinds of which a rule can be added: something earns them, and a course is left that has none."""
    return [
        (kind, title)
        for kind, title in NEW.items()
        if kind == Kind.PROGRAMME or (kind in SOURCES and _courses(without=kind))
    ]


class RuleForm(Grouped):
    """A rule: what it certifies, what it needs, how long it holds, how it is renewed, and how it looks."""

    in_groups = (
        (gettext_lazy("What it certifies"), ("course", "code", "title_my", "title_en", "courses")),
        (gettext_lazy("What is asked beside"), ("version_from", "percent", "hours", "observed")),
        (gettext_lazy("How long it holds"), ("valid_months", "renewal", "refresher", "renew_days")),
        (gettext_lazy("Printing"), ("paper", "is_live")),
    )

    course = forms.ChoiceField(label=gettext_lazy("Course"))
    code = CodeField(
        label=gettext_lazy("Code"), max_length=12, help_text=gettext_lazy("Short and unique; it is printed.")
    )
    title_my = CleanCharField(label=gettext_lazy("Title in Burmese"), max_length=200, required=False, printed=True)
    title_en = CleanCharField(label=gettext_lazy("Title in English"), max_length=200, required=False, printed=True)
    courses = forms.MultipleChoiceField(
        label=gettext_lazy("Courses to complete"), widget=forms.CheckboxSelectMultiple, required=False
    )
    version_from = CodeField(
        label=gettext_lazy("From content version"), max_length=20, required=False,
        help_text=gettext_lazy("Only who completed this version or a later one; empty: any."),
    )  # fmt: skip
    percent = IntegerField(
        label=gettext_lazy("Exam passed with at least (per cent)"), min_value=1, max_value=100, required=False,
        help_text=gettext_lazy("Above what passes the exam; empty: passed is enough."),
    )  # fmt: skip
    hours = IntegerField(
        label=gettext_lazy("Hours of learning, at least"), min_value=1, max_value=1000, required=False,
        help_text=gettext_lazy("Of all courses completed; empty: not asked."),
    )  # fmt: skip
    observed = forms.BooleanField(label=gettext_lazy("Practice observed and passed"), required=False)
    valid_months = IntegerField(
        label=gettext_lazy("Valid for months"), min_value=0, max_value=600, required=False,
        help_text=gettext_lazy("0: for good. Empty: as the course says."),
    )  # fmt: skip
    renewal = forms.ChoiceField(label=gettext_lazy("Can be renewed"), choices=Renewal.choices)
    refresher = forms.ChoiceField(label=gettext_lazy("Refresher course"), required=False)
    renew_days = IntegerField(
        label=gettext_lazy("Days before its end from which it can be renewed"), min_value=1, max_value=730
    )
    paper = RecordField(label=gettext_lazy("Design"), queryset=Paper.objects.none(), required=False)
    is_live = forms.BooleanField(label=gettext_lazy("In force"), required=False)

    def __init__(self, rule: CertificateRule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.fields["paper"].queryset = Paper.objects.all()  # type: ignore[attr-defined]
        self.fields["courses"].choices = _courses()  # type: ignore[attr-defined]
        self.fields["refresher"].choices = [("", "–"), *_courses()]  # type: ignore[attr-defined]
        self.fields["course"].choices = [("", "–"), *_courses(without=rule.kind)]  # type: ignore[attr-defined]
        gone = set(_GONE[rule.kind])
        if rule.pk:
            gone.add("course")
        if not observation_asked.has_listeners():
            gone.add("observed")
        for name in gone:
            del self.fields[name]
        if rule.kind == Kind.PROGRAMME:
            self.fields["valid_months"].help_text = _("0: for good.")
            self.fields["renewal"].choices = [  # type: ignore[attr-defined]
                choice for choice in Renewal.choices if choice[0] in (Renewal.COURSE, Renewal.NONE)
            ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.rule.kind == Kind.PROGRAMME:
            if not given.get("title_my") and not given.get("title_en"):
                self.add_error("title_my", _("Give at least one title."))
            if len(given.get("courses") or []) < 2:
                self.add_error("courses", _("A programme has two courses or more."))
            if given.get("valid_months") is None and "valid_months" not in self.errors:
                self.add_error("valid_months", _("Say for how many months it is valid; 0 means for good."))
        if given.get("renewal") == Renewal.REFRESHER and not given.get("refresher"):
            self.add_error("refresher", _("Choose the refresher course."))
        return given

    def needs(self) -> list[Need]:
        """What the form asks, as needs."""
        said, own = self.cleaned_data, self.rule.course_key
        found = [Need(RuleNeed.Kind.COURSE, UUID(key)) for key in said.get("courses") or []]
        if said.get("version_from"):
            found.append(Need(RuleNeed.Kind.COURSE, own, version_from=said["version_from"]))
        if said.get("percent"):
            found.append(Need(RuleNeed.Kind.EXAM, own, least=said["percent"]))
        if said.get("hours"):
            found.append(Need(RuleNeed.Kind.HOURS, least=said["hours"]))
        if said.get("observed"):
            keys = [own] if own else [UUID(key) for key in said["courses"]]
            found += [Need(RuleNeed.Kind.OBSERVED, key) for key in keys]
        return found

    def stored(self) -> CertificateRule:
        """The rule with what was typed, not saved."""
        said = self.cleaned_data
        for name in ("code", "title_my", "title_en", "valid_months", "renew_days", "paper", "is_live"):
            if name in said:
                setattr(self.rule, name, said[name])
        if said.get("course"):
            self.rule.course_key = UUID(said["course"])
        self.rule.renewal = said.get("renewal", Renewal.NONE)
        is_refresher = self.rule.renewal == Renewal.REFRESHER
        self.rule.refresher_key = UUID(said["refresher"]) if is_refresher else None
        return self.rule


def _typed(rule: CertificateRule) -> dict[str, Any]:
    """A rule as its form shows it."""
    needs = list(rule.needs.all()) if rule.pk else []
    by_kind = {need.kind: need for need in needs}
    course, exam, hours = (
        by_kind.get(kind) for kind in (RuleNeed.Kind.COURSE, RuleNeed.Kind.EXAM, RuleNeed.Kind.HOURS)
    )
    return {name: getattr(rule, name) for name in ("code", "title_my", "title_en", "valid_months", "renewal", "renew_days", "paper", "is_live")} | {
        "courses": [str(need.course_key) for need in needs if need.kind == RuleNeed.Kind.COURSE],
        "version_from": course.version_from if course else "",
        "percent": exam.least if exam else None,
        "hours": hours.least if hours else None,
        "observed": RuleNeed.Kind.OBSERVED in by_kind,
        "refresher": str(rule.refresher_key or ""),
    }  # fmt: skip


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, and every design."""
    access.designer_or_404(request.user)
    found = CertificateRule.objects.select_related("paper")
    context = {
        "rules": titles(found),
        "to_add": _to_add(),
        "papers": [(one, one.published) for one in Paper.objects.all()],
    }
    return render(request, "certificates/office/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A programme, or by ?kind= what sessions of a course or the right to teach it earn."""
    access.designer_or_404(request.user)
    kind = request.GET.get("kind", Kind.PROGRAMME)
    if kind not in dict(_to_add()):
        raise Http404
    return _edit(request, CertificateRule(kind=kind))


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a rule; certificates that it earned before stay as they are."""
    access.designer_or_404(request.user)
    return _edit(request, get_object_or_404(CertificateRule, public_id=public_id))


def _edit(request: HttpRequest, found: CertificateRule) -> HttpResponse:
    viewer = access.designer_or_404(request.user)
    title = titles([found])[0][1] if found.pk else NEW[Kind(found.kind)]
    form = RuleForm(found, request.POST or None, initial=_typed(found))
    if request.method == "POST" and form.is_valid():
        try:
            save_rule(form.stored(), form.needs(), by=viewer)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The rule is saved. It holds for certificates issued from now on."))
            return redirect("certificate_office:rules")
    return render(request, "certificates/office/rule.html", {"form": form, "rule": found, "title": title})
