"""One's own contact data: given, changed and taken away by oneself."""

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.forms import CodeField
from people.access import visible_people
from people.models import Contact, Person

_PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()-]{4,24}$", gettext_lazy("Write the number with digits, such as 09 123 456 789.")
)


class ContactForm(forms.Form):
    """Both are optional; with both empty nothing is kept."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=200, required=False)
    phone = CodeField(label=gettext_lazy("Telephone number"), max_length=25, required=False, validators=[_PHONE])


def contact_of(viewer: Person, person: Person) -> Contact | None:
    """Somebody's contact data for themselves and for registrars within whose reach they are; for others there is none."""
    if viewer.pk != person.pk and not visible_people(viewer, "people.manage").filter(pk=person.pk).exists():
        return None
    return Contact.objects.filter(person=person).first()


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Give, change or remove it."""
    person: Person = request.user  # type: ignore[assignment]
    kept = contact_of(person, person)
    form = ContactForm(request.POST or None, initial={"email": kept.email, "phone": kept.phone} if kept else None)
    if request.method == "POST" and request.POST.get("action") == "remove":
        Contact.objects.filter(person=person).delete()
        messages.success(request, _("Your contact data is removed."))
        return redirect("account_contact")
    if request.method == "POST" and form.is_valid():
        if any(form.cleaned_data.values()):
            Contact.objects.update_or_create(person=person, defaults=form.cleaned_data)
            messages.success(request, _("Your contact data is kept."))
        else:
            Contact.objects.filter(person=person).delete()
            messages.success(request, _("Your contact data is removed."))
        return redirect("account_contact")
    return render(request, "account/contact.html", {"form": form, "kept": kept})
