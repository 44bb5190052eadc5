"""Every page a person can come to, in each of its states: for the checks of accessibility and for photographs."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.browser.certified import PEOPLE as HOLDER
from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.walking import press

READER, SITTING, PASSED, FAILED, READY, NEW_TRAINER, PLAYING, EXAMINER = (
    "IMM-8001", "IMM-8002", "IMM-8003", "IMM-8004", "IMM-8005", "TRN-8006", "IMM-8010", "IMM-8070"
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """A page in a state. who: a service number, empty for nobody; act: what is done there before looking."""

    name: str
    who: str
    place: str
    act: Callable[[Page], Any] | None = None
    status: int = 200


def _bad_sign_in(page: Page) -> None:
    page.fill("input[name=login]", "IMM-0000")
    page.fill("input[name=password]", "wrong")
    press(page, "main form button")


def _empty_assignment(page: Page) -> None:
    page.fill("input[name=due_on]", "31-31-31")
    press(page, "main form .actions button")


def _judge_case(page: Page) -> None:
    press(page, "case-links form button")


def _confirm_password(page: Page) -> None:
    page.fill("input[name=password]", PASSWORD)
    press(page, "main form button")


def _nothing_filled_in(page: Page) -> None:
    press(page, "main form .actions button")


def _no_file(page: Page) -> None:
    page.evaluate("document.getElementById('pdf').required = false")
    press(page, "form[enctype] button")


def _wait_for_verdict(page: Page) -> None:
    page.wait_for_selector(".verdict:visible")


def _open_menu(page: Page) -> None:
    page.click(".menu summary")


@functools.cache
def scenes(served: Served) -> list[Scene]:
    """All of them; makes the people and states that they need."""
    at = served.stage("scenes") | served.stage("states") | served.stage("packages")

    def in_language(path: str) -> str:
        return "/{language}/" + path

    return [
        Scene("home", "", in_language("")),
        Scene("login", "", "/account/login/"),
        Scene("login-errors", "", "/account/login/", _bad_sign_in),
        Scene("courses", "", in_language("courses/")),
        Scene("verify", "", "/verify/"),
        Scene("verify-valid", "", at["verify"]),
        Scene("verify-unknown", "", "/verify/0000000000000000/", status=404),
        Scene("verify-malformed", "", "/verify/?code=12"),
        Scene("verify-expired", "", at["expired"]),
        Scene("verify-revoked", "", at["revoked"]),
        Scene("verify-replaced", "", at["replaced"]),
        Scene("verify-no-file", "", "/verify/", _no_file),
        Scene("verify-offline", "", "/verify/offline/#12", _wait_for_verdict),
        Scene("shared", "", at["shared"]),
        Scene("shared-nameless", "", at["nameless"]),
        Scene("error", "", "/nowhere/at/all/", status=404),
        Scene("learn", READER, "/learn/"),
        Scene("menu", READER, "/learn/", _open_menu),
        Scene("course", READER, in_language(at["course"])),
        Scene("module", READER, in_language(at["module"])),
        Scene("lesson", READER, in_language(at["lesson_open"])),
        Scene("lesson-right", READER, in_language(at["lesson_right"])),
        Scene("lesson-wrong", READER, in_language(at["lesson_wrong"])),
        Scene("lesson-activity", PLAYING, in_language(at["lesson_activity"])),
        Scene("search", READER, in_language("search/?q=နိုင်ငံ")),
        Scene("search-none", READER, in_language("search/?q=ဗြဟ္မဇာလ")),
        Scene("search-empty", READER, in_language("search/")),
        Scene("certificates-none", READER, "/certificates/"),
        Scene("account", READER, "/account/"),
        Scene("password", READER, "/account/password/change/"),
        Scene("own-record", READER, "/account/record/"),
        Scene("contact", READER, "/account/contact/"),
        Scene("own-data", READER, "/account/data/", _confirm_password),
        Scene("learn-exam", READY, "/learn/"),
        Scene("quiz", READY, at["quiz"]),
        Scene("attempt", SITTING, at["attempt"]),
        Scene("submit", SITTING, at["attempt"] + "submit/"),
        Scene("result-failed", FAILED, at["failed"]),
        Scene("quiz-refused", FAILED, at["quiz"]),
        Scene("result-passed", PASSED, at["passed"]),
        Scene("learn-done", PASSED, "/learn/"),
        Scene("practice-none", READER, "/practice/"),
        Scene("practice", FAILED, "/practice/"),
        Scene("practice-done", PASSED, "/practice/"),
        Scene("practice-answered", PASSED, at["answered"]),
        Scene("probe", PASSED, at["probe"]),
        Scene("documents", EXAMINER, "/practice/documents/"),
        Scene("documents-none", READER, "/practice/documents/"),
        Scene("documents-tour", READER, "/practice/documents/tour/?step=11&light=uv"),
        Scene("documents-shift", EXAMINER, at["documents_block"]),
        Scene("documents-report", EXAMINER, at["documents_report"]),
        Scene("documents-judged", EXAMINER, at["documents_trial"]),
        Scene("documents-mirror", EXAMINER, "/practice/documents/mirror/"),
        Scene("documents-cases", READER, "/practice/documents/cases/"),
        Scene("documents-case", READER, "/practice/documents/cases/9/"),
        Scene("documents-case-judged", READER, "/practice/documents/cases/9/", _judge_case),
        Scene("documents-table", "TRN-4001", "/teach/table/?kind=A02&severity=4&seed=3&reveal=1"),
        Scene("documents-pack", "TRN-4001", "/teach/table/pack/?count=2"),
        Scene("certificates", PASSED, "/certificates/"),
        Scene("certificates-ending", HOLDER["window"], "/certificates/"),
        Scene("certificates-ended", HOLDER["ended"], "/certificates/"),
        Scene("certificates-corrected", HOLDER["corrected"], "/certificates/"),
        Scene("share", HOLDER["valid"], at["share"]),
        Scene("second-factor-setup", NEW_TRAINER, "/account/2fa/totp/activate/", _confirm_password),
        Scene("second-factor", "TRN-4001", "/account/2fa/"),
        Scene("teach", "TRN-4001", "/teach/"),
        Scene("cohort", "TRN-4001", at["cohort"]),
        Scene("assign", "TRN-4001", at["cohort"] + "assign/"),
        Scene("assign-errors", "TRN-4001", at["cohort"] + "assign/", _empty_assignment),
        Scene("teach-sessions", "TRN-4001", "/teach/sessions/"),
        Scene("session-plan", "TRN-4001", at["cohort"] + "sessions/new/", _nothing_filled_in),
        Scene("session", "TRN-4001", at["held_session"]),
        Scene("session-room", "TRN-4001", at["held_session"] + "room/"),
        Scene("session-guide", "TRN-4001", at["held_session"] + "guide/"),
        Scene("session-slides", "TRN-4001", at["held_session"] + "present/?slide=4"),
        Scene("session-notes", "TRN-4001", at["held_session"] + "present/?slide=4&notes=1"),
        Scene("guides", "TRN-4001", "/teach/guides/"),
        Scene("guide", "TRN-4001", "/teach/guides/M01/"),
        Scene("session-cancel", "TRN-4001", at["held_session"] + "cancel/"),
        Scene("session-history", "TRN-4001", at["held_history"]),
        Scene("group-new-errors", "TRN-4001", "/teach/cohorts/new/", _nothing_filled_in),
        Scene("group-ways", "TRN-4001", at["cohort"] + "ways/"),
        Scene("group-rule", "TRN-4001", at["cohort"] + "rule/"),
        Scene("join-errors", READER, "/learn/join/", _nothing_filled_in),
        Scene("practice", "TRN-4001", at["held_session"] + "practice/"),
        Scene("observe-errors", "TRN-4001", at["held_observe"], _nothing_filled_in),
        Scene("observation", "TRN-4001", at["held_observation"]),
        Scene("accredit", "MST-4002", at["held_accredit"]),
        Scene("observation-own", at["held_officer"], at["held_own_observation"]),
        Scene("accreditations", "LED-6001", "/office/accreditations/"),
        Scene("masters-errors", "LED-6001", "/office/accreditations/masters/", _nothing_filled_in),
        Scene("accreditation-rule", "LED-6001", "/office/accreditations/rule/?course=C1&tier=trainer"),
        Scene("withdraw", "LED-6001", at["held_withdraw"]),
        Scene("cascade", "LED-6001", "/office/cascade/"),
        Scene("chain", "LED-6001", at["held_chain"]),
        Scene("session-own", at["held_officer"], at["held_own"]),
        Scene("office", "LED-6001", "/office/"),
        Scene("items", "LED-6001", "/office/items/"),
        Scene("item", "LED-6001", at["item"]),
        Scene("evidence", "LED-6001", at["evidence"]),
        Scene("audit", "LED-6001", "/office/audit/"),
        Scene("audit-export", "LED-6001", "/office/audit/export/", _confirm_password),
        Scene("erasures", "REG-5001", "/office/erasures/"),
        Scene("people", "REG-5001", "/office/people/"),
        Scene("person", "REG-5001", at["person"]),
        Scene("person-new", "REG-5001", "/office/people/new/", _nothing_filled_in),
        Scene("role-give", "REG-5001", at["person"] + "roles/new/"),
        Scene("roles", "REG-5001", "/office/roles/"),
        Scene("groups", "REG-5001", "/office/cohorts/"),
        Scene("group", "REG-5001", at["group"]),
        Scene("units", "REG-5001", "/office/units/?closed=1"),
        Scene("unit", "REG-5001", at["unit"]),
        Scene("unit-merge", "REG-5001", at["unit"] + "merge/"),
        Scene("slips", "REG-5001", "/office/slips/?q=IMM-8001&who=all"),
        Scene("imports", "REG-5001", "/office/import/"),
        Scene("exports", "REG-5001", "/office/export/"),
        Scene("second-factors", "REG-5001", "/office/second-factors/"),
        Scene("slip", "", "/account/slip/?n=IMM-8001"),
        Scene("office-certificates", "REG-5001", "/office/certificates/"),
        Scene("office-certificates-none", "REG-5001", "/office/certificates/?q=nobody"),
        Scene("office-certificate", "REG-5001", at["office_valid"]),
        Scene("office-revoked", "REG-5001", at["office_revoked"]),
        Scene("office-replaced", "REG-5001", at["office_replaced"]),
        Scene("correct", "REG-5001", at["office_new"] + "correct/", _nothing_filled_in),
        Scene("revoke", "REG-5001", at["office_new"] + "ask/revoked/"),
        Scene("requests", "REG-5001", "/office/certificates/requests/"),
        Scene("group-certificates", "REG-5001", at["certificate_group"]),
        Scene("ceremony", "REG-5001", at["certificate_group"] + "ceremony/"),
        Scene("group-print", "REG-5001", at["certificate_group"] + "print/"),
        Scene("group-printed", "REG-5001", at["printed"]),
        Scene("rules", "REG-5001", "/office/certificates/rules/"),
        Scene("rule", "REG-5001", at["rule"]),
        Scene("programme-errors", "REG-5001", "/office/certificates/rules/new/", _nothing_filled_in),
        Scene("design", "REG-5001", at["design"]),
        Scene("design-errors", "REG-5001", "/office/certificates/designs/new/", _nothing_filled_in),
        Scene("packages", "EDT-7001", "/office/packages/"),
        Scene("package", "EDT-7001", at["package"]),
        Scene("package-version", "LED-6001", at["package_version"]),
        Scene("package-send-errors", "EDT-7001", "/office/packages/send/", _nothing_filled_in),
        Scene("package-refused", "EDT-7001", at["package_refused"]),
        Scene("libraries", "LED-6001", "/office/packages/libraries/"),
        Scene("library", "LED-6001", at["library"]),
        Scene("sessions", READER, "/account/sessions/"),
        Scene("translations", "TRL-8001", "/office/translations/"),
        Scene("translation", "TRL-8001", at["translation"]),
        Scene("translation-import", "TRL-8001", "/office/translations/import/"),
        Scene("review", "SBJ-8002", at["review"]),
        Scene("glossary", "TRL-8001", in_language("glossary/")),
    ]


def people(shown: list[Scene], served: Served) -> Iterator[tuple[Login | None, list[Scene]]]:
    """The scenes of each person together, so that each signs in once."""
    for who in dict.fromkeys(scene.who for scene in shown):
        login = served.logins.get(who) or (Login(who, PASSWORD) if who else None)
        yield login, [scene for scene in shown if scene.who == who]
