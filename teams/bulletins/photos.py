"""The photos of a bulletin: hung by the team that keeps it, seen by who reads it."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from kortrijk_gebied.refusals import Refused
from teams.bulletins.forms import PhotoForm
from teams.bulletins.views import typed, writable
from teams.bulletins.writing import MOST_PHOTOS, hang, take_down
from teams.decorators import signed_in, viewer
from teams.models import Bulletin, BulletinPhoto

A_DAY = 24 * 60 * 60


@member
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = writable(request, pk)
    form = PhotoForm(typed(request), request.FILES or None, bulletin=found)
    if request.method == "POST" and form.is_valid():
        form.instance.pk = form.cleaned_data["key"]
        try:
            hang(form.instance, form.picture, by=signed_in(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The photo hangs there."))
            return redirect(request.path)
    context = {"bulletin": found, "photos": found.photos.all(), "form": form, "most": MOST_PHOTOS}
    return render(request, "teams/bulletins/photos.html", context, status=422 if form.errors else 200)


@member
@require_safe
def photo(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    readable = Bulletin.objects.readable(viewer(request)).values("pk")
    return sent(get_object_or_404(BulletinPhoto, pk=pk, bulletin__in=readable))


def sent(found: BulletinPhoto) -> HttpResponseBase:
    """Never another picture under the same address: the browser of who saw it keeps it for a day."""
    response = FileResponse(found.file.open("rb"), content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    patch_cache_control(response, private=True, max_age=A_DAY)
    return response


@member
@require_POST
def photo_removal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    readable = Bulletin.objects.readable(viewer(request)).values("pk")
    found = get_object_or_404(BulletinPhoto, pk=pk, bulletin__in=readable)
    kept = writable(request, found.bulletin_id)
    take_down(found)
    messages.success(request, _("The photo is gone."))
    return redirect("bulletins:photos", kept.pk)
