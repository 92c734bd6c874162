"""Photos and documents of a signal: brought, shown, described, made unrecognisable, removed."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.htmx import to_page
from kortrijk_gebied.refusals import Refused
from signals import moves
from signals.attaching.keeping import attach_all, attach_file, describe, remove, smudge
from signals.attaching.patches import Patch
from signals.attaching.showing import LOOK_AGAIN, Shown, shown
from signals.forms.files import DescriptionForm, Given, PatchFormSet
from signals.levels import Level
from signals.models import Attachment, Report, Signal
from signals.panel import keeper_of
from signals.reading import looked_at, looked_at_parts
from signals.views.answers import perform, readable_signal
from teams.decorators import allowed, signed_in, viewer


@allowed("register", "route", "work")
@require_POST
def attachments(request: HttpRequest, reference: str) -> HttpResponse:
    """Hang files on a signal. A file that is refused costs the others nothing."""
    access, user = viewer(request), signed_in(request)
    found = readable_signal(access, reference)
    if not Signal.objects.contributable(access).filter(pk=found.pk).exists():
        raise PermissionDenied
    keeper = keeper_of(found, access)

    def hang(data: dict[str, Any]) -> None:
        given, level = data["files"], data["level"]
        if not given.ready:
            raise ValidationError(given.refused)
        for file in given.ready:
            attach_file(signal=found, file=file, by=user, level=level, team=keeper if level == Level.SEALED else None)
        for sentence in given.refused:
            messages.error(request, sentence)

    move = moves.attachment(found, user.organisation, keeper, request.POST, request.FILES)
    return perform(request, move, hang, reference=reference)


@allowed("view", "work", "view_sealed")
@require_safe
def attachment(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The file itself, for who may read it. Its address alone opens nothing, and no cache keeps it."""
    found = _read(request, pk)
    if found.is_photo:
        return _file(found.file, f"{found.pk}.jpg")
    return _file(found.file, f"{found.name}.pdf", as_document=True)


