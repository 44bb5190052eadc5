"""One file of a group's certificates: made by a task, taken up again after it was cut off, kept for three days."""

from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone

from certificates import prints
from certificates.issuing import issue_certificate
from certificates.models import CertificatePrint
from certificates.tasks import print_group
from core.personal import purge
from tests.certificates.claims import change_status
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar():
    return PersonFactory(registrar=True)


@pytest.fixture
def asked(registrar) -> CertificatePrint:
    """A file of three certificates, that no task has made yet."""
    officers = PersonFactory.create_batch(3)
    cohort = CohortFactory(officers=officers)
    for officer in officers:
        done = EnrolmentFactory(person=officer, status="completed", completed_at=timezone.now())
        issue_certificate(done, at=timezone.now())
    return prints.ask(cohort, prints.standing_of(cohort), by=registrar, reason="The ceremony")


def place(asked: CertificatePrint) -> str:
    return f"/office/certificates/prints/{asked.public_id}/"


def test_the_file_has_a_sheet_for_each(asked, registrar, sign_in):
    print_group.func(str(asked.public_id))
    asked.refresh_from_db()
    assert (asked.done, asked.total) == (3, 3)
    answer = sign_in(registrar).get(f"{place(asked)}pdf/")
    with pypdfium2.PdfDocument(answer.content) as document:
        assert len(document) == 3


def test_what_was_revoked_is_not_printed_and_what_is_valid_again_is(asked):
    (one, *_rest) = prints.standing_of(asked.cohort)
    change_status(one, "revoked")
    assert one not in prints.standing_of(asked.cohort)
    change_status(one, "reinstated")
    assert one in prints.standing_of(asked.cohort)


def test_a_task_that_was_cut_off_goes_on_when_somebody_says_so(asked, registrar, sign_in, monkeypatch):
    monkeypatch.setattr(prints, "render_many", lambda sheets: [next(iter(sheets)), 1 / 0])
    with pytest.raises(ZeroDivisionError):
        prints.make(asked, at=timezone.now())
    monkeypatch.undo()
    client = sign_in(registrar)
    client.post(place(asked))
    asked.refresh_from_db()
    assert asked.made_at is None, "a task may still be at it"
    CertificatePrint.objects.update(updated_at=timezone.now() - timedelta(minutes=5))
    assert "work-progress" in client.get(place(asked)).content.decode()
    client.post(place(asked))
    asked.refresh_from_db()
    assert (asked.done, asked.is_working) == (3, False)


@pytest.mark.django_db(databases="__all__")  # what waits in the queue is purged too
def test_after_three_days_the_file_is_gone_and_the_page_says_so(asked, registrar, sign_in):
    print_group.func(str(asked.public_id))
    CertificatePrint.objects.update(made_at=timezone.now() - timedelta(days=4))
    purge(timezone.now())
    client = sign_in(registrar)
    assert client.get(f"{place(asked)}pdf/").status_code == 404
    page = client.get(place(asked), headers={"accept-language": "en"}).content.decode()
    assert "is gone" in page


def test_nobody_else_has_the_file(asked, sign_in):
    assert sign_in(PersonFactory(registrar=True)).get(place(asked)).status_code == 404
