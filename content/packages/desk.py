"""The desk of packages: what there is, sending new ones, what is in them, and whose code may run."""

from collections import Counter
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page, ReferenceIndex

from content import access
from content.models import H5PLibrary, Package, PackageImport, PackageVersion
from content.packages import importing, origins, registry
from content.packages.refusals import PackageRefused
from content.packages.serving import player_url
from content.packages.showing import SANDBOXES, warnings_of
from content.packages.tasks import take_in
from content.packages.tickets import ticket_for
from core.audit import history
from core.forms import CleanCharField
from core.languages import offered_languages, own_name

PER_PAGE = 30


class SendForm(forms.Form):
    """A file, whom it is for, and how it is called."""

    file = forms.FileField(label=gettext_lazy("File (.h5p, or a SCORM package as .zip)"))
    title = CleanCharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: as the package calls itself"),
    )
    language = forms.ChoiceField(label=gettext_lazy("For readers of"), required=False)

    def __init__(self, package: Package | None, *sent: Any) -> None:
        super().__init__(*sent)
        every = [("", _("every language"))]
        self.fields["language"].choices = every + [(code, own_name(code)) for code in offered_languages()]  # type: ignore[attr-defined]
        if package:
            del self.fields["title"]


def _sent(request: HttpRequest, package: Package | None) -> tuple[SendForm, HttpResponse | None]:
    """The form, and where to go on if a file was taken."""
    form = SendForm(package, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method != "POST" or not form.is_valid():
        return form, None
    said = form.cleaned_data
    try:
        one = importing.take(
            said["file"],
            package=package,
            title=said.get("title", ""),
            language=said["language"],
            by=request.user,  # type: ignore[arg-type]
        )
    except PackageRefused as refusal:
        form.add_error("file", str(refusal))
        return form, None
    take_in.enqueue(str(one.public_id))
    return form, redirect("packages_desk:arrival", one.public_id)


@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """All packages, with how they stand; files that are being read or were refused."""
    viewer = access.packages_viewer_or_404(request.user)
    asked = request.GET.get("q", "").strip()
    found = Package.objects.filter(title__icontains=asked) if asked else Package.objects.all()
    page = Paginator(found.order_by("-updated_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    versions: dict[int, PackageVersion] = {}
    for one in registry.with_states(PackageVersion.objects.filter(package__in=[p.pk for p in page])).order_by("number"):
        versions[one.package_id] = one
    rows = [
        {
            "package": one,
            "version": versions.get(one.pk),
            "state": registry.status_of(versions[one.pk]) if one.pk in versions else "",
        }
        for one in page
    ]
    open_imports = PackageImport.objects.exclude(state=PackageImport.State.STORED).select_related("brought_by")
    context = {
        "rows": rows,
        "page": page,
        "asked": asked,
        "arrivals": open_imports.order_by("-created_at")[:10],
        "can_send": access.can_send_packages(viewer),
        "can_approve": access.can_approve_packages(viewer),
        "waiting": H5PLibrary.objects.filter(status=H5PLibrary.Status.PENDING).count(),
    }
    return render(request, "content/packages/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Send a new package."""
    access.package_sender_or_404(request.user)
    form, onward = _sent(request, None)
    return onward or render(
        request, "content/packages/send.html", {"form": form, "megabytes": importing.MOST_MEGABYTES}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the reading of a file is, or why it was refused; one that is stored is shown as what it became."""
    access.packages_viewer_or_404(request.user)
    one = get_object_or_404(
        PackageImport.objects.select_related("version__package", "brought_by", "package"), public_id=public_id
    )
    if request.method == "POST":  # it stood still
        take_in.enqueue(str(one.public_id))
        return redirect("packages_desk:arrival", one.public_id)
    if one.version:
        return redirect("packages_desk:version", one.version.package.public_id, one.version.number)
    context = {"came": one, "refusal": importing.refusal_of(one), "stands_still": one.stands_still(at=timezone.now())}
    return render(request, "content/packages/arrival.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One package: its versions, where it is used, and a form for the next version."""
    viewer = access.packages_viewer_or_404(request.user)
    found = get_object_or_404(Package, public_id=public_id)
    if request.method == "POST" and not access.can_send_packages(viewer):
        raise Http404
    form, onward = _sent(request, found)
    if onward:
        return onward
    versions = registry.with_states(found.versions.order_by("-number")).select_related("made_by")
    context = {
        "package": found,
        "versions": [{"version": one, "state": registry.status_of(one), "for": _for(one)} for one in versions],
        "used": used_in(found),
        "form": form if access.can_send_packages(viewer) else None,
        "megabytes": importing.MOST_MEGABYTES,
    }
    return render(request, "content/packages/package.html", context)


def _for(version: PackageVersion) -> str:
    return own_name(version.language) if version.language else _("every language")


def used_in(package: Package) -> list[Page]:
    """The pages that name a package, drafts included, once each."""
    keys = ReferenceIndex.get_references_to(package).values_list("object_id", flat=True)
    pages = Page.objects.filter(pk__in=[int(key) for key in keys]).select_related("locale")
    return list(pages.order_by("title", "pk"))


def _version(public_id: UUID, number: int) -> PackageVersion:
    found = registry.with_states(PackageVersion.objects.filter(package__public_id=public_id, number=number))
    version: PackageVersion = get_object_or_404(found.select_related("tree", "made_by", "approved_by"))
    return version


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """What is in a version: files, libraries with licences, hosts that it wants, what was noticed; to be tried out, taken down, approved."""
    viewer = access.packages_viewer_or_404(request.user)
    found = _version(public_id, number)
    if request.method == "POST":
        act, at = request.POST.get("act"), timezone.now()
        if act == "approve" and access.can_approve_packages(viewer):
            registry.approve(found, by=viewer, at=at)
            messages.success(request, _("Approved. It plays wherever lessons name it."))
        elif act == "take_down" and access.can_send_packages(viewer):
            registry.take_down(found, by=viewer, at=at)
            messages.success(request, _("Taken down. Lessons play an earlier version or say that it is not available."))
        elif act == "put_up" and access.can_send_packages(viewer):
            registry.put_up(found, by=viewer)
            messages.success(request, _("Put up again."))
        else:
            raise Http404
        return redirect("packages_desk:version", public_id, number)
    context = {
        "package": found.package,
        "version": found,
        "state": registry.status_of(found),
        "for": _for(found),
        "libraries": [used.library for used in found.libraries.all()],
        "files": found.tree.files.count(),
        "pages": found.facts.get("scorm", {}).get("items", []),
        "sandbox": SANDBOXES[Package.Kind(found.package.kind)],
        "came": PackageImport.objects.filter(version=found).first(),
        "warnings": warnings_of(found),
        "plays": found.package.kind == Package.Kind.H5P or origins.has_own_hosts(),
        "can_approve": access.can_approve_packages(viewer),
        "can_send": access.can_send_packages(viewer),
    }
    return origins.frame_packages(render(request, "content/packages/version.html", context))


@require_POST
def preview(request: HttpRequest, public_id: UUID, number: int) -> JsonResponse:
    """The player of a version to try it out, whatever it waits for. Nothing is recorded."""
    access.packages_viewer_or_404(request.user)
    found = _version(public_id, number)
    return JsonResponse({"player": player_url(found, ticket_for(found, preview=True)), "attempt": "", "states": []})


@require_safe
def libraries(request: HttpRequest) -> HttpResponse:
    """All libraries: those that wait first."""
    viewer = access.packages_viewer_or_404(request.user)
    status = request.GET.get("status", "")
    found = H5PLibrary.objects.annotate(used=Count("uses")).order_by("machine", "-major", "-minor", "-patch")
    counts = Counter(H5PLibrary.objects.values_list("status", flat=True))
    if status in H5PLibrary.Status.values:
        found = found.filter(status=status)
    asked = request.GET.get("q", "").strip()
    if asked:
        found = found.filter(Q(machine__icontains=asked) | Q(title__icontains=asked))
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "counts": [(value, label, counts[value]) for value, label in H5PLibrary.Status.choices],
        "status": status,
        "asked": asked,
        "can_approve": access.can_approve_packages(viewer),
    }
    return render(request, "content/packages/libraries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def library(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One library: what it is, what differs from the approved one of its name, who uses it; approve or block it."""
    viewer = access.packages_viewer_or_404(request.user)
    found = get_object_or_404(
        H5PLibrary.objects.select_related("tree", "brought_by", "decided_by"), public_id=public_id
    )
    if request.method == "POST":
        status = request.POST.get("status", "")
        if not access.can_approve_packages(viewer) or status not in (
            H5PLibrary.Status.APPROVED,
            H5PLibrary.Status.BLOCKED,
        ):
            raise Http404
        registry.decide(found, H5PLibrary.Status(status), by=viewer, at=timezone.now())
        messages.success(request, _("Your decision is stored, and holds for every package that uses this library."))
        return redirect("packages_desk:library", public_id)
    users = Package.objects.filter(versions__libraries__library=found).distinct().order_by("title")
    context = {
        "library": found,
        "users": users,
        "changes": registry.changes_from_approved(found),
        "can_approve": access.can_approve_packages(viewer),
        "history": history(found),
    }
    return render(request, "content/packages/library.html", context)
