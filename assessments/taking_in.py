"""Items that come in a file: what each would do, and storing them as drafts. Nothing is published here."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final, Literal
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from assessments.errors import ExchangeNotWhole
from assessments.formats.draft import DESCRIBED, Draft
from assessments.kinds import KINDS
from assessments.likeness import Asked, asked
from assessments.models import Item, ItemImport
from people.models import Person

Outcome = Literal["new", "changed", "same", "refused"]
_CODE: Final = re.compile(r"[A-Z]{3}-(M\d\d\.O\d)-.+")
_FIELDS: Final = ("stem", "question", "feedback", *DESCRIBED)


@dataclass(frozen=True)
class Arrived:
    """One item of a file. outcome: what storing it would do; changes: labels of fields; alike: codes and likeness.

    row: the item as it would be saved, None where it is refused. doubts: what an editor has to see to before publishing.
    """

    draft: Draft
    outcome: Outcome
    row: Item | None = None
    changes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    alike: tuple[tuple[str, float], ...] = ()

    @property
    def lines(self) -> list[str]:
        """The question as on paper, without its stem."""
        if self.row is None:
            return []
        kind, key = KINDS[self.row.kind], self.row.key()
        return kind.plain(key, self.row.texts(), kind.order(key, None))


def draft_of(item: Item) -> Draft:
    """An item as it leaves in a file."""
    kind = item.question[0].block_type if item.question else item.kind
    return Draft(
        code=item.code,
        kind=kind,
        stem=item.stem,
        question=_plain(item.question.get_prep_value()[0]["value"]) if item.question else {},
        feedback=item.feedback,
        language=item.locale.language_code,
        place=item.code,
        **{name: _bare(getattr(item, name)) for name in DESCRIBED},
    )


def _bare(value: Any) -> Any:
    """A value without the class of its choices, which an item that was just made still has."""
    return str(value) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    """A block's stored value as an author writes it: lists without the ids that Wagtail gives their entries."""
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [
            _plain(part["value"] if isinstance(part, Mapping) and part.get("type") == "item" else part)
            for part in value
        ]
    return value


def _with_ids(value: Any, before: Any) -> Any:
    """The reverse. Entries that were there before keep their ids, by which their translations know them."""
    if isinstance(value, Mapping):
        old = before if isinstance(before, Mapping) else {}
        return {name: _with_ids(part, old.get(name)) for name, part in value.items()}
    if not isinstance(value, list):
        return value
    entries = [one for one in before or [] if isinstance(one, Mapping)] if isinstance(before, list) else []
    known = {_name(one["value"], place): one for place, one in enumerate(entries) if "value" in one and "id" in one}
    made = []
    for place, part in enumerate(value):
        old = known.get(_name(part, place), {})
        made.append({"type": "item", "id": old.get("id") or str(uuid4()), "value": _with_ids(part, old.get("value"))})
    return made


def _name(part: Any, place: int) -> Any:
    return part["id"] if isinstance(part, Mapping) and isinstance(part.get("id"), str) else place


def arrivals(drafts: Sequence[Draft], locale: Locale, defaults: Mapping[str, Any]) -> list[Arrived]:
    """What storing each draft would do. defaults: what a new item gets where its draft says nothing."""
    bank = Asked()
    by_stem: dict[str, str] = {}
    for item in Item.objects.filter(locale=locale).order_by("code").only("code", "stem", "question"):
        bank.add(item.code, asked(item.stem, item.question.raw_data))
        by_stem.setdefault(item.stem, item.code)
    taken = set(Item.objects.values_list("code", flat=True))
    named = [draft if draft.code else replace(draft, code=by_stem.get(draft.stem, "")) for draft in drafts]
    rows = {
        row.code: row.latest_revision.as_object() if row.latest_revision else row
        for row in Item.objects.filter(locale=locale, code__in={draft.code for draft in named}).select_related(
            "latest_revision"
        )
    }
    translated = set(
        TranslationSource.objects.filter(object_id__in=[row.translation_key for row in rows.values()])
        .exclude(locale=locale)
        .values_list("object_id", flat=True)
    )
    found: list[Arrived] = []
    seen: set[str] = set()
    for given in named:
        draft = given if given.code else replace(given, code=_free_code(given, taken | seen, defaults))
        row = rows.get(draft.code)
        if not draft.code:
            why = _("It has no code, and none can be made: give the objective and the competency for the file.")
        elif draft.code in seen:
            why = _("Its code stands twice in the file.")
        elif row and row.translation_key in translated:
            why = _("It is a translation. Translations are taken in under Translations.")
        elif row is None and draft.code in taken:
            why = _("Its code is that of an item in another language. Translations are taken in under Translations.")
        elif draft.kind not in KINDS:
            why = _("Its kind is not known: %(kind)s. Known are %(kinds)s.") % {
                "kind": draft.kind[:40] or "–",
                "kinds": ", ".join(KINDS),
            }
        else:
            why = ""
        if why:
            found.append(Arrived(draft, "refused", problems=(why,)))
        else:
            text = asked(draft.stem, draft.question)
            alike = tuple(bank.like(text, but=draft.code))
            found.append(replace(_arrived(draft, row, locale, defaults), alike=alike))
            bank.add(draft.code, text)
        seen.add(draft.code)
    return found


