"""The answers of an attempt as they stand."""

from assessments import bank, kinds
from assessments.models import Attempt, AttemptStep
from assessments.steps import Sheet, project


def sheet_of(attempt: Attempt) -> Sheet:
    """The answers and marks of an attempt as they stand."""
    accepted = (
        attempt.steps.filter(verdict=AttemptStep.Verdict.ACCEPTED).exclude(kind=AttemptStep.Kind.SUBMIT).order_by("seq")
    )
    sheet = project(accepted)
    sheet.head = max(sheet.head, attempt.step_count)
    return sheet


def whole(attempt: Attempt, sheet: Sheet) -> set[int]:
    """The places of an attempt at which nothing more is asked."""
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    asked = {place: versions[item["version"]] for place, item in enumerate(attempt.paper["items"])}
    return {
        place for place, given in sheet.answers.items() if kinds.is_whole(asked[place].kind, asked[place].key, given)
    }
