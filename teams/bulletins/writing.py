"""A bulletin written, and its photos hung and taken down."""

from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.files.pictures import Picture
from kortrijk_gebied.refusals import Refused
from teams.models import Bulletin, BulletinPhoto, User

MOST_PHOTOS = 6


@transaction.atomic
def write(bulletin: Bulletin, *, areas: Any, by: User) -> None:
    """Given to others than before, it is new to them: it comes on top, and into their mail. What others could read is
    no draft any more."""
    former = Bulletin.objects.select_for_update().filter(pk=bulletin.pk).first()
    if former is None:
        bulletin.by = by
        bulletin.lie_in(areas)
    else:
        bulletin.is_draft = bulletin.is_draft and former.is_draft
        if former.is_draft or former.audience != bulletin.audience:
            bulletin.published_at = timezone.now()
        written = ["kind", "title", "text", "audience", "starts", "ends", "is_draft", "published_at"]
        bulletin.lie_in(areas, also=written)


@transaction.atomic
def throw_away(bulletin: Bulletin) -> None:
    """A draft: nobody but its team ever read it."""
    if not Bulletin.objects.select_for_update().get(pk=bulletin.pk).is_draft:
        raise Refused(_("This was published meanwhile: others read it. You can archive it."))
    for photo in bulletin.photos.all():
        take_down(photo)
    bulletin.delete()


@transaction.atomic
def hang(photo: BulletinPhoto, picture: Picture, *, by: User) -> None:
    there = Bulletin.objects.select_for_update().get(pk=photo.bulletin_id).photos
    if BulletinPhoto.objects.filter(pk=photo.pk).exists():  # sent twice
        return
    if there.count() >= MOST_PHOTOS:
        raise Refused(_("There are %(most)s photos already. Remove one first.") % {"most": MOST_PHOTOS})
    photo.width, photo.height, photo.added_by = picture.width, picture.height, by
    photo.file.save("photo", ContentFile(picture.content), save=False)
    photo.save(force_insert=True)


@transaction.atomic
def take_down(photo: BulletinPhoto) -> None:
    """For good: its file goes as soon as the row is gone for sure."""
    transaction.on_commit(partial(photo.file.storage.delete, str(photo.file.name)))
    photo.delete()
