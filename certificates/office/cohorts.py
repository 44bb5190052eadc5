"""The certificates of a group: who has earned which, issuing what is missing, the list for the ceremony, one file to print."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates import access, prints
from certificates.audit import ISSUED
from certificates.claim import CertificateClaim
from certificates.issuing import issue_for
from certificates.models import CertificatePrint
from certificates.tasks import print_group
from core import audit
from core.templatetags.burmese import digits
from people import names
from people.access import cohort_for, may_or_404
from people.models import Cohort, CohortMembership, Person
from people.office.acts import act
from people.office.forms import ReasonForm
from people.proof import ask_again

VERB = "certificates.issue"


def _learners(cohort: Cohort) -> list[Person]:
    members = CohortMembership.objects.learners().filter(cohort=cohort).values("person")
    return list(Person.objects.filter(pk__in=members).select_related("unit").order_by("sort_key", "pk"))


@require_safe
def cohort(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everyone of the group with the certificates that stand."""
    viewer = may_or_404(request.user, VERB)
    found = cohort_for(viewer, public_id, VERB)
    held: dict[int, list[object]] = {}
    for one in prints.standing_of(found):
        held.setdefault(one.person_id, []).append(one)
    people = _learners(found)
    context = {
        "cohort": found,
        "rows": [(person, held.get(person.pk, [])) for person in people],
        "count": sum(len(rows) for rows in held.values()),
    }
    return render(request, "certificates/office/cohort.html", context)


@require_POST
def issue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Issue everything that people of the group earned and do not have."""
    viewer = may_or_404(request.user, VERB)
    found = cohort_for(viewer, public_id, VERB)
    people = _learners(found)
    made = issue_for(people, at=timezone.now())
    if made:
        audit.record(ISSUED, by=viewer, about=found, people=[one.person for one in made], count=len(made))
    count = len(made)
    text = ngettext("%(count)s certificate was issued.", "%(count)s certificates were issued.", count)
    nothing = _("Nothing is missing: who earned a certificate has it.")
    unfit = [str(person) for person in people if names.faults(person)]
    if made or not unfit:
        messages.success(request, text % {"count": digits(count)} if count else nothing)
    if unfit:
        said = _("These names cannot stand on a certificate, and none is issued until they are corrected: %(names)s.")
        messages.error(request, said % {"names": ", ".join(unfit)})
    return redirect("certificate_office:cohort", found.public_id)


@require_safe
def ceremony(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The list to read out and to sign, in the order of the names; printed by the browser."""
    viewer = may_or_404(request.user, VERB)
    found = cohort_for(viewer, public_id, VERB)
    rows = [(one, CertificateClaim.from_dict(one.claim)) for one in prints.standing_of(found)]
    audit.looked(viewer, *[one.person for one, _claim in rows])
    return render(request, "certificates/office/ceremony.html", {"cohort": found, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def print_out(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for one file of every certificate of the group that stands."""
    viewer = may_or_404(request.user, VERB)
    found = cohort_for(viewer, public_id, VERB)
    ask_again(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        certificates = prints.standing_of(found)
        if certificates:
            asked = prints.ask(found, certificates, by=viewer, reason=form.cleaned_data["reason"])
            print_group.enqueue(str(asked.public_id))
            return redirect("certificate_office:printed", asked.public_id)
        form.add_error(None, _("Nobody in this group has a certificate that stands. Issue them first."))
    return act(
        request,
        form,
        title=_("Print the group's certificates"),
        button=_("Make the file"),
        back="certificate_office:cohort",
        about=found,
        text=_("One PDF with a sheet for each certificate, in the order of the names; it is kept for three days."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def printed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the file is, and the file; POST lets a task that stood still go on."""
    viewer = may_or_404(request.user, VERB)
    asked = access.print_for(viewer, public_id)
    stands_still = asked.stands_still(at=timezone.now())
    if request.method == "POST":
        if stands_still:
            print_group.enqueue(str(asked.public_id))
        return redirect("certificate_office:printed", asked.public_id)
    context = {
        "asked": asked,
        "stands_still": stands_still,
        "is_kept": CertificatePrint.objects.filter(pk=asked.pk).exclude(file=None).exists(),
    }
    return render(request, "certificates/office/printed.html", context)


@require_safe
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file, while it is kept."""
    viewer = may_or_404(request.user, VERB)
    asked = access.print_for(viewer, public_id)
    data = CertificatePrint.objects.values_list("file", flat=True).get(pk=asked.pk)
    if data is None:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="certificates.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(bytes(data), content_type="application/pdf", headers=headers)
