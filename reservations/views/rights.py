"""Who may do what in a building."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from reservations.forms.rights import RightsForm
from reservations.granting import ACTIONS, give, given_in, rights_in
from reservations.views.keeping import governed_building


@member
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest, code: str) -> HttpResponse:
    building = governed_building(request, code)
    form = RightsForm(request.POST or None, rights=rights_in(building))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                give(building, form.wanted(), seen=form.cleaned_data["version"])
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("reservations:rights", code)
    context = {"building": building, "form": form, "actions": ACTIONS.values(), "given": given_in(building)}
    return render(request, "reservations/rights.html", context, status=status)
