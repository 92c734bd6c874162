"""The reporter's status page: without signing in, by a random address, and telling nobody who it is about."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kortrijk_gebied.access import public
from kortrijk_gebied.keyed import keyed
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.throttle import throttled
from signals.following import followed, not_resolved, rate
from signals.forms.following import NotResolvedForm, SatisfactionForm
from signals.models.status_links import Satisfaction, StatusLink

# Per address of who asks: enough for a family behind one router, too little to guess.
followers = throttled("status-page", "60/m/ip")


@public
@keyed
@followers
@require_safe
def status_page(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, _link(token))


@public
@keyed
@followers
@require_POST
def status_reopening(request: HttpRequest, token: str) -> HttpResponse:
    link, form = _link(token), NotResolvedForm(request.POST)
    if not form.is_valid():
        return _page(request, link, not_resolved_form=form, status=422)
    try:
        not_resolved(link, why=form.cleaned_data["why"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, link, not_resolved_form=form, status=422)
    messages.success(request, _("Thank you: we look at it once more."))
    return redirect("status-page", token=token)


@public
@keyed
@followers
@require_POST
def status_satisfaction(request: HttpRequest, token: str) -> HttpResponse:
    link, form = _link(token), SatisfactionForm(request.POST)
    if not form.is_valid():
        return _page(request, link, satisfaction_form=form, status=422)
    rate(link, **form.cleaned_data)
    messages.success(request, _("Thank you for telling us."))
    return redirect("status-page", token=token)


def _link(token: str) -> StatusLink:
    link = StatusLink.objects.named_by(token)
    if link is None:
        raise Http404
    return link


def _page(request: HttpRequest, link: StatusLink, status: int = 200, **forms: Any) -> HttpResponse:
    shown = followed(link)
    context = {
        "followed": shown,
        "scores": Satisfaction.choices,
        "not_resolved_form": NotResolvedForm(),
        "satisfaction_form": SatisfactionForm(initial={"comment": ""}),
        **forms,
    }
    return render(request, "signals/status_page.html", context, status=status)
