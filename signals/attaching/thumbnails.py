"""Small versions of photos, made by a worker: a list of them must not wait for large files."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from kortrijk_gebied.files.pictures import thumbnail_of
from kortrijk_gebied.jobs.models import enqueue
from signals.models import Attachment

# A job that has not made one in this time never will: a sweep asks again.
TAKES = dt.timedelta(minutes=10)
AT_ONCE = 500


def ask_for_thumbnail(photo: Attachment, *, again: str = "") -> None:
    enqueue("attachment-thumbnail", key=f"thumbnail:{photo.file.name}{again}", payload={"attachment": str(photo.pk)})


def make_thumbnail(pk: str) -> None:
    """Safe to repeat, and beside somebody who smudges at the same moment: only the file it was made of gets it."""
    photo = Attachment.objects.photos().filter(pk=pk, thumbnail="", lost_at=None).first()
    if photo is None:
        return
    made_of = photo.file.name
    with photo.file.open("rb") as file:
        photo.thumbnail.save("small", ContentFile(thumbnail_of(file.read())), save=False)
    made = photo.thumbnail.name
    if not Attachment.objects.filter(pk=pk, file=made_of, thumbnail="").update(thumbnail=made):
        photo.thumbnail.storage.delete(str(made))


def ask_for_missing_thumbnails() -> int:
    """How many were still to be made. Once an hour for each: a photo that fails must not fill the queue."""
    now = timezone.now()
    missing = Attachment.objects.photos().filter(thumbnail="", lost_at=None, at__lt=now - TAKES).order_by("-at")
    photos = list(missing[:AT_ONCE])
    for photo in photos:
        ask_for_thumbnail(photo, again=f":{now:%Y%m%d%H}")
    return len(photos)
