"""Photos of a building or a room: everybody sees them, its keepers hang them."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kortrijk_gebied.access import member
from reservations.forms.photos import MOST_PHOTOS, DescriptionForm, PhotoForm
from reservations.models import Building, Photo, Room
from reservations.photos import hang, put_first, take_down
from reservations.views.keeping import keeps, kept_building, kept_room
from teams.decorators import signed_in

A_DAY = 24 * 60 * 60


@member
@require_http_methods(["GET", "HEAD", "POST"])
def building_photos(request: HttpRequest, code: str) -> HttpResponse:
    return _photos(request, kept_building(request, code))


@member
@require_http_methods(["GET", "HEAD", "POST"])
def room_photos(request: HttpRequest, code: str, room: str) -> HttpResponse:
    return _photos(request, kept_room(request, code, room))


def _photos(request: HttpRequest, of: Building | Room) -> HttpResponse:
    form = PhotoForm(request.POST or None, request.FILES or None, of=of)
    if request.method == "POST" and form.is_valid():
        hang(form.instance, form.picture, by=signed_in(request))
        messages.success(request, _("The photo hangs there."))
        return redirect(request.path)
    context = {"of": of, "photos": of.photos.all(), "form": form, "most": MOST_PHOTOS}
    return render(request, "reservations/photos.html", context, status=422 if form.errors else 200)


@member
@require_safe
def photo(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    return _file(get_object_or_404(Photo, pk=pk).file)


@member
@require_safe
def thumbnail(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    return _file(get_object_or_404(Photo, pk=pk).thumbnail)


def _file(file: FieldFile) -> HttpResponseBase:
    """No secret, and never another picture under the same address: the browser of who saw it keeps it for a day."""
    response = FileResponse(file.open("rb"), content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    patch_cache_control(response, private=True, max_age=A_DAY)
    return response


@member
@require_http_methods(["GET", "HEAD", "POST"])
def photo_description(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _kept_photo(request, pk)
    form = DescriptionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save(commit=False).save(update_fields=["description"])
        messages.success(request, _("Saved."))
        return redirect(photos_of(found))
    return render(
        request, "reservations/photo_form.html", {"photo": found, "form": form}, status=422 if form.errors else 200
    )


@member
@require_POST
def photo_first(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _kept_photo(request, pk)
    put_first(found)
    messages.success(request, _("This photo now comes first."))
    return redirect(photos_of(found))


@member
@require_POST
def photo_removal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = _kept_photo(request, pk)
    back = photos_of(found)
    take_down(found)
    messages.success(request, _("The photo is gone."))
    return redirect(back)


def photos_of(photo: Photo) -> str:
    return f"{photo.of.get_absolute_url()}fotos/"


def _kept_photo(request: HttpRequest, pk: uuid.UUID) -> Photo:
    found = get_object_or_404(Photo.objects.select_related("building", "room__building"), pk=pk)
    if not keeps(request, found.building or found.of.building):  # type: ignore[union-attr]  # then it is of a room
        raise PermissionDenied
    return found
