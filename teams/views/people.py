"""The people of an organisation, kept by its administrator."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.refusals import Refused
from teams.actions import add_person, deactivate, reactivate
from teams.decorators import functions, signed_in, viewer
from teams.forms.people import MembershipForm, PeopleFilter, PersonForm
from teams.invitations import invite
from teams.models import Function, Membership, PostHolder, User

PER_PAGE = 50
administrators = functions(Function.ADMINISTRATOR)


@administrators
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    found, form = User.objects.managed_by(viewer(request)), PeopleFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    if wanted.get("shown") != "all":
        found = found.filter(is_active=wanted.get("shown") != "inactive")
    if words := wanted.get("q", "").strip():
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if function := wanted.get("function"):
        holding = Membership.objects.valid_on(today).filter(function=function)
        found = found.filter(pk__in=holding.values("user"))
    current = Membership.objects.valid_on(today).select_related("team")
    found = found.prefetch_related(Prefetch("memberships", current, to_attr="current"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "teams/people.html", {"page": page, "form": form, "is_filtered": request.GET.keys() - {"page"}}
    )


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = PersonForm(request.POST or None)
    organisation = user.organisation
    if organisation is None:
        raise PermissionDenied(
            _("You work for no organisation yet, so you can add nobody. Ask who set up your account.")
        )
    if request.method == "POST" and form.saved(
        lambda: add_person(person=form.instance, organisation=organisation, by=user)
    ):
        messages.success(request, _("%(person)s gets a mail to choose a password.") % {"person": form.instance})
        return redirect("teams:person", form.instance.pk)
    return render(request, "teams/person_form.html", {"form": form}, status=422 if form.errors else 200)


@administrators
@require_safe
def person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(User.objects.managed_by(viewer(request)), pk=pk)
    memberships = Membership.objects.filter(user=found).select_related("team__organisation").order_by("-starts")
    held = PostHolder.objects.filter(user=found).select_related("post__area", "post__team")
    context = {
        "person": found,
        "memberships": memberships,
        "held": held,
        "today": timezone.localdate(),
        "is_self": found.pk == signed_in(request).pk,
    }
    return render(request, "teams/person.html", context)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(User.objects.managed_by(viewer(request)), pk=pk)
    form = PersonForm(request.POST or None, instance=found)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:person", found.pk)
    return render(
        request, "teams/person_form.html", {"form": form, "person": found}, status=422 if form.errors else 200
    )


@administrators
@require_POST
def person_deactivation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(User.objects.managed_by(viewer(request)), pk=pk)
    try:
        deactivate(person=found, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(person)s can no longer sign in.") % {"person": found})
    return redirect("teams:person", found.pk)


@administrators
@require_POST
def person_activation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(User.objects.managed_by(viewer(request)), pk=pk)
    reactivate(person=found, by=signed_in(request))
    messages.success(request, _("%(person)s gets a mail to choose a password.") % {"person": found})
    return redirect("teams:person", found.pk)


@administrators
@require_POST
def person_invitation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(User.objects.managed_by(viewer(request)).filter(is_active=True), pk=pk)
    invite(person=found, by=signed_in(request))
    messages.success(request, _("%(person)s gets a mail to choose a password.") % {"person": found})
    return redirect("teams:person", found.pk)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def membership_add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A person gets a place in one of the teams that the viewer manages."""
    access = viewer(request)
    found = get_object_or_404(User.objects.managed_by(access).filter(is_active=True), pk=pk)
    form = MembershipForm(request.POST or None, viewer=access, initial={"starts": timezone.localdate()})
    form.fix("user", found)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:person", found.pk)
    context = {"form": form, "person": found, "back": found.name}
    return render(request, "teams/membership_form.html", context, status=422 if form.errors else 200)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, pk: int) -> HttpResponse:
    access = viewer(request)
    found = get_object_or_404(Membership.objects.readable(access).select_related("user", "team"), pk=pk)
    if not Membership.objects.managed_by(access).filter(pk=pk).exists():
        raise PermissionDenied
    form = MembershipForm(request.POST or None, viewer=access, instance=found)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("teams:person", found.user_id)
    context = {"form": form, "person": found.user, "membership": found}
    return render(request, "teams/membership_form.html", context, status=422 if form.errors else 200)
