"""Every place of the product and what each role is answered there. A place that is in no list fails test_matrix.py."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver

LOGIN = "login"  # sent to the sign-in page
ROLES = ["anonymous", "officer", "outsider", "trainer", "other_trainer", "registrar", "lead", "editor", "half_in"]

# Roles: officer (enrolled in C1, in the cohort), outsider (another officer, no enrolment), trainer (leads the cohort), other_trainer (leads
# none), registrar, lead, editor, half_in (a trainer who has not given the second factor).
PUBLIC = dict.fromkeys(ROLES, 200)


def signed_in(**others: Any) -> dict[str, Any]:
    """200 for everyone signed in, with exceptions."""
    return {
        "anonymous": LOGIN,
        "half_in": 302,
        **{r: 200 for r in ROLES if r not in ("anonymous", "half_in")},
        **others,
    }


def only(*roles: str, **others: Any) -> dict[str, Any]:
    """200 for some roles; the others learn nothing."""
    return {"anonymous": LOGIN, "half_in": 302, **{r: 404 for r in ROLES if r not in ("anonymous", "half_in")},
            **dict.fromkeys(roles, 200), **others}  # fmt: skip


def post_only() -> dict[str, Any]:
    """GET is no verb here: 405 for the signed-in."""
    return signed_in(**{r: 405 for r in ROLES if r not in ("anonymous", "half_in")})


# name -> (arguments: names of things the test makes, or literal values; answers to GET)
GET: dict[str, tuple[list[Any], dict[str, Any]]] = {
    "home": ([], dict.fromkeys(ROLES, 302)),
    "healthz": ([], PUBLIC),
    "readyz": ([], PUBLIC),
    "robots": ([], PUBLIC),
    "set_language": ([], dict.fromkeys(ROLES, 405)),
    "media": (["secret.txt"], only()),
    # the account
    "account": ([], signed_in()),
    "account_login": ([], dict.fromkeys(ROLES, 302) | {"anonymous": 200}),
    "account_logout": ([], signed_in(anonymous=302, half_in=200)),
    "account_inactive": ([], PUBLIC),
    "account_reauthenticate": ([], signed_in(half_in=200)),
    "account_change_password": ([], signed_in(half_in=200)),
    "mfa_index": ([], signed_in(half_in=200)),
    "mfa_authenticate": ([], dict.fromkeys(ROLES, 302)),
    "mfa_reauthenticate": ([], dict.fromkeys(ROLES, "any")),
    "mfa_activate_totp": ([], dict.fromkeys(ROLES, "any")),
    "mfa_deactivate_totp": ([], dict.fromkeys(ROLES, "any")),
    "mfa_view_recovery_codes": ([], dict.fromkeys(ROLES, "any")),
    "mfa_generate_recovery_codes": ([], dict.fromkeys(ROLES, "any")),
    "mfa_download_recovery_codes": ([], dict.fromkeys(ROLES, "any")),
    # learning
    "courses": ([], PUBLIC),
    "course": (["c1"], signed_in()),
    "module": (["c1", "m01"], signed_in()),
    "lesson": (["c1", "m01", "one"], signed_in(outsider=302)),
    "wagtail_serve": ([""], PUBLIC),
    "courses:learn": ([], signed_in()),
    "courses:enrol": (["course_key"], post_only()),
    "courses:read": (["lesson_key"], post_only()),
    "courses:check": (["lesson_key", "MIG-M01.O1-101"], post_only()),
    # sitting
    "assessments:quiz": (["exam"], only("officer")),
    "assessments:attempt": (["attempt"], only("officer")),
    "assessments:steps": (["attempt"], post_only()),
    "assessments:submit": (["attempt"], only("officer")),
    # certificates
    "certificates:mine": ([], signed_in()),
    "certificates:download": (["certificate"], only("officer")),
    "certificates:verify_form": ([], PUBLIC),
    "certificates:verify": (["code"], PUBLIC),
    # teaching
    "training:desk": ([], only("trainer", "other_trainer", "registrar", "lead")),
    "training:cohort": (["cohort"], only("trainer", "registrar", "lead")),
    "training:assign": (["cohort"], only("trainer")),
    "training:allow": (["enrolment"], only("trainer")),
    "training:office": ([], only("registrar", "lead")),
}  # fmt: skip
# Wagtail's admin is for editors; its documents are for the signed-in. Their places are Wagtail's own.
PREFIXES = ["admin/", "documents/"]


def walk(resolver: Any, prefix: str = "", names: str = "") -> Iterator[tuple[str, str]]:
    """(name with its namespaces, route) of every place under a resolver."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            space = f"{names}{entry.namespace}:" if entry.namespace else names
            yield from walk(entry, route, space)
        elif isinstance(entry, URLPattern):
            yield f"{names}{entry.name}", route
