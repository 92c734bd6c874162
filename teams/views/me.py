"""One's own page: what this house knows of you and what it lets you do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from areas.models import Area
from kortrijk_gebied.access import member
from teams.decorators import signed_in, viewer
from teams.forms.me import MailForm
from teams.models import Membership, PostHolder


@member
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    user, access, today = signed_in(request), viewer(request), timezone.localdate()
    memberships = list(
        Membership.objects.valid_on(today).filter(user=user).select_related("team__organisation").order_by("team__name")
    )
    held = PostHolder.objects.valid_on(today).filter(user=user).select_related("post__area", "post__team")
    context = {
        "mail_form": MailForm(instance=user),
        "memberships": memberships,
        "reports_from": [row.team for row in memberships if row.team.gets_reports],
        "held": held.order_by("post__area__position"),
        "areas": Area.objects.current().filter(pk__in=access.areas("view")).order_by("set", "position"),
        "coming": Membership.objects.filter(user=user, starts__gt=today).select_related("team"),
    }
    return render(request, "teams/me.html", context)


@member
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """What one wants a mail about."""
    form = MailForm(request.POST, instance=signed_in(request))
    if form.is_valid():
        form.instance.save(update_fields=list(form.fields))
        messages.success(request, _("Saved."))
    return redirect("teams:me")
