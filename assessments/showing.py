"""What is shown of a result, and when. Pure functions.

A rule is a permission for each pair of a thing and a moment: {"score": ["after_attempt"], "answers": ["when_done"], …}.
Something is shown as soon as one of its moments has come.
"""

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Rule = dict[str, list[str]]

WHAT: dict[str, Promise] = {
    "score": _("The score, and whether it is passed"),
    "objectives": _("The score of each part"),
    "verdicts": _("Which answers were right"),
    "answers": _("The right answers"),
    "rationales": _("Why they are right"),
}
WHEN: dict[str, Promise] = {
    "during": _("during the attempt"),
    "after_attempt": _("after handing in"),
    "after_closing": _("when it is closed for everybody"),
    "when_done": _("when passed or no attempt is left"),
}
ANSWERS = ("verdicts", "answers", "rationales")


def after_attempt() -> Rule:
    """Everything after handing in."""
    return {what: ["after_attempt"] for what in WHAT}


def at_once() -> Rule:
    """Each answer is judged at once."""
    return {what: ["during"] for what in WHAT}


def when_done() -> Rule:
    """The score after handing in; the answers when passed or when no attempt is left."""
    return after_attempt() | {what: ["when_done"] for what in ANSWERS}


PRESETS = {"at_once": at_once, "after_attempt": after_attempt, "when_done": when_done}


def rule_of(rules: Mapping[str, object]) -> Rule:
    """The rule that an attempt began with. Attempts of before this rule hold the name of a preset as `feedback`."""
    shown = rules.get("shown")
    return shown if isinstance(shown, dict) else PRESETS[str(rules["feedback"])]()


def moments(*, is_over: bool, is_closed: bool, is_done: bool) -> set[str]:
    """The moments that have come. is_over: handed in. is_closed: nobody sits it any more. is_done: passed or none left.

    Before handing in only the first one has: what others did or may do shows nobody what they are still asked.
    """
    come = {"during": True, "after_attempt": is_over, "after_closing": is_over and is_closed, "when_done": is_over and is_done}  # fmt: skip
    return {moment for moment, has_come in come.items() if has_come}


def allowed(rule: Mapping[str, Collection[str]], come: Collection[str], *, is_ahead: bool = False) -> set[str]:
    """What is shown now. come: the moments that have come. is_ahead: whether what was asked is or may be asked again in
    another sitting: then nothing that tells an answer is shown, whatever the rule says.
    """
    shown = {what for what in WHAT if not set(come).isdisjoint(rule.get(what, ()))}
    return shown.difference(ANSWERS) if is_ahead else shown


def problems(rule: object, *, is_trusted: bool) -> list[Promise]:
    """What makes a rule unusable, in words for an editor. is_trusted: of a quiz whose result has to be one's own."""
    if not isinstance(rule, dict) or not set(rule) <= set(WHAT):
        return [_("This is no rule of what is shown.")]
    if not all(isinstance(when, list) and set(map(str, when)) <= set(WHEN) for when in rule.values()):
        return [_("This is no rule of what is shown.")]
    if is_trusted and any("during" in when for when in rule.values()):
        return [_("In an exam or test nothing of the result may be shown before handing in.")]
    return []
