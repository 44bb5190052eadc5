"""The evidence about items and quizzes, for those who answer for the questions. It names nobody and shows no small group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import access, analysis, evidence
from assessments.analysis import Choice, Flag, FlagCode, Tally
from assessments.evidence import ItemEvidence
from assessments.kinds import KINDS
from assessments.kinds.base import Group, Line
from assessments.models import Item, ItemVersion, Quiz
from assessments.scoring import whole_percent
from core.languages import Spoken
from core.privacy import SMALLEST_CELL, hide_small
from core.tables import write_csv
from core.templatetags.burmese import digits

PAGE = 50

# What can be asked for, in the order in which it is offered; the gravest flags first.
FLAGS: dict[FlagCode, Any] = {
    "key": gettext_lazy("The key may be wrong"),
    "negative": gettext_lazy("Weaker officers do better"),
    "language": gettext_lazy("Languages differ"),
    "form": gettext_lazy("Forms differ"),
    "easy": gettext_lazy("Too easy"),
    "hard": gettext_lazy("Too hard"),
    "weak": gettext_lazy("Tells little"),
    "nobody": gettext_lazy("An option nobody chooses"),
    "hardly": gettext_lazy("An option hardly anybody chooses"),
    "few": gettext_lazy("Not enough attempts yet"),
}
_GRAVITY = {code: number for number, code in enumerate(FLAGS)}
_LAST = 9.0  # behind every figure: items without one


def _by(figure: Callable[[Tally], float | None]) -> Callable[[ItemEvidence], Any]:
    def key(row: ItemEvidence) -> Any:
        value = figure(row.known) if row.is_shown else None
        return (_LAST if value is None else value, row.version.code)

    return key


SORTS: dict[str, tuple[Any, Callable[[ItemEvidence], Any]]] = {
    "code": (gettext_lazy("Code"), lambda row: row.version.code),
    "flags": (gettext_lazy("What to look at first"), lambda row: (min((_GRAVITY[flag.code] for flag in row.flags), default=99), row.version.code)),
    "facility": (gettext_lazy("Hardest first"), _by(lambda known: known.facility)),
    "-facility": (gettext_lazy("Easiest first"), _by(lambda known: None if known.facility is None else -known.facility)),
    "discrimination": (gettext_lazy("Tells least first"), _by(lambda known: known.discrimination)),
    "-discrimination": (gettext_lazy("Tells most first"), _by(lambda known: None if known.discrimination is None else -known.discrimination)),
    "-asked": (gettext_lazy("Asked most often first"), lambda row: (-row.known.asked, row.version.code)),
}  # fmt: skip


# --- Words -----------------------------------------------------------------------------------------------------------


def sentence(flag: Flag, version: ItemVersion) -> str:
    """A flag in words that an editor understands."""
    option = digits(_option_name(version, flag.option))
    match flag.code:
        case "few":
            text = _("Not enough attempts yet: %(n)s of %(least)s.")
            return text % {"n": digits(flag.n), "least": digits(analysis.MIN_OFFICERS)}
        case "key":
            return _("The key may be wrong: strong officers choose %(option)s.") % {"option": option}
        case "negative":
            return _("Weaker officers do better than strong ones. Read the question and its key again.")
        case "weak":
            return _("It hardly tells strong officers from weak ones.")
        case "easy":
            return _("Too easy: nearly everyone gets it right.")
        case "hard":
            return _("Too hard: hardly anyone gets it right.")
        case "nobody":
            return _("Nobody chooses option %(option)s.") % {"option": option}
        case "hardly":
            return _("Hardly anybody chooses option %(option)s.") % {"option": option}
        case "language":
            text = _("The %(harder)s version seems harder than the %(easier)s one. Compare the two texts.")
            return text % {"harder": _language(flag.harder), "easier": _language(flag.easier)}
        case "form":
            text = _("It seems harder in form %(harder)s than in form %(easier)s.")
            return text % {"harder": flag.harder, "easier": flag.easier}


def _language(code: str) -> str:
    return str(get_language_info(code)["name_translated"])


def _option_name(version: ItemVersion, option: str) -> str:
    """A letter stands for itself; what has a longer id is called by its text."""
    if len(option) < 2:
        return option.upper()
    return str(version.text_in(get_language() or "my").get("options", {}).get(option, option))


def percent(share: float | None) -> str:
    """A share in whole per cent; a dash for nothing."""
    return "–" if share is None else f"{digits(round(share * 100))} %"


def decimal(value: float | None) -> str:
    """Two places; a dash for nothing."""
    return "–" if value is None else digits(f"{value:.2f}".replace("-", "−"))


def minutes(seconds: int | None) -> str:
    """Minutes and seconds; a dash for nothing."""
    return "–" if seconds is None else digits(f"{seconds // 60}:{seconds % 60:02}")


def few() -> str:
    """What stands for a small count."""
    return _("under %(n)s") % {"n": digits(SMALLEST_CELL)}


# --- Drawn figures ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measure:
    """A bar. length: in per cent, None where it must not be seen. text: the figure in words. tone: accent, warm or muted."""

    label: Any
    length: int | None
    text: str
    tone: str = "accent"


def _share_bar(label: Any, share: float | None, *, tone: str = "accent", is_shown: bool = True) -> Measure:
    if not is_shown:
        return Measure(label, None, few(), tone)
    return Measure(label, None if share is None else round(share * 100), percent(share), tone)


def facility_bar(known: Tally) -> Measure:
    """How easy."""
    return _share_bar(_("Answered right"), known.facility, is_shown=not 0 < known.asked < SMALLEST_CELL)


def discrimination_bar(known: Tally) -> Measure:
    """How well it tells strong from weak; below nothing it has no length and is warm."""
    value = known.discrimination if known.asked >= SMALLEST_CELL else None
    tone = "warm" if value is not None and value < analysis.WEAK else "accent"
    return Measure(_("Discrimination"), None if value is None else max(0, round(value * 100)), decimal(value), tone)


def _thirds(known: Tally) -> list[Measure]:
    names = (_("Lower third"), _("Middle third"), _("Upper third"))
    sizes = hide_small([[n for n, _points in known.thirds]])[0]
    return [
        _share_bar(name, known.third(number)[1], is_shown=size is not None)
        for number, (name, size) in enumerate(zip(names, sizes, strict=True))
    ]


@dataclass(frozen=True)
class OptionRow:
    """How an answer was given. is_ours: whether its text is the interface's. n: as shown. mean: of those who gave it, of their
    scores. bars: by thirds, as shares of each, or one of all."""

    name: str
    text: str
    is_ours: bool
    is_right: bool
    n: str
    mean: str
    bars: list[Measure]


def _spread(row: ItemEvidence, texts: Mapping[str, Any]) -> list[tuple[str, list[OptionRow]]]:
    """Heading and rows of each part of a question. The thirds are compared where it has one part only."""
    given = {value: choice.n for value, choice in row.known.choices.items()}
    groups = KINDS[row.version.kind].spread(row.version.key, texts, given)
    has_letters = bool(evidence.key_of(row.version))
    return [(g.heading, _rows(g, row.known, is_alone=len(groups) == 1, has_letters=has_letters)) for g in groups]


def _rows(group: Group, known: Tally, *, is_alone: bool, has_letters: bool) -> list[OptionRow]:
    """Every answer and "no answer". Small counts are hidden together with what would give them away; what was typed by few is
    not shown at all.
    """
    counted = [
        (line, sum((known.choices.get(value, Choice()) for value in line.values), Choice())) for line in group.lines
    ]
    rare = [choice for line, choice in counted if line.is_typed and choice.n < SMALLEST_CELL]
    shown = [
        (line.text, False, line, choice) for line, choice in counted if not line.is_typed or choice.n >= SMALLEST_CELL
    ]
    if rare:
        shown.append((_("Other answers"), True, Line("", ()), sum(rare, Choice())))
    sizes = [n for n, _points in known.thirds]
    left_out = None
    if group.is_one and not is_alone:
        taken = sum((choice for *_line, choice in shown), Choice()).thirds
        left_out = Choice([size - n for size, n in zip(sizes, taken, strict=True)])  # their scores are not known
    shown.append((_("No answer"), True, Line("", ()), left_out or known.nothing))
    counts = hide_small([[*choice.thirds, choice.n] for *_line, choice in shown] + [[*sizes, known.asked]])
    return [
        OptionRow(
            line.values[0].upper() if has_letters and line.values and len(line.values[0]) == 1 else "",
            digits(text) if text.isdecimal() else text,  # a place
            is_ours,
            line.is_right,
            few() if n is None else digits(n),
            percent(choice.mean_share) if n and choice is not left_out else "",
            _bars(
                by_third if is_alone else [n],
                sizes if is_alone else [known.asked],
                tone="accent" if line.is_right else "warm",
            ),
        )
        for (text, is_ours, line, choice), (*by_third, n) in zip(shown, counts, strict=False)
    ]


def _bars(counts: Sequence[int | None], sizes: Sequence[int], *, tone: str) -> list[Measure]:
    names = (_("Lower third"), _("Middle third"), _("Upper third")) if len(counts) > 1 else (_("All"),)
    return [
        _share_bar(name, n / size if n is not None and size else None, tone=tone, is_shown=n is not None)
        for name, n, size in zip(names, counts, sizes, strict=True)
    ]


@dataclass(frozen=True)
class GroupRow:
    """One language or form. share: of those who got everything right."""

    name: str
    n: str
    bar: Measure


def _groups(strata: Mapping[Any, Any], name: Callable[[str], str]) -> tuple[list[GroupRow], list[str]]:
    """The groups, largest first, and sentences on how the two largest compare."""
    sizes = sorted(analysis.group_sizes(strata).items(), key=lambda one: (-one[1][1], one[0]))
    shown = hide_small([[n for _group, (_right, n) in sizes]])[0] if sizes else []
    rows = [
        GroupRow(name(group), few() if n is None else digits(n), _share_bar(name(group), right / asked, is_shown=n is not None))
        for (group, (right, asked)), n in zip(sizes, shown, strict=True)
    ]  # fmt: skip
    if len(sizes) < 2:
        return rows, []
    if sizes[1][1][1] < analysis.MIN_GROUP:
        text = _("They are compared when at least %(n)s people of each have answered.")
        return rows, [text % {"n": digits(analysis.MIN_GROUP)}]
    compared = analysis.differential(strata, sizes[0][0], sizes[1][0])
    if compared is None:
        return rows, []
    said = {
        "A": _("Among officers with the same score there is no difference to speak of."),
        "B": _("Among officers with the same score there is a moderate difference."),
        "C": _("Among officers with the same score there is a large difference."),
    }[compared.ets]
    figures = _("Mantel–Haenszel: class %(ets)s, delta %(delta)s, chi-square %(chi)s.") % {
        "ets": compared.ets,
        "delta": decimal(compared.delta),
        "chi": decimal(compared.chi_square),
    }
    return rows, [said, figures]


def _certainty(known: Tally) -> tuple[list[GroupRow], list[str]]:
    """How many were right among those who were sure, fairly sure and guessing; and a sentence on who was sure and wrong."""
    names = {"sure": _("Sure"), "fairly": _("Fairly sure"), "guess": _("Guessing")}
    said = [(names[one], *known.sure[one]) for one in names if one in known.sure]
    shown = hide_small([[n for _name, _right, n in said]])[0] if said else []
    rows = [
        GroupRow(name, few() if n is None else digits(n), _share_bar(name, right / of, is_shown=n is not None))
        for (name, right, of), n in zip(said, shown, strict=True)
    ]
    right, of = known.sure.get("sure", (0, 0))
    if not said or said[0][0] != names["sure"] or shown[0] is None:
        return rows, []
    return rows, [_("Of those who were sure, %(share)s were wrong.") % {"share": percent((of - right) / of)}]


# --- Pages -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ListedItem:
    """An item in a list."""

    version: ItemVersion
    stem: Spoken
    facility: Measure
    discrimination: Measure
    asked: int
    flags: list[tuple[str, str]]


def _listed(row: ItemEvidence, known: Tally | None = None) -> ListedItem:
    known = known or row.known
    texts = row.version.text_in(get_language() or "my")
    return ListedItem(
        row.version,
        Spoken(str(texts.get("stem", "")), texts["language"]),
        facility_bar(known),
        discrimination_bar(known),
        known.asked,
        [(flag.code, sentence(flag, row.version)) for flag in row.flags],
    )


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Every item with how it does; filtered by use, objective and flag."""
    access.bank_or_404(request.user)
    use = request.GET.get("use", "")
    use = use if use in Item.Use.values else Item.Use.EXAM
    rows, at = evidence.items(use)
    objectives = sorted({row.version.objective for row in rows})
    objective, flag, sort = (request.GET.get(name, "") for name in ("objective", "flag", "sort"))
    if objective in objectives:
        rows = [row for row in rows if row.version.objective == objective]
    if flag in FLAGS:
        rows = [row for row in rows if any(one.code == flag for one in row.flags)]
    sort = sort if sort in SORTS else "flags"
    page = Paginator(sorted(rows, key=SORTS[sort][1]), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "assessments/evidence/items.html",
        {
            "page": page,
            "rows": [_listed(row) for row in page],
            "uses": Item.Use.choices,
            "objectives": objectives,
            "flags": FLAGS.items(),
            "sorts": [(name, label) for name, (label, _key) in SORTS.items()],
            "asked": {"use": use, "objective": objective, "flag": flag, "sort": sort},
            "least": analysis.MIN_OFFICERS,
            "smallest": SMALLEST_CELL,
            "at": at,
            "quizzes": Quiz.objects.exclude(kind=Quiz.Kind.CHECK).order_by("code") if use == Item.Use.EXAM else [],
        },
    )


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One item: how easy it is, who chooses what, how long it takes, and whether its languages and versions differ."""
    access.bank_or_404(request.user)
    found = evidence.one_item(code)
    if found is None:
        raise Http404
    row, at = found
    texts = row.version.text_in(get_language() or "my")
    languages, forms = _groups(row.known.languages, _language), _groups(row.known.forms, str)
    quizzes = Quiz.objects.filter(pk__in=row.quizzes).order_by("code")
    return render(
        request,
        "assessments/evidence/item.html",
        {
            "row": row,
            "listed": _listed(row),
            "facility": percent(row.known.facility) if row.is_shown else "–",
            "discrimination": decimal(row.known.discrimination) if row.is_shown else "–",
            "time": minutes(row.known.median_seconds) if row.known.seconds.total() >= SMALLEST_CELL else "–",
            "thirds": _thirds(row.known),
            "parts": _spread(row, texts),
            "certainty": _certainty(row.known),
            "spoken": texts["language"],
            "groups": [(_("Languages"), *languages), (_("Forms"), *forms)],
            "versions": [(version, facility_bar(known), discrimination_bar(known), known.asked) for version, known in row.versions],
            "quizzes": [(quiz, facility_bar(row.quizzes[quiz.pk]), row.quizzes[quiz.pk].asked) for quiz in quizzes],
            "smallest": SMALLEST_CELL,
            "at": at,
        },
    )  # fmt: skip


def _columns(bins: list[int]) -> list[dict[str, Any]]:
    """The columns of the drawing of scores: 20 wide, up to 80 high; a small one has the height of nobody's count."""
    [shown] = hide_small([bins])
    highest = max((n for n in shown if n is not None), default=0) or 1
    width = 100 // len(bins)
    return [
        {
            "x": number * 20 + 1,
            "height": 4 if n is None else round(n * 80 / highest),
            "y": 80 - (4 if n is None else round(n * 80 / highest)),
            "is_hidden": n is None,
            "range": f"{digits(number * width)}–{digits((number + 1) * width)} %",
            "n": few() if n is None else digits(n),
        }
        for number, n in enumerate(shown)
    ]


