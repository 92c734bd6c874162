"""Photos of buildings and rooms: hung, put in order, taken down."""

from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from kortrijk_gebied.files.pictures import Picture, thumbnail_of
from reservations.models import Photo
from teams.models import User


def hang(photo: Photo, picture: Picture, *, by: User) -> None:
    """It comes last. Its small version is made at once: a keeper hangs one photo, nobody waits for hundreds."""
    photo.width, photo.height, photo.added_by = picture.width, picture.height, by
    last = photo.of.photos.aggregate(last=Max("position"))["last"]
    photo.position = 0 if last is None else last + 1
    photo.file.save("photo", ContentFile(picture.content), save=False)
    photo.thumbnail.save("small", ContentFile(thumbnail_of(picture.content)), save=False)
    photo.save(force_insert=True)


@transaction.atomic
def put_first(photo: Photo) -> None:
    """The first one stands on top of the page; the others keep their order."""
    others = photo.of.photos.exclude(pk=photo.pk).select_for_update()
    for position, each in enumerate([photo, *others]):
        if each.position != position:
            Photo.objects.filter(pk=each.pk).update(position=position)


def take_down(photo: Photo) -> None:
    """For good: its files go as soon as the row is gone for sure."""
    storage = photo.file.storage
    with transaction.atomic():
        for name in (photo.file.name, photo.thumbnail.name):
            transaction.on_commit(partial(storage.delete, str(name)))
        photo.delete()
