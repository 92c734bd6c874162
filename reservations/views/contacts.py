"""The people of an association: written down with their yes, and erased as soon as they take it back."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kortrijk_gebied.access import member
from reservations.forms.associations import ContactForm
from reservations.models import Association, Contact
from reservations.register import looking
from reservations.register.erasing import erase
from reservations.views.associations import only_keepers
from teams.decorators import signed_in


@member
@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    only_keepers(request)
    association = get_object_or_404(Association, pk=pk)
    new = Contact(association=association, created_by=signed_in(request))
    return _form(
        request,
        association,
        ContactForm(request.POST if request.method == "POST" else None, association=association, instance=new),
    )


@member
@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: HttpRequest, pk: int, contact: uuid.UUID) -> HttpResponse:
    only_keepers(request)
    found = get_object_or_404(Contact.objects.select_related("association"), pk=contact, association=pk)
    looking.looked_at([found], by=signed_in(request))
    form = ContactForm(
        request.POST if request.method == "POST" else None, association=found.association, instance=found
    )
    return _form(request, found.association, form, found)


def _form(
    request: HttpRequest, association: Association, form: ContactForm, found: Contact | None = None
) -> HttpResponse:
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect(association)
    context = {"form": form, "association": association, "contact": found}
    return render(request, "reservations/contact_form.html", context, status=422 if form.errors else 200)


@member
@require_POST
def contact_erasure(request: HttpRequest, pk: int, contact: uuid.UUID) -> HttpResponse:
    only_keepers(request)
    found = get_object_or_404(Contact.objects.select_related("association"), pk=contact, association=pk)
    association = found.association
    erase(found)
    messages.success(request, _("Erased, with the history of it."))
    return redirect(association)