@allowed("view", "work", "view_sealed")
@require_safe
def thumbnail(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    found = _read(request, pk)
    if not found.thumbnail:
        raise Http404
    return _file(found.thumbnail, f"{found.pk}.jpg")


@allowed("view", "work", "view_sealed")
@require_safe
def item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One photo of the list, which asks for itself until its thumbnail is there."""
    found = _read(request, pk)
    asked = request.GET.get("keer", "")
    times = min(int(asked), len(LOOK_AGAIN)) if asked.isdecimal() and len(asked) < 3 else 0
    return render(request, "signals/attachments.html#item", {"shown": _shown(request, found, times)})


@allowed("view", "work", "view_sealed")
@require_safe
def page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _page(request, _read(request, pk))


@allowed("register", "route", "work")
@require_POST
def description(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _changeable(request, pk)
    form = DescriptionForm(request.POST, instance=found)
    if not form.is_valid():
        return _page(request, _read(request, pk), form, status=422)
    describe(attachment=found, description=form.cleaned_data["description"], name=form.cleaned_data.get("name", ""))
    messages.success(request, _("Kept."))
    return to_page(request, reverse("signals:attachment-page", args=[pk]))


@allowed("register", "route", "work")
@require_http_methods(["GET", "HEAD", "POST"])
def patches(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark what nobody may recognise: with a mouse or finger, with keys, or in numbers without JavaScript."""
    found = _changeable(request, pk)
    if not found.is_photo or found.lost_at:
        raise Http404
    if request.method != "POST":
        return _patches_page(request, found, PatchFormSet())
    formset: Any = PatchFormSet(request.POST)
    if not formset.is_valid():
        return _patches_page(request, found, formset, status=422)
    if request.POST.get("doe") in ("look", "more"):
        return _patches_page(request, found, _with_room(request, formset))
    try:
        smudge(photo=found, patches=formset.patches, by=signed_in(request))
    except Refused as refusal:
        return _patches_page(request, found, formset, status=422, problem=str(refusal))
    messages.success(request, _("Made unrecognisable. The photo as it was is gone."))
    return to_page(request, reverse("signals:attachment-page", args=[pk]))


@allowed("register", "route", "work")
@require_POST
def removal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _read(request, pk, look=False)
    if not Attachment.objects.removable(viewer(request)).filter(pk=pk).exists():
        raise PermissionDenied
    signal = found.signal
    remove(attachment=found, by=signed_in(request))
    messages.success(request, _("Removed."))
    return to_page(request, reverse("signals:signal", args=[signal.reference]))


def keep_files(request: HttpRequest, report: Report, given: Given) -> None:
    """After the words of a report are safe: what came along with it. Sent again, nothing comes twice."""
    attach_all(report=report, files=given.ready, by=signed_in(request))
    for sentence in given.refused:
        messages.error(request, sentence)


def may_add(request: HttpRequest, signal: Signal | None) -> bool:
    return signal is not None and Signal.objects.contributable(viewer(request)).filter(pk=signal.pk).exists()


def _read(request: HttpRequest, pk: uuid.UUID, *, look: bool = True) -> Attachment:
    """What the viewer may read; from here on it has been read."""
    related = ("signal__category", "signal__area", "organisation", "team", "by", "smudged_by")
    readable = Attachment.objects.readable(viewer(request)).select_related(*related)
    found: Attachment = get_object_or_404(readable, pk=pk)
    if look and found.level > Level.OPEN:
        looked_at([found.signal], by=signed_in(request), surface="photo")
        looked_at_parts([found], of=found.signal, by=signed_in(request), surface="photo")
    return found


def _changeable(request: HttpRequest, pk: uuid.UUID) -> Attachment:
    """404 for who may not read it, 403 for who may only look on."""
    found = _read(request, pk)
    if not Attachment.objects.contributable(viewer(request)).filter(pk=pk).exists():
        raise PermissionDenied
    return found


def _shown(request: HttpRequest, found: Attachment, times: int = 0) -> Shown:
    beside = Attachment.objects.readable(viewer(request)).filter(signal=found.signal_id).select_related("signal")
    in_order = shown(beside, times)
    return next(one for one in in_order if one.attachment.pk == found.pk)


def _page(
    request: HttpRequest, found: Attachment, form: DescriptionForm | None = None, *, status: int = 200
) -> HttpResponse:
    access = viewer(request)
    may_change = Attachment.objects.contributable(access).filter(pk=found.pk).exists()
    context = {
        "attachment": found,
        "shown": _shown(request, found),
        "form": (form or DescriptionForm(instance=found)) if may_change else None,
        "may_remove": Attachment.objects.removable(access).filter(pk=found.pk).exists(),
    }
    return render(request, "signals/attachment.html", context, status=status)


def _patches_page(
    request: HttpRequest, found: Attachment, formset: Any, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    drawn = formset.patches if formset.is_bound else [Patch(**row) for row in formset.initial or []]
    context = {
        "attachment": found, "shown": _shown(request, found), "formset": formset, "drawn": drawn, "problem": problem,
    }  # fmt: skip
    return render(request, "signals/patches.html", context, status=status)


def _with_room(request: HttpRequest, formset: Any) -> Any:
    """The same rectangles, drawn; and one row more to fill in when that is asked."""
    initial = [vars(patch) for patch in formset.patches]
    made = PatchFormSet(initial=initial)
    made.extra = len(initial) + (request.POST.get("doe") == "more" or not initial)
    return made


def _file(file: FieldFile, name: str, *, as_document: bool = False) -> FileResponse:
    """Nothing in it can run, whatever it is; a document is saved, not opened in our pages."""
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = "application/pdf" if as_document else "image/jpeg"
    response = FileResponse(opened, content_type=kind, filename=name, as_attachment=as_document)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
