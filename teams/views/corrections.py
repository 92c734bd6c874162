"""An ended point is set right, in sight of everybody who reads it."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from teams.decorators import signed_in, viewer
from teams.forms.corrections import CorrectionForm
from teams.forms.meetings import AgreementForm, Owners
from teams.meetings import correcting, deciding
from teams.models import Action, AgendaPoint
from teams.models.meetings import PointState
from teams.views.agenda import readable_point

LINES = 2  # agreements that were forgotten


@member
@require_http_methods(["GET", "HEAD", "POST"])
def point_correction(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    access, data = viewer(request), request.POST if request.method == "POST" else None
    found = readable_point(access, pk)
    if not AgendaPoint.objects.correctable(access).filter(pk=pk).exists():
        if not found.is_open or found.team_id not in access.team_ids:
            raise PermissionDenied
        messages.error(request, _("This point has not ended yet."))
        return redirect("meetings:point", pk)
    owners = Owners.of(found.team)
    lines = [AgreementForm(data, owners=owners, prefix=f"a{number}") for number in range(1, LINES + 1)]
    form = CorrectionForm(data, point=found)
    if data is not None and all([form.is_valid(), *(each.is_valid() for each in lines)]):
        try:
            _correct(found, form, lines, request)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Corrected."))
            return redirect("meetings:point", pk)
    form.is_personal |= any(each.is_personal for each in lines)
    agreements = Action.objects.readable(access).filter(point=found).select_related("owner")
    context = {"point": found, "form": form, "lines": lines, "agreements": agreements}
    wrong = any(each.errors for each in [form, *lines])
    return render(request, "teams/meetings/correction.html", context, status=422 if wrong else 200)


def _correct(found: AgendaPoint, form: CorrectionForm, lines: list[AgreementForm], request: HttpRequest) -> None:
    said = form.cleaned_data
    agreed = [deciding.Agreement(**line.agreement) for line in lines if not line.is_empty]
    correcting.correct(
        found, PointState(said["how"]), by=signed_in(request), reason=said["reason"], words=said["decision"],
        agreements=agreed,
    )  # fmt: skip
