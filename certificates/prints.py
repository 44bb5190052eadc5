"""Print-ready files of a group's certificates, made by a task that may be cut off and goes on."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from certificates import document
from certificates.audit import PRINTED
from certificates.claim import CertificateClaim
from certificates.issuing import design_of
from certificates.models import Certificate, CertificatePrint, PaperPicture
from certificates.paper import Print, render_many
from certificates.paper.pictures import UnreadablePicture
from core import audit
from core.errors import unprintable
from core.pdf import MissingGlyph, PdfUnavailable
from people.models import Cohort, CohortMembership, Person
from people.models.imports import LEASE


def standing_of(cohort: Cohort) -> list[Certificate]:
    """The newest certificate by each rule of everyone who learns in a group now, in the order of their names."""
    learners = CohortMembership.objects.learners().filter(cohort=cohort).values("person")
    found = Certificate.objects.standing().filter(person__in=learners)
    newest = {(one.person_id, one.rule_id): one for one in found.order_by("issued_at", "pk")}
    pks = [one.pk for one in newest.values()]
    return list(Certificate.objects.filter(pk__in=pks).select_related("person", "rule").order_by("rule__code", "person__sort_key", "pk"))  # fmt: skip


@transaction.atomic
def ask(cohort: Cohort, certificates: list[Certificate], *, by: Person, reason: str) -> CertificatePrint:
    """Ask for one file of these certificates."""
    made = CertificatePrint.objects.create(cohort=cohort, asked_by=by, total=len(certificates))
    made.certificates.set(certificates)
    audit.record(PRINTED, by=by, about=made, people=[one.person for one in certificates], reason=reason)
    return made


def make(asked: CertificatePrint, *, at: datetime) -> None:
    """Make the file, unless somebody else is at it, or it is made."""
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    due = CertificatePrint.objects.filter(free, pk=asked.pk, made_at=None, refusal="")
    if not due.update(lease_until=at + LEASE):
        return
    rows = asked.certificates.select_related("person", "rule", "paper").order_by("rule__code", "person__sort_key", "pk")

    pictures = functools.cache(PaperPicture.read)  # by design: a group has few

    def sheets() -> Iterator[Print]:
        for done, one in enumerate(rows):
            CertificatePrint.objects.filter(pk=asked.pk).update(done=done, lease_until=timezone.now() + LEASE)
            design = design_of(one.paper)
            yield Print(CertificateClaim.from_dict(one.claim), design, document.square(one), pictures(design.images))

    try:
        file = render_many(sheets())
    except (PdfUnavailable, MissingGlyph, UnreadablePicture) as error:
        said = unprintable(error) if isinstance(error, MissingGlyph) else str(error)
        CertificatePrint.objects.filter(pk=asked.pk).update(refusal=said, lease_until=None)
        return
    except BaseException:
        CertificatePrint.objects.filter(pk=asked.pk).update(lease_until=None)  # whoever looks next may go on at once
        raise
    CertificatePrint.objects.filter(pk=asked.pk).update(file=file, done=asked.total, made_at=at, lease_until=None)
