"""What an administrator fills in about the programs of others."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.outgoing import plainly_inside
from signals.models import Happening, PartnerKey, Webhook
from signals.models.partners import organisations_connected_by
from teams.access import Access
from teams.forms.base import OnceForm, date_input
from teams.models import Organisation, Team
from teams.models.organisations import OrganisationKind

VALID_FOR = dt.timedelta(days=365)
LONGEST = dt.timedelta(days=3 * 366)


def partners_of(viewer: Access) -> "list[Organisation]":
    return list(organisations_connected_by(viewer).filter(kind=OrganisationKind.PARTNER))


class KeyForm(OnceForm):
    """A key. Reading is asked only of who has a partner to give it to."""

    # Made with the page: the same page sent twice is one key.
    id = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = PartnerKey
        fields = ["organisation", "name", "may_post", "may_read", "team", "valid_until"]
        widgets = {"valid_until": date_input()}
        error_messages = {
            "organisation": {"required": _("Choose whose program uses this key.")},
            "name": {"required": _("Give the key a name, such as that of the program.")},
            "valid_until": {"required": _("Choose until which day the key works.")},
        }

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = organisations_connected_by(viewer).order_by("kind", "name")
        self.choice("organisation").queryset = own
        if own.count() == 1:
            self.fix("organisation", own.get())
        partners = partners_of(viewer)
        if partners:
            teams = Team.objects.executing().valid_on(timezone.localdate()).filter(organisation__in=partners)
            self.choice("team").queryset = teams.select_related("organisation").order_by("organisation__name", "name")
            self.fields["team"].help_text = _g("Of a partner; needed only for reading.")
        else:
            del self.fields["may_read"], self.fields["team"]
        self.initial.setdefault("valid_until", timezone.localdate() + VALID_FOR)
        self.fields["name"].help_text = _g("For example the name of the program that uses it.")

    def clean_valid_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["valid_until"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_g("This day has passed. Choose today or later."))
        if day > today + LONGEST:
            raise forms.ValidationError(_g("A key is good for three years at most; make a new one then."))
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.cleaned_data.get("may_read"):
            self.cleaned_data["team"] = None
        if key := self.cleaned_data.get("id"):
            self.instance.pk = key
            if PartnerKey.objects.filter(pk=key).exists():
                raise forms.ValidationError(
                    _g("This key was made already and shown once. Lost? Revoke it, and make a new one.")
                )
        return cleaned


class WebhookForm(OnceForm):
    happenings = forms.MultipleChoiceField(
        label=_("Send a message when"), choices=Happening, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one moment.")},
    )  # fmt: skip

    class Meta:
        model = Webhook
        fields = ["team", "url", "happenings"]
        error_messages = {
            "team": {"required": _("Choose which team’s tasks the messages are about.")},
            "url": {"required": _("Type the address to which the messages go.")},
        }

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.executing().valid_on(timezone.localdate()).filter(organisation__in=partners_of(viewer))
        self.choice("team").queryset = teams.select_related("organisation").order_by("organisation__name", "name")
        self.fields["url"].help_text = _g("Of the partner's program, beginning with https.")
        if self.instance._state.adding:
            self.initial.setdefault(
                "happenings", [Happening.ROUTED, Happening.OFFERED, Happening.CORRECTED, Happening.CLOSED]
            )
        else:
            self.fix("team", self.instance.team)

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url.startswith("https://") and not (settings.OUTGOING_PLAIN_HTTP and url.startswith("http://")):
            raise forms.ValidationError(_g("The address must begin with https."))
        if "@" in url.partition("://")[2].partition("/")[0]:
            raise forms.ValidationError(_g("Leave name and password out of the address: the signature says who sends."))
        if plainly_inside(url):
            said = _g("%(host)s lies in a closed network; we send nothing there.")
            raise forms.ValidationError(said % {"host": urlsplit(url).hostname})
        return url
