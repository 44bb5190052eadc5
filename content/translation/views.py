"""The translators' desk: what is to do, one text to work on, and files for those who work elsewhere."""

import hashlib
from collections import Counter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from content import access, errors
from content.glossary import glossary_terms, missing, terms_in
from content.models import TranslationImport, TranslationReview
from content.translation import checking, exchange, files, work
from content.translation.lines import Line
from content.translation.published import published_doubts
from content.translation.states import LIVE, State, sources_for, state, states
from core.errors import DomainError
from core.tables import XLSX
from core.templatetags.burmese import digits
from people.models import Person

PAGE = 40
Step, Verdict = TranslationReview.Step, TranslationReview.Verdict
STAGES = {
    "none": gettext_lazy("Not begun"),
    "open": gettext_lazy("Being translated"),
    "translator": gettext_lazy("To be signed by the translator"),
    "subject": gettext_lazy("Waits for subject review"),
    "legal": gettext_lazy("Waits for legal review"),
    "returned": gettext_lazy("Sent back"),
    "done": gettext_lazy("Nothing to do"),
}
OUTCOMES = {
    "new": gettext_lazy("will be added"),
    "changed": gettext_lazy("will replace what is there"),
    "same": gettext_lazy("is there already"),
    "empty": gettext_lazy("was left empty"),
    "gone": gettext_lazy("the source was changed since: translate it anew"),
    "unknown": gettext_lazy("belongs to nothing here"),
    "refused": gettext_lazy("cannot be taken"),
    "unsure": gettext_lazy("was marked as unsure and is left out"),
}
FORMATS = {
    "po": "text/x-gettext-translation",
    "xlsx": XLSX,
    "xlf": "application/xliff+xml",
}


def _locale_or_404(code: str) -> Locale:
    return get_object_or_404(Locale, language_code=code)


def _chosen_locale(request: HttpRequest) -> Locale:
    """The language asked for, else Burmese."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    wanted = request.GET.get("language") or request.POST.get("language") or settings.LANGUAGE_CODE
    if wanted not in locales:
        raise Http404
    return locales[wanted]


def _narrowed(found: list[State], request: HttpRequest) -> list[State]:
    """What the filters leave."""
    stage, live, kind = (request.GET.get(name, "") for name in ("stage", "live", "kind"))
    words = request.GET.get("q", "").casefold().split()
    return [
        one
        for one in found
        if (not stage or one.stage == stage)
        and (not live or one.live_as == live)
        and (not kind or one.source.specific_content_type.model == kind)
        and all(word in one.title.casefold() for word in words)
    ]


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that can be translated into a language, and how far it is."""
    viewer = access.translation_worker_or_404(request.user)
    locale = _chosen_locale(request)
    found = states(sources_for(locale), locale)
    shown = _narrowed(found, request)
    kinds = {one.source.specific_content_type.model: one.kind for one in found}
    return render(
        request,
        "content/translation/desk.html",
        {
            "locale": locale,
            "locales": Locale.objects.all(),
            "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
            "stages": STAGES,
            "lives": LIVE,
            "kinds": kinds,
            "counts": [(LIVE[name], Counter(one.live_as for one in found)[name]) for name in LIVE],
            "asked": {name: request.GET.get(name, "") for name in ("stage", "live", "kind", "q")},
            "mine": sum(access.can_decide(viewer, one.waits_for) for one in found),
            "can_translate": access.can_translate(viewer),
        },
    )


@require_safe
def doubtful(request: HttpRequest) -> HttpResponse:
    """What to look at again in the translations that readers see."""
    access.translation_worker_or_404(request.user)
    locale = _chosen_locale(request)
    texts, two_ways = published_doubts(locale)
    page = Paginator(texts, PAGE).get_page(request.GET.get("page"))
    language = locale.language_code
    rows = [
        (text.source, [(one, [checking.marked(each, language) for each in one.found]) for one in text.sentences])
        for text in page
    ]
    return render(
        request,
        "content/translation/doubtful.html",
        {
            "locale": locale,
            "page": page,
            "rows": rows,
            "sentences": sum(len(text.sentences) for text in texts),
            "two_ways": two_ways,
        },
    )


