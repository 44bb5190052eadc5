"""xAPI statements as other systems read them: in export, and forwarded to an outside record store where one is set."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import requests
from django.conf import settings
from django.db import transaction

from core.duties import duty
from records.models import Statement, StatementDelivery

log = logging.getLogger("thindan")

VERSION: Final = "1.0.3"
AT_ONCE: Final = 50  # statements in one request
MOST: Final = 5_000  # in one run
PATIENCE: Final = 15  # seconds for one request
# verb -> its IRI
VERBS: Final[dict[str, str]] = {
    "answered": "http://adlnet.gov/expapi/verbs/answered",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "progressed": "http://adlnet.gov/expapi/verbs/progressed",
    "passed": "http://adlnet.gov/expapi/verbs/passed",
    "failed": "http://adlnet.gov/expapi/verbs/failed",
    "attempted": "http://adlnet.gov/expapi/verbs/attempted",
    "consumed": "http://activitystrea.ms/schema/1.0/consume",
    "experienced": "http://adlnet.gov/expapi/verbs/experienced",
}


def whole(statement: Statement) -> dict[str, Any]:
    """A statement as xAPI 1.0.3 has it. Its actor is an account without a name: who that is, only this system knows."""
    context = statement.body.get("context", {})
    return {
        "id": str(statement.pk),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": settings.SITE_URL, "name": str(statement.person.public_id)},
        },
        "verb": {"id": VERBS[statement.verb], "display": {"en": statement.verb}},
        "object": {"objectType": "Activity", "id": statement.object_id},
        **({"result": statement.body["result"]} if statement.body.get("result") else {}),
        "context": {**context, "registration": str(statement.registration), "platform": "Thindan"},
        "timestamp": statement.stored_at.isoformat(),
        "version": VERSION,
    }


def listed(*, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Every statement, or those stored since a moment, in the order in which they came."""
    rows = Statement.objects.filter(stored_at__gte=since) if since else Statement.objects.all()
    for one in rows.select_related("person").order_by("stored_at", "pk").iterator(500):
        yield whole(one)


def forward(*, at: datetime) -> int:
    """Send what was not sent yet to the outside record store. Returns how many it took; what it did not take stays for the
    next time. Sending a statement twice does no harm: its id is the same.
    """
    if not settings.XAPI_FORWARD_URL:
        return 0
    sent = 0
    while sent < MOST:
        waiting = list(
            Statement.objects.filter(delivery=None).select_related("person").order_by("stored_at", "pk")[:AT_ONCE]
        )
        if not waiting or not _took([whole(one) for one in waiting]):
            break
        with transaction.atomic():
            StatementDelivery.objects.bulk_create(
                [StatementDelivery(statement=one, delivered_at=at) for one in waiting], ignore_conflicts=True
            )
        sent += len(waiting)
    return sent


def _took(statements: list[dict[str, Any]]) -> bool:
    name, _colon, secret = settings.XAPI_FORWARD_KEY.partition(":")
    try:
        answer = requests.post(
            f"{settings.XAPI_FORWARD_URL.rstrip('/')}/statements",
            json=statements,
            headers={"X-Experience-API-Version": VERSION},
            auth=(name, secret),
            timeout=PATIENCE,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        log.warning("record store not reached: %s", type(error).__name__)
        return False
    if answer.status_code not in (200, 204):
        log.warning("record store refused statements: %s", answer.status_code)
        return False
    return True


@duty("statements")
def forward_daily(at: datetime) -> str:
    """What was not forwarded when it came is forwarded now."""
    return f"{forward(at=at)} statements forwarded"
