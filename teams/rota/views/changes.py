"""A change by hand in a draft: first what follows from it, then the button that keeps it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.refusals import Refused
from teams.rota import words
from teams.rota.changing import Consequences, changed, keep, state_of
from teams.rota.forms import ChangeForm
from teams.rota.reading import names_of, plan_of
from teams.rota.views.settings import managers
from teams.rota.views.versions import draft_version


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    version = draft_version(request, pk)
    if not version.is_draft:
        messages.error(request, _("This version was published and stays as it is. Make a new draft."))
        return redirect("rota:rota", version.rota_id)
    plan = plan_of(version.rota, version)
    names = names_of(version.rota, plan)
    asked = request.POST if request.method == "POST" else request.GET
    form = ChangeForm(asked if "who" in asked else None, plan=plan, names=names)
    context: dict[str, object] = {"rota": version.rota, "version": version, "form": form, "state": state_of(plan)}
    if form.is_bound and form.is_valid():
        try:
            if request.method == "POST":
                keep(version, form.change, seen=request.POST.get("seen", ""))
                messages.success(request, _("Kept in the draft. Nobody is told until you publish it."))
                return redirect("rota:version", version.pk)
            found = Consequences.between(plan, changed(plan, form.change, names))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            context |= {"found": words.consequences(found, names), "asked": form.cleaned_data}
    elif request.method == "POST":
        form.full_clean()
    wrong = bool(form.errors) or (request.method == "POST" and not form.is_bound)
    return render(request, "teams/rota/change.html", context, status=422 if wrong else 200)