def _free_code(draft: Draft, taken: set[str], defaults: Mapping[str, Any]) -> str:
    """The next code of an objective for items that came without one; "" where the objective or competency is not known."""
    objective, competency = (getattr(draft, name) or defaults.get(name, "") for name in ("objective", "competency"))
    if not objective or not competency:
        return ""
    return next((code for n in range(1, 1000) if (code := f"{competency[:3]}-{objective}-I{n:03d}") not in taken), "")


def _arrived(draft: Draft, before: Item | None, locale: Locale, defaults: Mapping[str, Any]) -> Arrived:
    row = before or Item(code=draft.code, locale=locale, live=False)
    old = draft_of(before) if before else None
    block = KINDS[draft.kind].block()
    try:
        value = block.to_python(draft.question)
        question = _plain(block.get_prep_value(value))
        problems, doubts = _said(_block_errors(block, value))
        said = {name: value for name in _FIELDS if (value := getattr(draft, name)) not in (None, "")} | {
            "question": question
        }
        if old is None:
            said = {**_defaults(draft, defaults), **said}
        kept = before.question.get_prep_value()[0] if before and old and old.kind == draft.kind else {}
        raw = {
            "type": draft.kind,
            "id": kept.get("id") or str(uuid4()),
            "value": _with_ids(question, kept.get("value")),
        }
        changes = [
            name
            for name, new in said.items()
            if old and (getattr(old, name) != new or (name == "question" and old.kind != draft.kind))
        ]
        for name, new in said.items():
            setattr(
                row, name, new if name != "question" else Item._meta.get_field("question").to_python(json.dumps([raw]))
            )  # type: ignore[union-attr]
        problems += _model_errors(row)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return Arrived(draft, "refused", problems=(_("Its parts are not shaped like a question of its kind."),))
    if problems:
        return Arrived(draft, "refused", problems=tuple(problems), doubts=tuple(doubts))
    outcome: Outcome = "new" if old is None else "changed" if changes else "same"
    labels = tuple(capfirst(str(Item._meta.get_field(name).verbose_name)) for name in changes)  # type: ignore[union-attr]
    return Arrived(draft, outcome, row, labels, doubts=tuple(doubts))


def _defaults(draft: Draft, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """What a new item gets: what was said for the file; the objective also from the code."""
    coded = _CODE.fullmatch(draft.code)
    return {
        **({"objective": coded[1]} if coded else {}),
        **{name: value for name, value in defaults.items() if value not in (None, "")},
    }


def _block_errors(block: Any, value: Any) -> list[tuple[str, ValidationError]]:
    """What is wrong with the parts, each with the name of the field that it is in."""
    try:
        block.clean(value)
    except ValidationError as error:
        return list(_leaves(error, ""))
    return []


def _leaves(error: Any, name: str) -> Iterable[tuple[str, ValidationError]]:
    inner = getattr(error, "block_errors", None)
    if inner:
        for key, part in inner.items():
            if part is not None:
                yield from _leaves(part, key if isinstance(key, str) else name)
    others = getattr(error, "non_block_errors", None)
    for one in others.data if others is not None else [] if inner else error.error_list:
        yield name, one


def _said(errors: list[tuple[str, ValidationError]]) -> tuple[list[str], list[str]]:
    """Problems and doubts. A reason that is missing can be written later: other systems seldom have any."""
    missing = sum(name == "rationale" and error.code == "required" for name, error in errors)
    problems = [
        f"{name}: {' '.join(error.messages)}"
        for name, error in errors
        if (name, error.code) != ("rationale", "required")
    ]
    doubts = (
        [_("Reasons are missing: write why each option is right or wrong before you publish it.")] if missing else []
    )
    return list(dict.fromkeys(problems)), doubts


def _model_errors(row: Item) -> list[str]:
    """What the model refuses. Codes were compared before; its constraints are said in words here, without a query each."""
    said: dict[str, list[str]] = {}
    unasked = ["locale", "latest_revision", "live_revision", "kind"]
    for check in (partial(row.clean_fields, exclude=unasked), row.clean):
        try:
            check()
        except ValidationError as error:
            said |= {name: said.get(name, []) + messages for name, messages in error.message_dict.items()}
    if "difficulty" not in said and row.difficulty not in range(1, 6):
        said["difficulty"] = [_("It is a number from 1 to 5.")]
    labels = {one.name: capfirst(str(getattr(one, "verbose_name", one.name))) for one in Item._meta.get_fields()}
    return [f"{labels.get(name, name)}: {' '.join(messages)}" for name, messages in said.items()]


@transaction.atomic
def store(came: ItemImport, *, whole: bool, by: Person, at: datetime) -> Counter[str]:
    """Store the items of a file as drafts, once: a repeat stores nothing. Returns how many had which outcome.

    whole: all of them or none; raises ExchangeNotWhole where one cannot be. Else what cannot be taken is left out.
    """
    came = ItemImport.objects.select_for_update(of=("self",)).select_related("locale").get(pk=came.pk)
    if came.applied_at is not None:
        return Counter()
    found = arrivals(came.read_drafts(), came.locale, came.defaults)
    if whole and any(one.outcome == "refused" for one in found):
        raise ExchangeNotWhole
    for one in found:
        if one.row is not None and one.outcome in ("new", "changed"):
            if one.row.pk is None:
                one.row.save()
            one.row.save_revision(user=by, log_action=True)
    came.applied_at = at
    came.save()
    return Counter(one.outcome for one in found)
