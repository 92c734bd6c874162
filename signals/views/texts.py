"""Answers and outcome texts: read by whoever registers or works, written by the organisation that answers for them."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from signals.forms.texts import TextFilterForm, TextForm, stamp
from signals.models import StandardText
from signals.models.texts import WRITERS, TextUse
from signals.wording import VARIABLES
from teams.access import Access
from teams.decorators import allowed, functions, signed_in, viewer

readers = allowed("register", "route", "work", "manage")


@readers
@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    form = TextFilterForm({"soort": TextUse.ANSWER, **request.GET.dict()})
    found = StandardText.objects.select_related("category", "organisation").filter(use=form.use)
    found = found.found_by(form.words) if form.words else found.order_by("category__order", "title")
    may_add = viewer(request).holds(*WRITERS)
    context = {"form": form, "texts": list(found), "words": form.words, "may_add": may_add}
    return render(request, "signals/texts.html", context)


@functions(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def text_add(request: HttpRequest) -> HttpResponse:
    initial = {"use": request.GET.get("soort", TextUse.ANSWER)}
    form = TextForm(request.POST or None, viewer=viewer(request), initial=initial)
    if request.method == "POST" and form.saved(by=signed_in(request)):
        messages.success(request, _("Kept: colleagues find it from now on."))
        return redirect(place_of(form.instance))
    return _form(request, form)


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as colleagues read it; who writes for its organisation finds the form and the older versions."""
    found = get_object_or_404(StandardText.objects.select_related("category", "organisation", "written_by"), pk=pk)
    if request.method != "POST" and not _is_writable(viewer(request), found):
        return render(request, "signals/text.html", {"text": found})
    found = _writable_text(viewer(request), pk)
    form = TextForm(request.POST or None, instance=found, viewer=viewer(request))
    if request.method == "POST" and form.saved(by=signed_in(request)):
        messages.success(request, _("Saved. The version before stands below."))
        return redirect("signals:text", pk=pk)
    return _form(request, form, text=StandardText.objects.get(pk=pk), versions=_versions(found))


@functions(*WRITERS)
@require_POST
def text_version(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Take an older version up again. What stood there until now becomes a version itself."""
    found = _writable_text(viewer(request), pk)
    older = get_object_or_404(_versions(found), pk=version)
    data = {name: getattr(older, name) for name in ["use", "title", "text", "source", "review_on"]}
    data |= {"category": older.category_id, "read": stamp(found)}
    form = TextForm(data, instance=found, viewer=viewer(request))
    if form.saved(by=signed_in(request)):
        messages.success(request, _("The older version stands again."))
        return redirect("signals:text", pk=pk)
    return _form(request, form, text=StandardText.objects.get(pk=pk), versions=_versions(found))


@functions(*WRITERS)
@require_POST
def text_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a text out of use, or back into it. It is never removed: somebody was answered with it."""
    found = _writable_text(viewer(request), pk)
    found.active = request.POST.get("active") == "1"
    found.save(update_fields=["active"])
    said = _("“%(text)s” is in use again.") if found.active else _("“%(text)s” is out of use.")
    messages.success(request, said % {"text": found})
    return redirect(place_of(found))


def _form(request: HttpRequest, form: TextForm, **more: Any) -> HttpResponse:
    context = {"form": form, "variables": list(VARIABLES), **more}
    return render(request, "signals/text.html", context, status=422 if form.errors else 200)


def _versions(found: StandardText) -> Any:
    """Earlier wordings, the latest first."""
    changes: Any = apps.get_model("signals", "StandardTextChange")
    earlier = changes.objects.filter(pgh_obj_id=found.pk).exclude(text=found.text, title=found.title)
    return earlier.order_by("-pgh_id").select_related("written_by")


def _is_writable(access: Access, found: StandardText) -> bool:
    return StandardText.objects.writable(access).filter(pk=found.pk).exists()


def _writable_text(access: Access, pk: int) -> StandardText:
    found = get_object_or_404(StandardText, pk=pk)
    if not _is_writable(access, found):
        raise PermissionDenied
    return found


def place_of(found: StandardText) -> str:
    return f"{reverse('signals:texts')}?soort={found.use}#text-{found.pk}"
