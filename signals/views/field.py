"""The tablet of who walks the streets: record, do, hear what became of it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from kortrijk_gebied.access import member
from kortrijk_gebied.htmx import is_fragment, to_page
from kortrijk_gebied.refusals import Refused
from signals import raised, worklist
from signals.forms.field import FieldForm
from signals.forms.files import say_choose_again
from signals.forms.place import PlaceForm
from signals.intake import register
from signals.models import Category, Feedback, Report, Signal
from signals.reading import looked_at
from signals.views.attachments import keep_files, may_add
from signals.views.intake import say_if_saved_before, typed_before
from teams.decorators import allowed, signed_in, viewer

MOST_SHOWN = 50


@allowed("register")
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def record(request: HttpRequest) -> HttpResponse:
    access, user = viewer(request), signed_in(request)
    if request.method != "POST":
        return _page(request, FieldForm(access=access, initial=typed_before(request)))
    form = FieldForm(request.POST, request.FILES, access=access)
    if form.is_valid():
        try:
            report = register(form.contact(by=user))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            # After the words are safe. Sent again, what is missing is added and nothing comes twice.
            keep_files(request, report, form.given)
            say_if_saved_before(request, report)
            return to_page(request, reverse("field-saved", args=[report.pk]))
    say_choose_again(request, form, "photos")
    return _page(request, form, status=422)


@allowed("register")
@require_POST
def surroundings(request: HttpRequest) -> HttpResponse:
    """Where the tablet is, and what runs there. By POST: where somebody stands does not belong in a web log."""
    form = PlaceForm(request.POST, access=viewer(request))
    return render(request, "signals/field.html#surroundings", _around(request, form, request.POST.get("category")))


@allowed("register")
@require_safe
def saved(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    report = get_object_or_404(Report.objects.select_related("category"), pk=report_id, registered_by=user)
    signal = Signal.objects.readable(viewer(request)).filter(pk=report.signal_id).first()
    context: dict[str, Any] = {"report": report, "signal": signal, **_tabs(request)}
    if signal:
        looked_at([signal], by=user, surface="tablet")
        context |= {
            "photos": signal.attachments.filter(by=user).count(),
            "may_add": may_add(request, signal),
            "task": signal.tasks.live().select_related("team").first(),
        }
    return render(request, "signals/field_saved.html", context)


@member
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    access, user = viewer(request), signed_in(request)
    found = worklist.items_of(worklist.own_tasks(access), access, MOST_SHOWN)
    items = worklist.shown(found, by=user, surface="tablet")
    return render(request, "signals/field_tasks.html", {"items": items, **_tabs(request)})


@member
@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """One's own lines, unread first; showing them is reading them. Seen by this person alone."""
    user = signed_in(request)
    lines = list(Feedback.objects.of(user).unread_first().select_related("signal")[:MOST_SHOWN])
    unread = {line.pk for line in lines if line.read_at is None}
    context = {"lines": lines, "unread": unread, "raised": raised.own_figures(user), **_tabs(request)}
    response = render(request, "signals/field_feedback.html", context)
    if request.method == "GET":  # whoever asks for the head alone was shown nothing
        raised.read(lines, by=user)
    return response


def _page(request: HttpRequest, form: FieldForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "place_form": form, **_tabs(request)}
    if form.is_bound:
        context |= _around(request, form, form.data.get("category"))
    elif form.initial:
        place = PlaceForm(form.initial, access=form.access)
        context |= _around(request, place, form.initial.get("category"))
    template = "signals/field.html#form" if is_fragment(request) else "signals/field.html"
    return render(request, template, context, status=status)


def _around(request: HttpRequest, form: PlaceForm, category_id: Any) -> dict[str, Any]:
    form.is_valid()
    category = Category.objects.named_by(category_id)
    nearby = form.look_around(category)
    looked_at([signal for signal, _metres in nearby], by=signed_in(request), surface="nearby")
    accuracy = form.cleaned_data.get("accuracy")
    context = {"place_form": form, "where": form.where, "nearby": nearby, "accuracy": accuracy}
    return {**context, "problems": form.errors.get("place", [])}


def _tabs(request: HttpRequest) -> dict[str, Any]:
    access = viewer(request)
    return {
        "task_count": worklist.own_tasks(access).count(),
        "unread_count": Feedback.objects.of(signed_in(request)).unread().count(),
        "may_register": access.may("register"),
    }
