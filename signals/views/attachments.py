import uuid

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from signals.levels import Level
from signals.models import Attachment
from signals.reading import looked_at, looked_at_parts
from teams.decorators import allowed, signed_in, viewer


@allowed("view", "work", "view_sealed")
@require_safe
def attachment(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """A photo, for who may read it. Its address alone opens nothing, and no cache keeps it."""
    photo = get_object_or_404(Attachment.objects.readable(viewer(request)).select_related("signal"), pk=pk)
    if photo.level > Level.OPEN:
        looked_at([photo.signal], by=signed_in(request), surface="photo")
        looked_at_parts([photo], of=photo.signal, by=signed_in(request), surface="photo")
    response = FileResponse(photo.file.open("rb"), content_type="image/jpeg", filename=f"{photo.pk}.jpg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
