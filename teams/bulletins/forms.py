"""A bulletin as a team writes it. What everybody will read is first shown to who writes it, as they will read it."""

import hashlib
import uuid
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.files.pictures import Picture
from kortrijk_gebied.ids import uuid7
from teams.access import Access
from teams.forms.base import date_input
from teams.forms.overtaken import OvertakenForm
from teams.forms.photos import PhotoField
from teams.models import Bulletin, BulletinPhoto, Team
from teams.models.audience import Audience
from teams.models.bulletins import BulletinKind

WHO_READS = {
    Audience.PARTNERS: _("City, OCMW, police and partners read this: leave out who somebody is, and how they are."),
    Audience.PUBLIC: _("The whole city reads this, and search engines keep it. Leave out whoever can be recognised."),
}


class BulletinForm(DiscreetForm, OvertakenForm):
    """`key` comes with the form: sent twice it is one bulletin. `seen` says which text was shown as citizens see it."""

    discreet = ("title", "text")
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    draft = forms.BooleanField(required=False)  # a button: for who wants to hang photos first
    checked = forms.BooleanField(
        required=False, label=_("Nobody can be recognised in it, not in the text and not in a photo.")
    )

    class Meta:
        model = Bulletin
        fields = ["kind", "title", "text", "team", "areas", "audience", "starts", "ends"]
        widgets = {
            "kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 8}), "audience": forms.RadioSelect,
            "areas": forms.CheckboxSelectMultiple, "starts": date_input(), "ends": date_input(),
        }  # fmt: skip
        help_texts = {"starts": _("Of a campaign: while it runs it stands in the briefing of who goes out there.")}
        error_messages = {
            "title": {"required": _("Say in a few words what it is about.")},
            "text": {"required": _("Say what is new.")},
            "areas": {"required": _("Choose at least one area.")},
        }

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        initial = {"key": uuid7(), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        is_new = self.instance._state.adding
        teams = writing_teams(viewer)
        self.choice("team").queryset, self.choice("team").empty_label = teams, _g("Choose a team")
        if not is_new:
            self.fix("team", self.instance.team)
            self.choice("team").queryset = Team.objects.filter(pk=self.instance.team_id)
        elif len(teams) == 1:
            self.fix("team", teams[0])
        self.choice("areas").queryset = self._areas(viewer, is_new)
        for name, known in (("kind", BulletinKind.choices), ("audience", Audience.choices)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
            field.choices = known
        self.to_look_at = self.stays_draft = False

    def _areas(self, viewer: Access, is_new: bool) -> Any:
        """Of the teams one is in; and those it was written for already."""
        wanted = Q(pk__in=areas_written_for(viewer))
        if not is_new:
            wanted |= Q(pk__in=self.instance.areas.values("pk"))
        return Area.objects.filter(wanted).defer("boundary").order_by("set__position", "name")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == BulletinKind.CAMPAIGN and not data.get("starts"):
            self.add_error("starts", _g("Say from which day the campaign runs."))
        elif data.get("kind") != BulletinKind.CAMPAIGN:
            data["starts"] = data["ends"] = None
        is_new = self.instance._state.adding
        self.stays_draft = bool(data.get("draft")) and (is_new or self.instance.is_draft)
        team, areas = data.get("team"), data.get("areas")
        if team and areas:
            outside = areas.exclude(pk__in=team.areas.values("pk"))
            if not is_new:
                outside = outside.exclude(pk__in=self.instance.areas.values("pk"))
            if outside:
                names = ", ".join(area.name for area in outside)
                self.add_error("areas", _g("%(team)s does not work in: %(areas)s.") % {"team": team, "areas": names})
        if not self.errors and data.get("audience") == Audience.PUBLIC and not self.stays_draft:
            self._show_first(data)
        return data

    def _show_first(self, data: dict[str, Any]) -> None:
        """What changed since it was shown is shown again."""
        now = self._fingerprint(data)
        if data.get("seen") != now:
            self.to_look_at = True
            with_it = QueryDict(mutable=True)
            with_it.update(self.data)
            with_it[self.add_prefix("seen")] = now
            self.data = with_it
        elif not data.get("checked"):
            self.to_look_at = True
            self.add_error("checked", _g("Look whether nobody can be recognised, and tick it."))

    def _fingerprint(self, data: dict[str, Any]) -> str:
        photos = [] if self.instance._state.adding else [str(photo.pk) for photo in self.instance.photos.all()]
        areas = sorted(area.pk for area in data.get("areas") or [])
        shown = [data.get(name) for name in ("kind", "title", "text", "starts", "ends")] + [str(data.get("team"))]
        return hashlib.sha256(repr((*shown, areas, photos)).encode()).hexdigest()

    @property
    def pk(self) -> uuid.UUID:
        found: uuid.UUID = self.cleaned_data["key"]
        return found


def writing_teams(viewer: Access) -> Any:
    """Teams of today that one is in, with an area that one may view: a school that only reports writes no news."""
    here = Area.objects.current().filter(pk__in=viewer.areas("view"))
    mine = Team.objects.valid_on(timezone.localdate()).filter(pk__in=viewer.team_ids)
    return mine.filter(pk__in=Team.areas.through.objects.filter(area__in=here).values("team")).order_by("name")


def areas_written_for(viewer: Access) -> Any:
    of_teams = Team.areas.through.objects.filter(team__in=writing_teams(viewer).order_by()).values("area")
    return Area.objects.current().filter(pk__in=of_teams).filter(pk__in=viewer.areas("view")).values("pk")


class PhotoForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    key = forms.UUIDField(widget=forms.HiddenInput)
    photo = PhotoField()
    checked = forms.BooleanField(
        label=_("Nobody can be recognised on it, or they said yes."),
        error_messages={"required": _("Look whether nobody can be recognised, and tick it.")},
    )

    class Meta:
        model = BulletinPhoto
        fields = ["description"]
        error_messages = {"description": {"required": _("Say in a sentence what one sees.")}}

    field_order = ["photo", "description", "checked"]

    def __init__(self, *args: Any, bulletin: Bulletin, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid7()}
        super().__init__(*args, **kwargs)
        self.instance.bulletin = bulletin
        if bulletin.audience == Audience.INTERNAL:
            del self.fields["checked"]

    def clean(self) -> None:
        super().clean()
        if self.errors and self.files and "photo" not in self.errors:
            self.add_error("photo", _g("Choose the photo once more: a page that comes back holds no files."))

    @property
    def picture(self) -> Picture:
        found: Picture = self.cleaned_data["photo"]
        return found


class CommentForm(DiscreetForm):
    discreet = ("text",)
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Remark"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )  # fmt: skip