# --- One text -----------------------------------------------------------------------------------------------------------


def _source_or_404(key: UUID, locale: Locale) -> TranslationSource:
    source = work.source_of(key)
    if source is None or source.locale_id == locale.pk:
        raise Http404
    return source


def _seen(text: str) -> str:
    """A short mark of a text, to tell whether somebody else changed it meanwhile."""
    return hashlib.sha256(text.encode()).hexdigest()[:10] if text else ""


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, language: str, key: UUID) -> HttpResponse:
    """One object, sentence by sentence: to translate, to compare with what changed, to decide on."""
    viewer = access.translation_worker_or_404(request.user)
    locale = _locale_or_404(language)
    source = _source_or_404(key, locale)
    here = redirect("translation:text", language, key)
    typed: dict[str, dict[str, Any]] = {}
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "save" and access.can_translate(viewer):
            typed = _save(request, source, locale, viewer)
            if not typed:
                return here
        elif act in (Verdict.APPROVED, Verdict.RETURNED):
            _decide(request, source, locale, viewer, act)
            return here
        elif act in ("detach", "absorb") and access.can_translate(viewer):
            _take_apart(request, source, locale, viewer, act)
            return here
        else:
            raise Http404
    return _show(request, source, locale, viewer, typed)


def _save(request: HttpRequest, source: TranslationSource, locale: Locale, viewer: Person) -> dict[str, dict[str, Any]]:
    """Store what was typed. What could not be stored comes back: line key -> typed text and why."""
    terms = glossary_terms(locale.language_code)
    texts, refused = {}, {}
    converted: list[str] = []
    lines = work.lines_of(source, locale)
    _say_what_has_no_place(request, lines)
    for line in lines:
        if (raw := request.POST.get(f"t-{line.key}")) is None:
            continue
        new = checking.clean(raw)
        if new == line.target and not line.error:
            continue
        why = ""
        if request.POST.get(f"seen-{line.key}", "") != _seen(line.target):
            why = _("Somebody else changed this meanwhile. Theirs is stored: %(theirs)s") % {
                "theirs": line.target or "–"
            }
        elif line.former and not line.target and not request.POST.get(f"adapted-{line.key}"):
            if new == line.former[1] or not new:
                continue  # shown as a start only
            why = _("Tick that you have adapted it to the changed source.")
        elif new:
            found = files.problems(line, raw, terms)
            why = " ".join(str(p.sentence) for p in found if p.is_fatal)
            converted += [new for p in found if p.code == "zawgyi" and not why]
        if why:
            refused[line.key] = {"text": raw, "why": why}
        else:
            texts[line.key] = new
    saved = work.save_texts(source, locale, texts, by=viewer)
    for one in converted:
        messages.warning(request, _("It was typed in Zawgyi and is converted. Read it again: %(text)s") % {"text": one})
    said = ngettext("%(n)s sentence is saved.", "%(n)s sentences are saved.", saved) % {"n": digits(saved)}
    if unsaved := len(refused):
        left = ngettext(
            "%(n)s sentence could not be saved. Beside it stands why.",
            "%(n)s sentences could not be saved. Beside each stands why.",
            unsaved,
        )
        messages.warning(request, said)
        messages.warning(request, left % {"n": digits(unsaved)})
    else:
        messages.success(request, said)
    return refused


def _say_what_has_no_place(request: HttpRequest, lines: list[Line]) -> None:
    """Give back what was typed for sentences that the source no longer has."""
    present = {line.key for line in lines}
    for name in request.POST:
        kind, _dash, key = name.partition("-")
        raw = request.POST.get(name, "")
        if kind == "t" and key not in present and _seen(checking.clean(raw)) != request.POST.get(f"seen-{key}", ""):
            messages.warning(request, _("This sentence changed in the source while you were typing. Your text was not stored: %(text)s") % {"text": raw})  # fmt: skip