@require_safe
def quiz(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One quiz: how far its scores can be trusted, how they are spread, and its items."""
    access.bank_or_404(request.user)
    found = get_object_or_404(Quiz, public_id=public_id)
    use = Item.Use.CHECK if found.kind == Quiz.Kind.CHECK else Item.Use.EXAM
    figures = evidence.counted(use)
    mine = figures.quizzes.get(found.pk)
    is_shown = mine is not None and mine.attempts >= SMALLEST_CELL
    asked = {version for version, quiz in figures.tallies if quiz == found.pk}
    keys = ItemVersion.objects.filter(pk__in=asked).values("item_key")
    rows = evidence.item_evidence(ItemVersion.objects.filter(item_key__in=keys), figures)
    rows = [row for row in rows if found.pk in row.quizzes]
    rows.sort(key=lambda row: row.version.code)
    measured = mine.reliability if mine and is_shown else None
    return render(
        request,
        "assessments/evidence/quiz.html",
        {
            "quiz": found,
            "attempts": mine.attempts if mine else 0,
            "left_out": mine.left_out if mine else 0,
            "is_shown": is_shown,
            "reliability": measured and {
                "alpha": decimal(measured.alpha),
                "is_high": measured.alpha is not None and measured.alpha >= analysis.RELIABLE,
                "is_enough": measured.n >= analysis.MIN_OFFICERS and measured.alpha is not None,
                "is_kr20": measured.is_kr20,
                "mean": percent(measured.mean / measured.k),
                "error": decimal(measured.error),
                "error_percent": percent(None if measured.error is None else measured.error / measured.k),
                "items": measured.k,
            },
            "columns": _columns(mine.bins) if mine and is_shown else [],
            "cut": str(round(found.cut_score * 200)) if found.cut_score else "",
            "cut_percent": whole_percent(found.cut_score, Decimal(1)),
            "rows": [_listed(row, row.quizzes[found.pk]) for row in rows],
            "least": analysis.MIN_OFFICERS,
            "smallest": SMALLEST_CELL,
            "at": figures.at,
        },
    )  # fmt: skip


@require_safe
def responses(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The responses to a quiz without names, as CSV for analysis elsewhere."""
    access.bank_or_404(request.user)
    found = get_object_or_404(Quiz, public_id=public_id)
    headings, rows = evidence.response_matrix(found)
    return HttpResponse(
        write_csv(headings, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="responses-{found.public_id}.csv"'},
    )
