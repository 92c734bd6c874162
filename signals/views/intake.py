"""The report desk: note, see what runs there already, save, next."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from areas.closeup import CloseUp, close_up
from kortrijk_gebied.htmx import is_fragment, to_page
from kortrijk_gebied.kept import give_back
from kortrijk_gebied.refusals import Refused
from signals import drafts
from signals.forms.files import say_choose_again
from signals.forms.intake import IntakeForm
from signals.forms.place import Nearby, PlaceForm
from signals.intake import register
from signals.levels import Level
from signals.models import Category, Report, Signal, StandardText
from signals.reading import looked_at
from signals.suggesting.suggestions import suggestions
from signals.views.attachments import keep_files, may_add
from signals.views.drafts import answers_to
from signals.whereabouts import Whereabouts
from teams.decorators import allowed, signed_in, viewer

STICKY = ("channel", "kind")


@allowed("register")
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def intake(request: HttpRequest) -> HttpResponse:
    access, user = viewer(request), signed_in(request)
    if request.method != "POST":
        begun, draft_at = _begun(request)
        return _page(request, IntakeForm(access=access, initial=begun), draft_at=draft_at)
    if {"look", "pick", "use"} & request.POST.keys():  # without JavaScript: look first, judge nothing yet
        form = IntakeForm(access=access, initial={**request.POST.dict(), **_chosen(request)})
        say_choose_again(request, form, "files")
        return _page(request, form)
    form = IntakeForm(request.POST, request.FILES, access=access)
    if form.is_valid():
        try:
            running = form.signal_to_join()
            report = register(form.contact(by=user, join=running), join=running)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            keep_files(request, report, form.cleaned_data["files"])
            say_if_saved_before(request, report)
            drafts.forget(request, request.POST.get("id", ""))
            return to_page(request, reverse("signals:intake-saved", args=[report.pk]))
    say_choose_again(request, form, "files")
    return _page(request, form, status=422)


@allowed("register")
@require_POST
def surroundings(request: HttpRequest) -> HttpResponse:
    """What is known of the place while it is typed. By POST: what people report does not belong in a web log."""
    form = PlaceForm(request.POST, access=viewer(request))
    return render(request, "signals/intake.html#surroundings", _around(request, form, request.POST.get("category")))


@allowed("register")
@require_safe
def saved(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """What became of a report just registered; of secret matter its author may not read, only that it arrived.

    Open matter without a place is nobody's to look up but its owner's; its author still hears its number.
    """
    mine = Report.objects.select_related("signal").filter(registered_by=signed_in(request))
    report = get_object_or_404(mine, pk=report_id)
    readable = Signal.objects.readable(viewer(request)).filter(pk=report.signal_id).first()
    if readable:
        looked_at([readable], by=signed_in(request), surface="intake")
    signal: Signal | None = readable or (report.signal if report.signal.level == Level.OPEN else None)
    task = signal.tasks.live().select_related("team").first() if signal else None
    context = {"report": report, "signal": signal, "task": task, "may_open": readable is not None}
    context |= {"may_add": may_add(request, readable)}
    return render(request, "signals/intake_saved.html", context)


def _begun(request: HttpRequest) -> tuple[dict[str, Any], dt.datetime | None]:
    """What the page begins with: what was typed when the session ended, else the draft with when it was kept."""
    sticky = {name: request.GET[name] for name in STICKY if name in request.GET}
    if typed := typed_before(request):
        return typed, None
    draft_at, draft = drafts.kept(request) or (None, {})
    return {**sticky, **draft}, draft_at


def typed_before(request: HttpRequest) -> dict[str, Any]:
    """What was typed here when the session ended; files no browser gives back."""
    typed = give_back(request)
    if typed is None:
        return {}
    messages.info(request, _("You had been signed out. What you typed still stands here: send it once more."))
    messages.warning(request, _("Had you chosen photos? Choose them once more."))
    return {"wants_answer": False, **typed.dict()}  # a box that was not ticked is not sent


def say_if_saved_before(request: HttpRequest, report: Report) -> None:
    """Sent once more, after Back or by a slow line, nothing was registered now."""
    if not report.saved_before:
        return
    if report.signal.level == Level.OPEN:
        said = _("This was saved already: %(reference)s. Did you change something since? Then change it there.")
        messages.info(request, said % {"reference": report.signal.reference})
    else:
        messages.info(request, _("This was saved already, and delivered to the right service."))


def _chosen(request: HttpRequest) -> dict[str, str]:
    """A suggested subject, or a colleague's answer, that was picked by a button."""
    chosen = {"category": request.POST.get("pick") or request.POST.get("category", "")}
    key = request.POST.get("use", "")
    if key.isdecimal() and (text := StandardText.objects.usable().filter(pk=key[:18]).first()):
        chosen["answer"] = text.text
    return chosen


def _page(
    request: HttpRequest, form: IntakeForm, status: int = 200, draft_at: dt.datetime | None = None
) -> HttpResponse:
    context = {"form": form, "place_form": form, "retention_days": settings.RETENTION["reporter_days"]}
    given = form.data if form.is_bound else form.initial
    context |= _around(request, form if form.is_bound else PlaceForm(given, access=form.access), given.get("category"))
    words = str(given.get("description", ""))
    context |= {"suggestions": suggestions(words), "answers": answers_to(words, given.get("category"))}
    context |= {"draft_at": draft_at}
    template = "signals/intake.html#form" if is_fragment(request) else "signals/intake.html"
    return render(request, template, context, status=status)


def _around(request: HttpRequest, form: PlaceForm, category_id: Any) -> dict[str, Any]:
    form.is_valid()
    category = Category.objects.named_by(category_id)
    nearby = form.look_around(category)
    looked_at([signal for signal, _metres in nearby], by=signed_in(request), surface="nearby")
    where = form.where
    return {"place_form": form, "where": where, "nearby": nearby, "map": _drawn(where, nearby)}


def _drawn(where: Whereabouts, nearby: Nearby) -> CloseUp | None:
    """The area with the place as a triangle, and what runs near it as dots."""
    if where.area is None or where.point is None:
        return None
    dots = [(s.longitude, s.latitude, False) for s, _m in nearby if s.longitude is not None and s.latitude is not None]
    return close_up(where.area, [*dots, (*where.point, True)])
