"""A report by a partner's program: read as a form, and registered as any other report."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.locate import looks_swapped
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from signals.intake import Contact, register
from signals.levels import Level
from signals.models import Category, Channel, PartnerKey, PartnerReport, Report, ReportKind
from signals.open311 import catalogue
from signals.open311.answers import ApiError, Value, check_text
from signals.whereabouts import Whereabouts, whereabouts

# Makes the key of a report out of a partner and its own number: sent twice, it is the same report.
NAMESPACE = uuid.UUID("0e1f5a3e-6c2f-4d0b-9d0c-5f6f0c311311")
CLIENT_ID_FIELD = f"attribute[{catalogue.CLIENT_ID}]"
KIND_FIELD = f"attribute[{catalogue.KIND}]"
# The id of a report can be worked out by whoever knows its number; what is signed with our own key cannot.
TOKENS = Signer(sep="~", salt="signals.open311.token")
ABOUT_THE_PLACE = ("lat", "long", "address_string", "address_id")


class RequestForm(forms.Form):
    """The arguments of the standard that say something to us. `device_id` and `account_id` are not kept."""

    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    long = forms.FloatField(required=False, min_value=-180, max_value=180)
    address_string = forms.CharField(required=False, max_length=200)
    address_id = forms.CharField(required=False, max_length=100)
    email = forms.EmailField(required=False)
    first_name = forms.CharField(required=False, max_length=60)
    last_name = forms.CharField(required=False, max_length=59)
    phone = forms.CharField(required=False, max_length=30)
    description = forms.CharField(required=False, max_length=4000)
    media_url = forms.CharField(required=False, max_length=500, validators=[URLValidator(["http", "https"])])
    client_id = forms.CharField(required=False, max_length=36)
    kind = forms.ChoiceField(required=False, choices=ReportKind)

    where = Whereabouts()

    def __init__(self, row: Mapping[str, str]) -> None:
        ours = {"client_id": row.get(CLIENT_ID_FIELD, ""), "kind": row.get(KIND_FIELD, "")}
        super().__init__({**row, **ours})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if any(name in self.errors for name in ABOUT_THE_PLACE):
            return data
        longitude, latitude = data.get("long"), data.get("lat")
        if (longitude is None) != (latitude is None):
            raise forms.ValidationError(_g("A point needs both lat and long."))
        if longitude is None and not data.get("address_string"):
            raise forms.ValidationError(_g("Where is it? Send lat and long, or address_string."))
        point = (longitude, latitude) if longitude is not None and latitude is not None else None
        today = timezone.localdate()
        if point and looks_swapped(*point, on=today):
            raise forms.ValidationError(
                _g("lat and long have changed places: the other way round it lies in the city.")
            )
        self.where = whereabouts(data.get("address_string", ""), on=today, point=point)
        if self.where.is_outside:
            raise forms.ValidationError(_g("This place lies outside the city. Report it to that municipality."))
        return data

    def sentences(self) -> list[str]:
        """What is wrong, each with the name of its argument."""
        return [
            str(error) if name == "__all__" else f"{name}: {error}"
            for name, errors in self.errors.items()
            for error in errors
        ]

    def contact(self, category: Category, key: PartnerKey) -> Contact:
        data, where = self.cleaned_data, self.where
        longitude, latitude = where.point or (None, None)
        client_id = data["client_id"]
        words = [data["description"] or category.name]
        if data["media_url"]:
            words.append(_g("Photo at the reporter's: %(url)s") % {"url": data["media_url"]})
        return Contact(
            id=report_id(key, client_id) if client_id else uuid7(),
            external_number=f"{key.organisation.code}:{client_id}" if client_id else None,
            category=category, description="\n\n".join(words), channel=Channel.PARTNER,
            kind=data["kind"] or ReportKind.REPORT, place=where.text, longitude=longitude, latitude=latitude,
            location=where.location, name=f"{data['first_name']} {data['last_name']}".strip(), email=data["email"],
            phone=data["phone"], wants_answer=bool(data["email"]),
        )  # fmt: skip


def report_id(key: PartnerKey, client_id: str) -> uuid.UUID:
    """Of the organisation, not of the key: a new key does not make old reports new."""
    return uuid.uuid5(NAMESPACE, f"{key.organisation_id}:{client_id}")


def post(row: Mapping[str, str], key: PartnerKey) -> Report:
    check_text(row)
    catalogue.check_jurisdiction(row.get("jurisdiction_id", ""))
    category = catalogue.named(row.get("service_code", ""))
    form = RequestForm(row)
    if not form.is_valid():
        raise ApiError(400, *form.sentences())
    try:
        with transaction.atomic():
            report = register(form.contact(category, key))
            PartnerReport.objects.get_or_create(report=report, defaults={"key": key})
    except Refused as error:
        said = _("Something else was reported with this number (client_id). Give each report a number of its own.")
        raise ApiError(400, str(said)) from error
    return report


def receipt(report: Report) -> dict[str, Value]:
    """What the standard gives back: the number, or a token for it, or neither, by the type of the service."""
    signal = report.signal
    if signal.level == Level.OPEN:
        due = _g("We aim to handle it by %(day)s.") % {"day": date_format(timezone.localtime(signal.due_at))}
        return {
            "service_request_id": signal.reference,
            "service_notice": due if signal.due_at else "",
            "account_id": "",
        }
    notice = _g("Delivered to the right service.")
    if report.category.level == Level.LIMITED:
        return {"token": TOKENS.sign(str(report.pk)), "service_notice": notice, "account_id": ""}
    return {"service_notice": notice, "account_id": ""}


def by_token(token: str) -> list[Value]:
    """The number of what was reported, as soon as its matter is open; till then the token alone.

    Of what is sealed, even since, the answer is that of a token that never was.
    """
    unknown = _g("We do not know this token.")
    try:
        pk = uuid.UUID(TOKENS.unsign(token))
    except (BadSignature, ValueError) as error:
        raise ApiError(404, unknown) from error
    known = Report.objects.filter(pk=pk, partner_report__isnull=False, signal__level__lt=Level.SEALED)
    found = known.exclude(category__level=Level.SEALED).select_related("signal").first()
    if found is None:
        raise ApiError(404, unknown)
    number = found.signal.reference if found.signal.level == Level.OPEN else ""
    return [{"service_request_id": number, "token": token}]
