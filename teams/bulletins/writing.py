"""A bulletin written, and its photos hung and taken down."""

from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from kortrijk_gebied.files.pictures import Picture
from teams.models import Bulletin, BulletinPhoto, User


@transaction.atomic
def write(bulletin: Bulletin, *, areas: Any, by: User) -> None:
    """Given to others than before, it is new to them: it comes on top, and into their mail."""
    former = Bulletin.objects.select_for_update().filter(pk=bulletin.pk).first()
    if former is None:
        bulletin.by = by
        bulletin.lie_in(areas)
    else:
        if former.audience != bulletin.audience:
            bulletin.published_at = timezone.now()
        written = ["kind", "title", "text", "audience", "starts", "ends", "published_at"]
        bulletin.lie_in(areas, also=written)


@transaction.atomic
def hang(photo: BulletinPhoto, picture: Picture, *, by: User) -> None:
    Bulletin.objects.select_for_update().get(pk=photo.bulletin_id)
    if BulletinPhoto.objects.filter(pk=photo.pk).exists():  # sent twice
        return
    photo.width, photo.height, photo.added_by = picture.width, picture.height, by
    photo.file.save("photo", ContentFile(picture.content), save=False)
    photo.save(force_insert=True)


@transaction.atomic
def take_down(photo: BulletinPhoto) -> None:
    """For good: its file goes as soon as the row is gone for sure."""
    transaction.on_commit(partial(photo.file.storage.delete, str(photo.file.name)))
    photo.delete()
