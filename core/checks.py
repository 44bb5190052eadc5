"""Unsafe combinations of settings, each refused with a sentence that says what to set."""

import sqlite3
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

OURS: Final = "thindan"  # the tag of these checks
SHORTEST_SECRET: Final = 50  # characters
FEWEST_CHARACTERS: Final = 5  # different ones, as Django asks


def refused() -> list[str]:
    """Why this must not be started; nothing where it may."""
    return [str(found.msg) for found in safe_combinations(None) if found.is_serious()]


@register(OURS)
def safe_combinations(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What must never be started, in any mode."""
    found: list[CheckMessage] = [Error(sentence, id="thindan.E009") for sentence in settings.FAULTS.values()]
    public = Warning if settings.LOOPBACK else Error  # for what harms where others can reach it
    if not settings.SECRET_KEY_GIVEN:
        found.append(
            Error("SECRET_KEY is not set. Set it to a random text of 50 characters or more.", id="thindan.E001")
        )
    elif len(settings.SECRET_KEY) < SHORTEST_SECRET or len(set(settings.SECRET_KEY)) < FEWEST_CHARACTERS:
        found.append(
            public(
                f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters, or not random. "
                "Set a longer one, and the old one in SECRET_KEY_FALLBACKS.",
                id="thindan.E010",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            public("ALLOWED_HOSTS answers to every name. List the host names of this site.", id="thindan.E011")
        )
    if not settings.LOOPBACK and settings.DEBUG:
        found.append(Error("DEBUG is on for a public address. Unset DEBUG.", id="thindan.E002"))
    if not settings.LOOPBACK and not settings.HTTPS:
        found.append(
            Error(
                "SITE_URL begins with http:// on a public address. Serve it over https and set SITE_URL so.",
                id="thindan.E003",
            )
        )
    if settings.WEB_CONCURRENCY > 1 and not settings.REDIS_URL:
        found.append(
            Error(
                "WEB_CONCURRENCY is over 1 and there is no shared cache: rate limits would be counted per process. Set REDIS_URL.",
                id="thindan.E004",
            )
        )
    if settings.EMBEDDED and sqlite3.sqlite_version_info < settings.SQLITE_OLDEST_SAFE:
        kind = Warning if settings.DEBUG else Error
        found.append(
            kind(
                f"SQLite {sqlite3.sqlite_version} can corrupt a database in WAL mode. Install the pysqlite3 of requirements/app.txt, "
                f"or a SQLite of at least {'.'.join(map(str, settings.SQLITE_OLDEST_SAFE))}, or set DATABASE_URL to PostgreSQL.",
                id="thindan.E005",
            )
        )
    if settings.OIDC_ISSUER and not (settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET):
        found.append(
            Error(
                "OIDC_ISSUER is set without OIDC_CLIENT_ID and OIDC_CLIENT_SECRET. Set all three, or none.",
                id="thindan.E006",
            )
        )
    if settings.OIDC_ISSUER and not settings.LOOPBACK and not settings.OIDC_ISSUER.startswith("https://"):
        found.append(
            Error("OIDC_ISSUER does not begin with https://. A directory is asked over TLS only.", id="thindan.E007")
        )
    if settings.XAPI_FORWARD_URL and not settings.LOOPBACK and not settings.XAPI_FORWARD_URL.startswith("https://"):
        found.append(
            Error("XAPI_FORWARD_URL does not begin with https://. Statements go out over TLS only.", id="thindan.E008")
        )
    return found
