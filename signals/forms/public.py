"""What a citizen reports on the website, in two steps: what and where; then photos, and who if they wish."""

import uuid
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.locate import looks_swapped
from areas.models import Area, AreaSet
from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.bounces import Bounce
from signals.forms.files import PICTURES, FilesField, Given, ManyFiles
from signals.forms.place import Grouped, PlaceForm
from signals.intake import Contact, told_the_same
from signals.levels import Level
from signals.models import Category, Channel, Report, ReportKind, Signal
from signals.vicinity import known_to_everybody
from signals.whereabouts import Point
from teams.access import Access

MOST_PHOTOS = 3
JOINS = "public-join"  # whoever reports sees no reference and no key of what runs
# Makes the key of a report out of the id of a form: whatever id stands in an address, it never is the key of what came
# in another way, and tells nothing of that.
NAMESPACE = uuid.UUID("b0a1c7d2-93c4-4a53-8a0e-6d0a5e1f1777")


def report_id(form_id: uuid.UUID) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, form_id.hex)


def everywhere() -> Access:
    """A citizen reports in the whole city."""
    areas = Area.objects.current().filter(set__kind=AreaSet.Kind.WORKING).values_list("pk", flat=True)
    return Access(area_grants={"register": frozenset(areas)})


class WhatForm(DiscreetForm, PlaceForm):
    """The first step."""

    category = Grouped(
        label=_("What is it about?"),
        error_messages={
            "required": _("Choose what it is about."),
            "invalid_choice": _("This subject cannot be chosen any more. Choose another one."),
        },
    )
    description = forms.CharField(
        label=_("What is the matter?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In a few sentences. Name nobody, unless you are worried about somebody."),
        error_messages={"required": _("Write in a sentence what is the matter.")},
    )  # fmt: skip

    discreet: tuple[str, ...] = ("description",)
    field_order = ("category", "place", "area", "description")

    def __init__(self, *args: Any, form_id: uuid.UUID, **kwargs: Any) -> None:
        super().__init__(*args, access=everywhere(), **kwargs)
        self.form_id = form_id  # as in the address of its page: the same one sent twice is one report
        category, place = self.fields["category"], self.fields["place"]
        assert isinstance(category, Grouped)  # noqa: S101  for the type checker
        category.queryset = Category.objects.choosable().filter(on_web=True)
        category.fill(_g("Choose a subject"))
        place.label = _g("Where is it?")
        place.help_text = _g("Street and number, a square, a building.")
        place.required = not self.data.get("area")
        place.error_messages["required"] = _g("Type a street, a square or a building.")

    def clean(self) -> dict[str, Any]:
        category: Category | None = self.cleaned_data.get("category")
        if category and category.level > Level.OPEN:
            self.discreet = ()  # who reads it must know whom it is about
        return super().clean()

    def _problems(self, point: Point | None, area: Area | None) -> list[str]:
        if self.where.is_outside or (point and looks_swapped(*point, on=timezone.localdate())):
            return [_g("This place lies outside Kortrijk. Please report it to that municipality.")]
        if elsewhere := self.says_elsewhere(area):
            return [elsewhere]
        if not self.where.is_certain and area is None:
            return [_g("Which place is it? Choose one below, or “None of these”.")]
        return []

    def tells(self, known: Report) -> bool:
        """Whether this is what became that report already."""
        data = self.cleaned_data
        return told_the_same(
            known, description=data["description"], place=self.where.text, category_id=data["category"].pk
        )

    def start_anew(self) -> None:
        """Sent from now on it counts as a report of its own."""
        self.form_id = uuid7()

    @cached_property
    def nearby(self) -> list[tuple[str, Signal, int]]:
        """What runs there already, as far as everybody may know: the key to join it, itself, and its metres."""
        category: Category | None = self.cleaned_data.get("category")
        if category is None or self.where.point is None or self.where.is_outside:
            return []
        found = known_to_everybody(*self.where.point, category=category)
        return [(signing.dumps(str(signal.pk), salt=JOINS), signal, metres) for signal, metres in found]


class ReportForm(WhatForm):
    """The second step, with the first one in hidden fields: nothing of it is kept between the two."""

    join = forms.CharField(required=False, max_length=200)
    photos = FilesField(
        label=_("Photos"), required=False, most=MOST_PHOTOS,
        widget=ManyFiles(attrs={"accept": PICTURES, "multiple": True}),
        help_text=_("At most three. We remove from them where and when they were taken."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        help_text=_("For our answer. You get a mail with a link, to show that the address is yours."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    # People do not see it; programs that fill in forms do.
    website = forms.CharField(label=_("Leave this empty"), required=False, max_length=200)

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if address and Bounce.is_current(address):
            raise forms.ValidationError(
                _g("Mail to this address came back lately. Is it right? Give another one, or leave this empty.")
            )
        return address

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_g("This field must stay empty. Empty it and send your report once more."))
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        category: Category | None = data.get("category")
        if category and category.about_persons and self.given.ready:
            self.add_error("photos", _g("Send no photos with a worry about somebody. What you write is enough."))
        return data

    @property
    def given(self) -> Given:
        return self.cleaned_data.get("photos") or Given()

    @property
    def says_who(self) -> bool:
        return any(self.cleaned_data[name] for name in ("name", "email", "phone"))

    @property
    def first_step_fails(self) -> bool:
        return any(name in WhatForm.base_fields for name in self.errors) or self.has_error("__all__", "weigh")

    def signal_to_join(self) -> Signal | None:
        """What was chosen among what was shown; when it ended meanwhile, this becomes a signal of its own."""
        key = self.cleaned_data["join"]
        try:
            chosen = signing.loads(key, salt=JOINS) if key else ""
        except signing.BadSignature:
            return None
        return next((signal for _key, signal, _metres in self.nearby if str(signal.pk) == chosen), None)

    def contact(self) -> Contact:
        data, where = self.cleaned_data, self.where
        longitude, latitude = where.point or (None, None)
        person = data["category"].about_persons
        return Contact(
            id=report_id(self.form_id), category=data["category"], description=data["description"], channel=Channel.WEB,
            kind=ReportKind.HELP_REQUEST if person else ReportKind.REPORT, place=where.text, longitude=longitude,
            latitude=latitude, location=where.location, area=data["area"], name=data["name"], phone=data["phone"],
            wants_answer=bool(data["email"]), unread=True,
        )  # fmt: skip