def _decide(request: HttpRequest, source: TranslationSource, locale: Locale, viewer: Person, verdict: str) -> None:
    step, note = request.POST.get("step", ""), request.POST.get("note", "").strip()
    if not access.can_decide(viewer, step if step in Step.values else ""):
        raise Http404
    terms = glossary_terms(locale.language_code)
    try:
        if step == Step.TRANSLATOR and not note and any(_doubts(line, terms) for line in work.lines_of(source, locale)):
            raise errors.ExplanationNeeded
        after = work.decide(
            source, locale, step, verdict, sha256=request.POST.get("sha256", ""), note=note, by=viewer, at=timezone.now()
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error))
        return
    if verdict == Verdict.RETURNED:
        messages.success(request, _("Sent back to the translator with your note."))
    elif after.is_current and after.stage == "done":
        messages.success(request, _("Approved. This is what readers see from now on."))
    else:
        messages.success(request, _("Approved. Next: %(stage)s.") % {"stage": STAGES[after.stage]})


def _take_apart(request: HttpRequest, source: TranslationSource, locale: Locale, viewer: Person, act: str) -> None:
    """Let the translated page be edited by itself, or take its text back as sentences."""
    if not source.object.has_translation(locale):
        raise Http404
    if act == "detach":
        work.detach(source, locale)
        messages.success(request, _("From now on this page is edited by itself. Its text comes back here sentence by sentence when you take it up again."))  # fmt: skip
        return
    back = work.absorb(source, locale, by=viewer)
    messages.success(request, ngettext("%(n)s sentence was taken over from the page.", "%(n)s sentences were taken over from the page.", back.taken) % {"n": digits(back.taken)})  # fmt: skip
    for lost in back.unplaced:
        messages.warning(request, _("This text of the page has no place in the source. It stays in the page's history: %(text)s") % {"text": lost})  # fmt: skip


def _doubts(line: Line, terms: Any) -> list[checking.Problem]:
    """What a translator has to mend or to explain."""
    return files.problems(line, line.target, terms) if line.is_done else []


