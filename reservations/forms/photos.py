"""A photo of a building or a room. A photo that is refused costs the words beside it nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.files.pictures import Picture
from reservations.models import Building, Photo, Room
from teams.forms.photos import PhotoField

MOST_PHOTOS = 8  # of one building or room


class PhotoForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    photo = PhotoField()

    class Meta:
        model = Photo
        fields = ["description"]
        error_messages = {"description": {"required": _("Say in a sentence what one sees.")}}

    field_order = ["photo", "description"]

    def __init__(self, *args: Any, of: Building | Room, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        setattr(self.instance, "building" if isinstance(of, Building) else "room", of)

    def clean(self) -> None:
        super().clean()
        if self.of.photos.count() >= MOST_PHOTOS:
            self.add_error(None, _g("There are %(most)s photos already. Remove one first.") % {"most": MOST_PHOTOS})
        elif self.errors and self.files:
            self.add_error("photo", _g("Choose the photo once more: a page that comes back holds no files."))

    @property
    def picture(self) -> Picture:
        found: Picture = self.cleaned_data["photo"]
        return found


class DescriptionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Photo
        fields = ["description"]
        error_messages = {"description": {"required": _("Say in a sentence what one sees.")}}
