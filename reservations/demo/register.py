"""The register of the demo city: every association with a number, kinds and somebody to call. All of it is invented."""

import csv
import datetime as dt

from django.db import transaction
from django.utils import timezone

from reservations.demo.town import TABLE
from reservations.models import Association, AssociationKind, Contact
from reservations.register.renewing import longest_from

K = AssociationKind
KINDS: dict[str, list[AssociationKind]] = {
    "committee": [K.NEIGHBOURHOOD], "course": [K.LEARNING], "dance": [K.CULTURE, K.SPORT], "family": [K.FAMILY],
    "music": [K.CULTURE], "parents": [K.FAMILY, K.LEARNING], "reading": [K.CULTURE, K.LEARNING],
    "seniors": [K.SENIORS], "sport": [K.SPORT], "stage": [K.CULTURE], "yoga": [K.SPORT, K.WELFARE],
    "youth": [K.YOUTH],
}  # fmt: skip
FIRST = ("Mieke", "Johan", "Fatima", "Luc", "Greet", "Wouter", "Samira", "Dirk", "Hilde", "Piet", "Nadine", "Bart")
LAST = ("Vandorpe", "Claerhout", "El Idrissi", "Dewaele", "Vanhoutte", "Lust", "Benhaddou", "Casier", "Naert", "Seys")
FUNCTIONS = ("voorzitter", "secretaris", "zaalverantwoordelijke")
NUMBERS_FROM = 9_000_001  # so high that the register is far from there


def is_loaded() -> bool:
    return Contact.objects.exists()


@transaction.atomic
def load() -> int:
    """How many contacts. The sixth association has no number yet, and the ninth nobody to call."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        kinds = {row["name"]: KINDS.get(row["kind"], [K.OTHER]) for row in csv.DictReader(table)}
    contacts = []
    for number, association in enumerate(Association.objects.filter(is_example=True).order_by("name")):
        association.number = "" if number == 5 else f"V{NUMBERS_FROM + number}"
        association.kinds = kinds.get(association.name, [K.OTHER])
        association.save(update_fields=["number", "kinds"])
        if number != 8:
            contacts += [_contact(association, number + 100 * each) for each in range(1 + number % 2)]
    Contact.objects.bulk_create(contacts)
    return len(contacts)


def _contact(association: Association, number: int) -> Contact:
    first, last = FIRST[number % len(FIRST)], LAST[(number * 7) % len(LAST)]
    given = timezone.localdate() - dt.timedelta(days=20 + number % 300)
    return Contact(
        association=association, name=f"{first} {last}", function=FUNCTIONS[number % len(FUNCTIONS)],
        email=f"{first}.{last}.{number}@vereniging.example".lower().replace(" ", ""),
        phone=f"056 00 {number // 10 % 100:02d} {number % 100:02d}", may_ask=number < 100, consent_on=given,
        consent_by="form", kept_until=longest_from(given),
    )  # fmt: skip
