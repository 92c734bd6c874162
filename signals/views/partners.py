"""Connections with the programs of others, kept by an administrator: keys, webhooks, and what was delivered."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from signals.forms.partners import KeyForm, WebhookForm, partners_of
from signals.models import PartnerKey, Webhook, WebhookDelivery
from teams.decorators import functions, signed_in, viewer
from teams.models import Function

PER_PAGE = 50
administrators = functions(Function.ADMINISTRATOR)


@administrators
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    keys = PartnerKey.objects.managed_by(access).select_related("organisation", "team", "created_by")
    webhooks = Webhook.objects.managed_by(access).select_related("organisation", "team").with_troubles()
    context = {
        "keys": sorted(keys, key=lambda key: not key.is_valid),
        "webhooks": webhooks,
        "has_partners": bool(partners_of(access)),
    }
    return render(request, "signals/partners.html", context)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def key_add(request: HttpRequest) -> HttpResponse:
    form = KeyForm(request.POST or None, viewer=viewer(request), initial={"id": uuid7()})
    user, made = signed_in(request), list[str]()
    if request.method == "POST" and form.saved(lambda: made.append(PartnerKey.make(form.instance, by=user))):
        # Shown in this answer and nowhere else, so without a redirect that would have to carry it.
        return render(request, "signals/secret_once.html", {"key": form.instance, "secret": made[0]})
    return render(request, "signals/partner_key_form.html", {"form": form}, status=422 if form.errors else 200)


@administrators
@require_POST
def key_revocation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    key = get_object_or_404(PartnerKey.objects.managed_by(viewer(request)), pk=pk)
    key.revoke(by=signed_in(request))
    messages.success(request, _("The key “%(name)s” opens nothing any more.") % {"name": key.name})
    return redirect("signals:partners")


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_add(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    if not partners_of(access):
        raise PermissionDenied(_("Webhooks are for partners; colleagues look in the program itself."))
    form = WebhookForm(request.POST or None, viewer=access)
    made: list[str] = []
    if request.method == "POST" and form.saved(
        lambda: made.append(Webhook.begin(form.instance, by=signed_in(request)))
    ):
        return render(request, "signals/secret_once.html", {"webhook": form.instance, "secret": made[0]})
    return render(request, "signals/webhook_form.html", {"form": form}, status=422 if form.errors else 200)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Its settings, and what was delivered: when and with what answer, never about which signal."""
    access = viewer(request)
    found = get_object_or_404(Webhook.objects.managed_by(access).select_related("team__organisation"), pk=pk)
    form = WebhookForm(request.POST or None, instance=found, viewer=access)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Saved."))
        return redirect("signals:webhook", pk)
    page = Paginator(found.deliveries.all(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"webhook": Webhook.objects.get(pk=pk), "form": form, "page": page}
    return render(request, "signals/webhook.html", context, status=422 if form.errors else 200)


@administrators
@require_POST
def webhook_activity(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Webhook.objects.managed_by(viewer(request)), pk=pk)
    found.switch(on=request.POST.get("active") == "1")
    return redirect("signals:webhook", pk)


@administrators
@require_POST
def webhook_secret(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Webhook.objects.managed_by(viewer(request)), pk=pk)
    secret = found.renew_secret()
    found.save(update_fields=["secret"])
    return render(request, "signals/secret_once.html", {"webhook": found, "secret": secret})


@administrators
@require_POST
def delivery_retry(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    mine = WebhookDelivery.objects.filter(webhook__in=Webhook.objects.managed_by(viewer(request)))
    delivery = get_object_or_404(mine, pk=pk)
    try:
        delivery.retry()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The message is on its way again."))
    return redirect("signals:webhook", delivery.webhook_id)
