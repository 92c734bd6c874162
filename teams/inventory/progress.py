"""Views that move an action on, or hold it against a figure."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from teams.decorators import signed_in
from teams.inventory.forms import DropForm, FigureForm, WordsForm
from teams.inventory.steps import STEPS, WITH_WORDS, steps_for, take_step
from teams.inventory.views import action_page, writable_action


@member
@require_POST
def action_status(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """One step. What ends it says in words what came of it; a board sends where to come back to."""
    found = writable_action(request, reference)
    if step not in {each.key for each in STEPS}:
        raise Http404
    words, typed = "", dict[str, Any]()
    if step in WITH_WORDS:
        form = (DropForm if step == "drop" else WordsForm)(request.POST)
        typed = {"drop_form" if step == "drop" else "words_form": form}
        if not form.is_valid():
            return action_page(request, found, status=422, typed=typed)
        words = form.cleaned_data["words"]
    try:
        take_step(found, step, by=signed_in(request), words=words)
    except Refused as refusal:
        if step not in {each.key for each in steps_for(found)}:  # its form is gone, the words are not
            typed = {"unsaved": words}
        return action_page(request, found, status=409, problem=str(refusal), typed=typed)
    said = _("You took “%(title)s” on.") if step == "take" else _("%(title)s: %(status)s.")
    messages.success(request, said % {"title": found.title, "status": found.get_status_display()})
    return redirect(_back(request, found.reference) or found.get_absolute_url())


def _back(request: HttpRequest, moved: str) -> str:
    """To the board it came from, at the card that was moved: there the keyboard goes on."""
    asked = request.POST.get("next", "")
    if not asked or not url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return ""
    return f"{asked}{'&' if '?' in asked else '?'}kaart={moved}#{moved}"


@member
@require_POST
def action_figures(request: HttpRequest, reference: str) -> HttpResponse:
    found = writable_action(request, reference)
    form = FigureForm(request.POST)
    form.instance.action = found
    if not form.saved():
        return action_page(request, found, status=422, typed={"figure_form": form})
    messages.success(request, _("The figure stands with it."))
    return redirect(found)


@member
@require_POST
def action_figure_removal(request: HttpRequest, reference: str, pk: str) -> HttpResponse:
    found = writable_action(request, reference)
    if found.figures.filter(pk=pk).delete()[0]:  # asked twice, it is gone once
        messages.success(request, _("Taken away."))
    return redirect(found)
