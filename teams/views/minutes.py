"""What came of meetings: the minutes of one, and the register of all decisions."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from teams.decorators import signed_in, viewer
from teams.forms.decisions import DecisionsForm
from teams.meetings import closing, letters
from teams.meetings.lines import lines_of, lines_to_send
from teams.meetings.register import decisions as decisions_of
from teams.models import AgendaPoint, Meeting
from teams.views.meetings import led_meeting, readable_meeting

PER_PAGE = 30


@member
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What leaves is seen first; sent, it goes to everybody in the team and the meeting is over. To print too."""
    access = viewer(request)
    if request.method == "POST":
        try:
            closing.send_minutes(led_meeting(access, pk), by=signed_in(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The minutes go to everybody in the team."))
        return redirect("meetings:meeting", pk)
    found = readable_meeting(access, pk)
    context: dict[str, Any] = {"meeting": found, "lines": lines_to_send(found, access)}
    if found.is_planned and Meeting.objects.led_by(access).filter(pk=pk).exists():
        context |= {
            "sends": found.day <= timezone.localdate(),
            "lacks_reporters": found.form == Meeting.Form.HEARING and not closing.has_two_reporters(found),
            "hearers": letters.hearers_of(found.team),
            "silent": letters.silent_in(found.team),
            "promised": letters.promised_elsewhere(found, lines_of(found)),
        }
    return render(request, "teams/meetings/minutes.html", context)


@member
@require_safe
def minutes_pdf(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    from kortrijk_gebied.pdf import render_pdf  # takes half a second to load; only who prints pays it

    found = readable_meeting(viewer(request), pk)
    document = render_pdf(
        "teams/meetings/minutes_paper.html", {"meeting": found, "lines": lines_to_send(found, viewer(request))}
    )
    name = f"verslag-{found.team.code}-{found.day.isoformat()}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


@member
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    access = viewer(request)
    form = DecisionsForm(request.GET, viewer=access)
    shown = decisions_of(access, form.cleaned_data) if form.is_valid() else AgendaPoint.objects.none()
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    asked = any(request.GET.get(name) for name in form.fields)
    return render(request, "teams/meetings/decisions.html", {"form": form, "page": page, "asked": asked})
