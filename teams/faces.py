"""The photo by which colleagues know each other."""

from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from kortrijk_gebied.files.pictures import Picture, thumbnail_of
from teams.models import User


@transaction.atomic
def hang(person: User, picture: Picture) -> None:
    """Small is enough to know somebody by; the former one goes for good."""
    take_down(person)
    person.photo.save("photo", ContentFile(thumbnail_of(picture.content)), save=False)
    person.save(update_fields=["photo"])


@transaction.atomic
def take_down(person: User) -> None:
    if person.photo:
        transaction.on_commit(partial(person.photo.storage.delete, str(person.photo.name)))
        person.photo = ""
        person.save(update_fields=["photo"])
