from typing import Any

import phonenumbers
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.discreet import DiscreetForm
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from signals.forms.files import FilesField
from signals.forms.place import Grouped, PlaceForm
from signals.intake import Contact
from signals.levels import Level
from signals.models import Category, Channel, ReportKind, Signal
from teams.models import Function, User

# A warden's tablet and the city's app have their own way in.
DESK_CHANNELS = [Channel.PHONE, Channel.COUNTER, Channel.MAIL, Channel.WEB, Channel.PARTNER]
# Then what became of it is told to who typed it, as to a warden.
SAID_HERE = {Channel.PARTNER: _("seen by myself or a partner")}


class IntakeForm(DiscreetForm, PlaceForm):
    """What the report desk notes while somebody talks."""

    discreet = ("description",)
    # As on the page: in this order it says what is missing.
    field_order = (
        "description",
        "category",
        "place",
        "area",
        "name",
        "phone",
        "email",
        "wants_answer",
        "answer",
        "files",
    )

    # Made with the page: the same page sent twice is one report.
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    category = Grouped(
        label=_("Subject"),
        error_messages={
            "required": _("Choose what it is about."),
            "invalid_choice": _("This subject is not in use any more. Choose another one."),
        },
    )
    description = forms.CharField(
        label=_("What is the matter?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write in a sentence what is the matter.")},
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Answered at once"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Write what you answered; the report is closed then. Leave it empty to pass it on."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    wants_answer = forms.BooleanField(label=_("Wants to hear what became of it"), required=False, initial=True)
    files = FilesField(label=_("Photos and documents"), required=False)  # type: ignore[assignment]
    kind = forms.ChoiceField(label=_("Kind"), choices=ReportKind, initial=ReportKind.REPORT)
    channel = forms.ChoiceField(
        label=_("Came in by"), initial=Channel.PHONE,
        choices=[(channel.value, SAID_HERE.get(channel, channel.label)) for channel in DESK_CHANNELS],
    )  # fmt: skip
    received_at = forms.DateTimeField(
        label=_("Received"), required=False, help_text=_("Leave it empty for now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
    )  # fmt: skip
    join = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = self.fields["category"]
        assert isinstance(category, Grouped)  # noqa: S101  for the type checker
        category.fill(_g("Choose a subject"))
        if not self.access.holds(Function.DESK_AGENT, Function.SERVICE_DESK):
            self.initial.setdefault("channel", Channel.PARTNER)  # who takes no calls saw it, or was told by a partner
        if not self.access.may("view"):  # a partner raises; answering in the city's name is for who works there
            self.fields["answer"].disabled, self.fields["answer"].widget = True, forms.HiddenInput()
        # One key joins a report to a running signal: its words and its subject are there already.
        self.fields["description"].required = category.required = not self.data.get("join")

    def others_read_it(self, data: dict[str, Any]) -> bool:
        """Who reads what is more secret must know whom it is about."""
        category: Category | None = data.get("category")
        return category is None or category.level == Level.OPEN

    def clean_received_at(self) -> Any:
        received = self.cleaned_data["received_at"]
        if received and received > timezone.now():
            raise forms.ValidationError(_g("This moment lies in the future. When did the report come in?"))
        return received

    def clean_phone(self) -> str:
        """However it is written, as long as one can dial it."""
        phone: str = self.cleaned_data["phone"].strip()
        try:
            fits = not phone or phonenumbers.is_possible_number(phonenumbers.parse(phone, "BE"))
        except phonenumbers.NumberParseException:
            fits = False
        if not fits:
            raise forms.ValidationError(_g("This is no phone number. Check it with the caller, or leave it empty."))
        return phone

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("join") and not data.get("description"):
            data["description"] = _g("Reported again.")
        category: Category | None = data.get("category")
        if category and data.get("answer") and category.level == Level.SEALED:
            self.add_error("answer", _g("A worry about a person always goes to the right service. Leave this empty."))
        reachable = data.get("email") or data.get("phone") or "email" in self.errors
        if data.get("wants_answer") and data.get("name") and not reachable:
            self.add_error("email", _g("Where may the answer go? Give a mail address or a phone number."))
        return data

    def signal_to_join(self) -> Signal | None:
        """The running signal this report belongs to, by choice of who registers. Only one that they may read."""
        reference = self.cleaned_data["join"]
        if not reference:
            return None
        signal: Signal | None = Signal.objects.readable(self.access).open().filter(reference=reference).first()
        if signal is None:
            raise Refused(_g("The signal you chose is not running any more. Save this as a new report."))
        return signal

    def contact(self, *, by: User, join: Signal | None = None) -> Contact:
        data, where = self.cleaned_data, self.where
        longitude, latitude = where.point or (None, None)
        category: Category = join.category if join and not data["category"] else data["category"]
        return Contact(
            id=data["id"], category=category, description=data["description"], kind=data["kind"],
            channel=data["channel"], place=where.text, longitude=longitude, latitude=latitude,
            location=where.location, area=data["area"], answer=data["answer"], name=data["name"],
            email=data["email"], phone=data["phone"], wants_answer=data["wants_answer"], registered_by=by,
            received_at=data["received_at"] or timezone.now(),
        )  # fmt: skip
