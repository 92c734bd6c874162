from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.forms.base import OnceForm
from teams.forms.photos import PhotoField
from teams.models import User


class FaceForm(forms.Form):
    photo = PhotoField()


class ReachForm(OnceForm):
    """When and through whom somebody is reached."""

    class Meta:
        model = User
        fields = ["hours", "deputy"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_active=True, organisation__isnull=False)
        colleagues = colleagues.filter(organisation=self.instance.organisation_id).exclude(pk=self.instance.pk)
        deputy = self.choice("deputy")
        deputy.queryset = colleagues.order_by("name", "pk")
        deputy.error_messages["invalid_choice"] = _("Choose a colleague of your own organisation.")
