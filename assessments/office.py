"""The office of exams: which there are, their rules, regrading, grades that people change."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access, bank, changing, regrading
from assessments.errors import BankTooSmall
from assessments.forms import GradeForm, NewQuizForm, ReasonForm, RulesForm, SectionFormSet, plainly, section_values
from assessments.models import Attempt, GradeProposal, Quiz, QuizSection, Regrade
from assessments.signals import subjects_asked
from content.models import ContentVersion
from core.audit import looked
from core.errors import DomainError
from core.templatetags.burmese import digits
from people.models import Person


def _subjects() -> dict[UUID, object]:
    found: dict[UUID, object] = {}
    answers: list[tuple[Any, Any]] = subjects_asked.send(sender=Quiz, language=get_language() or "my")
    for _receiver, answer in answers:
        found |= answer
    return found


@require_safe
def exams(request: HttpRequest) -> HttpResponse:
    """Every quiz that has a page of its own, by course."""
    viewer = access.exam_editor_or_404(request.user)
    subjects = _subjects()
    order = {key: place for place, key in enumerate(subjects)}
    quizzes = Quiz.objects.exclude(kind=Quiz.Kind.CHECK).prefetch_related("sections").order_by("kind", "code")
    rows = [
        (quiz, subjects[quiz.subject_key], sum(s.count or len(s.items) for s in quiz.sections.all()))
        for quiz in sorted(quizzes, key=lambda one: order.get(one.subject_key, -1))
        if quiz.subject_key in subjects
    ]
    return render(request, "assessments/exams.html", {"rows": rows, "can_regrade": access.can_regrade(viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
def new_exam(request: HttpRequest) -> HttpResponse:
    """Make a quiz; its rules come next."""
    access.exam_editor_or_404(request.user)
    form = NewQuizForm(_subjects(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.quiz()
        made.save()
        return redirect("assessments:rules", made.public_id)
    return render(request, "assessments/new_exam.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rules of a quiz and its sections. Attempts that have begun keep theirs."""
    access.exam_editor_or_404(request.user)
    found = access.exam_for(public_id)
    form = RulesForm(request.POST or None, instance=found)
    sections: Any = SectionFormSet(request.POST or None, initial=section_values(found), prefix="section")
    if request.method == "POST" and form.is_valid() and sections.is_valid():
        try:
            _set_rules(form.save(commit=False), sections.sections())
        except BankTooSmall:
            form.add_error(None, _("The bank cannot fill this paper in every form: one item is asked once only. Nothing was saved."))  # fmt: skip
        else:
            messages.success(
                request, _("The rules are saved. Attempts that have begun keep the rules they began with.")
            )
            return redirect("assessments:rules", found.public_id)
    under_way = found.attempts.open().count()
    return render(
        request, "assessments/rules.html", {"quiz": found, "form": form, "sections": sections, "under_way": under_way}
    )


@transaction.atomic
def _set_rules(quiz: Quiz, sections: list[QuizSection]) -> None:
    """Store rules and sections, if the bank can fill a paper of every form. Raises BankTooSmall."""
    quiz.save()
    quiz.sections.all().delete()
    for position, section in enumerate(sections):
        section.quiz, section.position = quiz, position
    QuizSection.objects.bulk_create(sections)
    stored = Quiz.objects.get(pk=quiz.pk)
    for form in {Quiz.Forms.TURNS: "AB", Quiz.Forms.NONE: [""]}.get(Quiz.Forms(quiz.forms), quiz.forms):
        bank.draw_paper(stored, seed=0, seen=set(), form=form)
    ContentVersion.advance()


