"""Who works on translations, facts and packages."""

from typing import Any

from content.models import TranslationReview
from people.access import may_or_404
from people.models import Person

Step = TranslationReview.Step


def can_see_translations(user: Any) -> bool:
    """Whether someone has anything to do with translations."""
    return isinstance(user, Person) and user.may("translations.see")


def translation_worker_or_404(user: Any) -> Person:
    """The viewer, if they work on translations or look over them; else there is no such desk."""
    return may_or_404(user, "translations.see")


def can_translate(person: Person) -> bool:
    """Whether someone may write translations."""
    return person.may("translations.write")


def can_decide(person: Person, step: str) -> bool:
    """Whether a decision at a step is someone's."""
    return bool(step) and person.may(f"translations.{Step(step).value}")


def can_see_facts(user: Any) -> bool:
    """Whether someone edits facts, confirms them or answers for them, and so reads what is held back."""
    return isinstance(user, Person) and user.may("facts.see")


def facts_viewer_or_404(user: Any) -> Person:
    """The viewer, if they edit facts, confirm them or answer for them."""
    return may_or_404(user, "facts.see")


def packages_viewer_or_404(user: Any) -> Person:
    """The viewer, if packages are their business."""
    return may_or_404(user, "packages.see")


def package_sender_or_404(user: Any) -> Person:
    """The viewer, if they may send packages."""
    return may_or_404(user, "packages.send")


def can_send_packages(person: Person) -> bool:
    """Whether someone may send packages and take them down."""
    return person.may("packages.send")


def can_approve_packages(person: Person) -> bool:
    """Whether someone decides whose code may run."""
    return person.may("packages.approve")