def _show(
    request: HttpRequest, source: TranslationSource, locale: Locale, viewer: Person, typed: dict[str, dict[str, Any]]
) -> HttpResponse:
    terms = glossary_terms(locale.language_code)
    found = state(source, locale)
    lines = []
    for line in work.lines_of(source, locale):
        kept = typed.get(line.key)
        lacking = missing(line.source, line.target, terms) if line.is_done else []
        start = kept["text"] if kept else (line.target or (line.former[1] if line.former else ""))
        lines.append(
            {
                "line": line,
                "start": start,
                "rows": max(2, len(line.source) // 60 + 1),
                "seen": _seen(line.target),
                "why": kept["why"] if kept else line.error,
                "terms": [(term, term in lacking) for term in terms_in(line.source, terms)],
                "doubts": [] if kept else [doubt for doubt in _doubts(line, terms) if doubt.code != "term"],
                "needs_tick": bool(line.former) and not line.target,
            }
        )
    target = source.object.get_instance_or_none(locale)
    is_detached = work.is_detached(source, locale)
    is_page = issubclass(source.specific_content_type.model_class(), Page)
    return render(
        request,
        "content/translation/text.html",
        {
            "locale": locale,
            "source": source,
            "state": found,
            "stage": STAGES[found.stage],
            "live": LIVE[found.live_as],
            "lines": lines,
            "history": TranslationReview.objects.filter(translation_key=source.object_id, locale=locale)
            .select_related("reviewed_by")
            .order_by("-pk")[:20],
            "can_translate": access.can_translate(viewer),
            "step": found.waits_for if access.can_decide(viewer, found.waits_for) and not is_detached else "",
            "step_label": Step(found.waits_for).label if found.waits_for else "",
            "is_page": is_page,
            "is_detached": is_detached,
            "edit_url": reverse("wagtailadmin_pages:edit", args=[target.pk]) if is_page and target else "",
        },
    )


@xframe_options_sameorigin
@require_safe
def preview(request: HttpRequest, language: str, key: UUID) -> Any:
    """The page as it would read with the translations saved so far."""
    access.translation_worker_or_404(request.user)
    locale = _locale_or_404(language)
    shown = work.preview(_source_or_404(key, locale), locale)
    if not isinstance(shown, Page):
        raise Http404
    request.is_preview = True  # type: ignore[attr-defined]
    request.preview_mode = ""  # type: ignore[attr-defined]
    with override(language):  # it reads as its readers will read it, labels and all
        response = shown.serve(request)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
    return response


# --- Files ----------------------------------------------------------------------------------------------------------------


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """What the filters leave, as a file for a translator who works elsewhere."""
    access.translation_worker_or_404(request.user)
    locale = _chosen_locale(request)
    kind = request.GET.get("format", "")
    if kind not in FORMATS:
        raise Http404
    found = _narrowed(states(sources_for(locale), locale), request)
    terms = glossary_terms(locale.language_code)
    units = files.units(found, locale, terms, only_open=request.GET.get("what") != "all")
    title = f"Thindan {timezone.localdate():%Y-%m-%d}"
    write: Any = {"po": exchange.write_po, "xlsx": exchange.write_xlsx, "xlf": exchange.write_xliff}[kind]
    response = HttpResponse(write(units, language=locale.language_code, title=title), content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="thindan-{locale.language_code}-{timezone.localdate():%Y%m%d}.{kind}"'  # fmt: skip
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """Take in a file. Nothing is stored as a translation before its lines were looked at."""
    viewer = access.translation_worker_or_404(request.user)
    if not access.can_translate(viewer):
        raise Http404
    locale = _chosen_locale(request)
    refusal = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise errors.FileNeeded
            returned = exchange.read(upload.read(exchange.LIMIT + 1), upload.name or "", language=locale.language_code)
        except DomainError as error:
            refusal = str(error)
        else:
            came = TranslationImport.objects.create(
                locale=locale, name=(upload.name or "")[:200], made_by=viewer,
                lines=[[one.key, one.source, one.target, one.line, one.is_fuzzy] for one in returned],
            )  # fmt: skip
            return redirect("translation:arrival", came.public_id)
    return render(request, "content/translation/receive.html", {"locale": locale, "locales": Locale.objects.all(), "refusal": refusal})  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the lines of a file would do; then, on the translator's word, do it."""
    viewer = access.translation_worker_or_404(request.user)
    if not access.can_translate(viewer):
        raise Http404
    came = get_object_or_404(TranslationImport.objects.select_related("locale"), public_id=public_id, made_by=viewer)
    returned = [exchange.Returned(*row) for row in came.lines]
    terms = glossary_terms(came.locale.language_code)
    if request.method == "POST":
        if came.applied_at is None:
            counts = files.store(returned, came.locale, terms, by=viewer)
            came.applied_at = timezone.now()
            came.save()
            stored = counts["new"] + counts["changed"]
            messages.success(request, ngettext("%(n)s translation of the file is stored.", "%(n)s translations of the file are stored.", stored) % {"n": digits(stored)})  # fmt: skip
        return redirect(reverse("translation:desk") + f"?language={came.locale.language_code}")
    found = files.arrivals(returned, came.locale, terms)
    counts = Counter(one.outcome for one in found)
    return render(
        request,
        "content/translation/arrival.html",
        {
            "came": came,
            "counts": [(OUTCOMES[name], counts[name]) for name in OUTCOMES if counts[name]],
            "rows": [(one, OUTCOMES[one.outcome]) for one in found if one.outcome not in ("same", "empty")],
            "will_store": counts["new"] + counts["changed"],
        },
    )