@require_http_methods(["GET", "HEAD", "POST"])
def regrade(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose an item that was mended or was faulty, look at what regrading would change, and do it."""
    viewer = access.exam_editor_or_404(request.user)
    can_regrade = access.can_regrade(viewer)
    found = access.exam_for(public_id)
    mended = regrading.mended_items(found)
    context = {"quiz": found, "can_regrade": can_regrade, "mended": mended}
    asked = request.POST if request.method == "POST" else request.GET
    treatment = asked.get("treatment", Regrade.Treatment.MENDED)
    if "item" not in asked:
        others = [one for one in regrading.asked_items(found) if one not in mended]
        past = found.regrades.select_related("version", "made_by").order_by("-made_at")
        return render(request, "assessments/regrade.html", context | {"others": others, "past": past})
    item = next((one for one in regrading.asked_items(found) if one.code == asked["item"]), None)
    if item is None or treatment not in Regrade.Treatment:
        raise Http404
    if request.method == "POST" and not can_regrade:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = regrading.regrade(
                found, item, treatment, digest=asked.get("digest", ""), by=viewer,
                reason=form.cleaned_data["reason"], at=timezone.now(),
            )  # fmt: skip
        except DomainError as error:
            messages.error(request, str(error))
        else:
            changed = len(run.changes)
            text = ngettext("%(count)s result changed.", "%(count)s results changed.", changed) % {"count": digits(changed)}  # fmt: skip
            messages.success(request, text)
            return redirect(run)
    context |= {
        "item": item,
        "treatment": Regrade.Treatment(treatment),
        "seen": regrading.preview(found, item, treatment),
        "form": form,
    }
    return render(request, "assessments/regrade_preview.html", context)


@require_safe
def regrade_record(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a regrade changed, for good."""
    viewer = access.exam_editor_or_404(request.user)
    if not access.can_regrade(viewer):
        raise Http404
    run = get_object_or_404(Regrade.objects.select_related("quiz", "version", "made_by"), public_id=public_id)
    people = {str(p.public_id): p for p in Person.objects.filter(public_id__in=[c["person"] for c in run.changes])}
    rows = [(people[change["person"]], change) for change in run.changes]
    return render(request, "assessments/regrade_record.html", {"run": run, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def grades(request: HttpRequest) -> HttpResponse:
    """Grades that somebody proposed and another person has to confirm; POST confirms one or says no."""
    viewer = access.grader_or_404(request.user)
    if request.method == "POST":
        try:
            proposal = GradeProposal.objects.get(public_id=UUID(request.POST.get("proposal", "")))
        except (ValueError, GradeProposal.DoesNotExist):
            raise Http404 from None
        confirm = request.POST.get("action") == "confirm"
        try:
            changing.decide(
                proposal, confirm=confirm, note=request.POST.get("note", "")[:200], by=viewer, at=timezone.now()
            )
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The grade is changed.") if confirm else _("The grade stays as it was."))
        return redirect("assessments:grades")
    rows = [(proposal, proposal.proposed_by_id != viewer.pk) for proposal in changing.waiting()]
    return render(request, "assessments/grades.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def grade(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change the grade of an attempt by hand, with the reason; where it decides about passing, propose it."""
    viewer = access.grader_or_404(request.user)
    handed_in = Attempt.objects.submitted().exclude(quiz__kind=Quiz.Kind.CHECK).select_related("quiz", "person")
    attempt = get_object_or_404(handed_in, public_id=public_id)
    looked(viewer, attempt.person)
    past = list(attempt.grades.select_related("graded_by").order_by("-version"))
    now = past[0]
    form = GradeForm(
        request.POST or None, max_score=now.max_score, initial={"score": plainly(now.score), "passed": now.passed}
    )
    if request.method == "POST" and form.is_valid():
        made = changing.change_grade(attempt, by=viewer, at=timezone.now(), **form.cleaned_data)
        if isinstance(made, GradeProposal):
            messages.info(request, _("It is proposed. The grade changes when a second person has confirmed it."))
            return redirect("assessments:grades")
        messages.success(request, _("The grade is changed."))
        return redirect("assessments:grade", attempt.public_id)
    return render(request, "assessments/grade.html", {"attempt": attempt, "past": past, "now": now, "form": form})
