"""What is lent in the demo city at this moment: some goes out, some comes back, some is asked, and two are late."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from kortrijk_gebied.workdays import A_DAY
from reservations.models import Association, Booking, Equipment, Loan, LoanState
from reservations.models.uses import DISCREET
from reservations.moments import nearest
from teams.models import Membership, Organisation, Team, User

L = LoanState

# thing, how many, first day from today, days, state, what for, who: a team, or "" for an association
LENT: list[tuple[str, int, int, int, LoanState, str, str]] = [
    ("klaptafels-oc-marke", 12, -6, 3, L.OUT, "Buurtfeest Overleie", ""),
    ("projector-stadhuis", 1, -4, 1, L.OUT, "Infoavond over de werken", "gebiedswerking"),
    ("klaptafels-oc-marke", 20, 0, 2, L.CONFIRMED, "Kaas- en wijnavond", ""),
    ("stapelstoelen-oc-marke", 80, 0, 2, L.CONFIRMED, "Kaas- en wijnavond", ""),
    ("partytenten-oc-heule-1", 4, 1, 3, L.CONFIRMED, "Winterdrink op het plein", "gebiedswerking"),
    ("koffiekannen-centrum-overleie", 2, -1, 2, L.OUT, "Gespreksgroep mantelzorg", "sociale-dienst"),
    ("nadarhekken-oc-heule-1", 60, 9, 2, L.ASKED, "Veldloop", ""),
    ("podiumdelen-oc-aalbeke", 18, 12, 3, L.ASKED, "Concert van de fanfare", ""),
    ("geluidsset-oc-aalbeke", 1, 12, 3, L.CONFIRMED, "Concert van de fanfare", ""),
    ("tapinstallatie-joc-kortrijk", 1, 16, 2, L.CONFIRMED, "Fuif", ""),
    ("partytenten-oc-heule-1", 6, -20, 2, L.RETURNED, "Rommelmarkt", "gebiedswerking"),
    ("stapelstoelen-oc-bissegem", 100, -33, 2, L.RETURNED, "Quiz", ""),
    ("projector-stadhuis", 2, 20, 1, L.CANCELLED, "Filmavond", "sociale-dienst"),
]
WENT = {"partytenten-oc-heule-1": "Eén zeil heeft een scheurtje.", "klaptafels-oc-marke": "Twee tafels met krassen."}
WITH_ROOMS = 4  # bookings in Marke that take tables along


def is_loaded() -> bool:
    return Loan.objects.exists()


@transaction.atomic
def load() -> int:
    """How many. Things, bookings and associations must be there."""
    things = Equipment.objects.in_bulk([row[0] for row in LENT], field_name="code")
    associations = list(Association.objects.order_by("name"))
    asker = User.objects.filter(memberships__team__code="gebiedswerking").exclude(phone="").order_by("pk").first()
    loans = []
    for number, (code, quantity, first, days, state, title, team) in enumerate(LENT):
        if code in things and (team or associations):
            holder = (
                _team(team)
                if team
                else {"association": associations[7 * number % len(associations)], "created_by": asker}
            )
            starts, ends = _from_to(first, days)
            made = Loan(
                equipment=things[code], quantity=quantity, starts=starts, ends=ends, state=state, title=title,
                created_at=starts - 12 * A_DAY if first < 3 else timezone.now() - 2 * A_DAY, **holder,
            )  # fmt: skip
            loans.append(_gone(made))
    loans += _with_rooms()
    return len(Loan.objects.bulk_create(loans))


def _from_to(first: int, days: int) -> tuple[dt.datetime, dt.datetime]:
    today = timezone.localdate()
    return nearest(today + A_DAY * first, dt.time(9)), nearest(today + A_DAY * (first + days), dt.time(17))


def _team(code: str) -> dict[str, Team | Organisation | User | bool | None]:
    team = Team.objects.select_related("organisation").get(code=code)
    members = Membership.objects.valid_on(timezone.localdate()).filter(team=team).select_related("user")
    first = members.order_by("pk").first()
    shared = team.organisation is None or team.organisation.kind not in DISCREET
    return {
        "team": team, "organisation": team.organisation, "is_shared": shared,
        "created_by": first.user if first else None,
    }  # fmt: skip


def _gone(loan: Loan) -> Loan:
    if loan.state in (L.OUT, L.RETURNED):
        loan.picked_up_at = loan.starts
        loan.picked_up_condition = WENT.get(loan.equipment.code, "")
    if loan.state == L.RETURNED:
        loan.returned_at, loan.returned_quantity = loan.ends, loan.quantity
        loan.returned_condition = "Proper en droog."
    return loan


def _with_rooms() -> list[Loan]:
    tables = Equipment.objects.filter(code="klaptafels-oc-marke").first()
    ahead = Booking.objects.filter(
        room__building__code="oc-marke", state=Booking.State.CONFIRMED, starts__gt=timezone.now() + 3 * A_DAY,
        ends__lt=timezone.now() + 30 * A_DAY,
    ).order_by("starts", "pk")  # fmt: skip
    if tables is None:
        return []
    return [
        Loan(
            equipment=tables, booking=each, quantity=8, starts=each.starts, ends=each.ends, state=L.CONFIRMED,
            created_by=each.created_by, created_at=each.created_at,
        )
        for each in ahead[::5][:WITH_ROOMS]
    ]  # fmt: skip
