"""The inventory for the pages of a browser: with long words, something over its date, and what led to it."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from signals.lifting import lift_to_inventory
from signals.models import Signal
from teams.models import ActionFigure, User
from tests.teams.inventory import action

LONG = "Sluikstortvoorkomingsproefopstelling-Overleiesteenwegverlengde"


def inventory(people: dict[str, User], signal: Signal | None) -> dict[str, str]:
    els, today = people["gebiedswerker"], timezone.localdate()
    made = action(
        els, f"{LONG} met de bewoners", text=f"Waarom: {LONG}", owner=els, due_on=today - dt.timedelta(days=2),
        status="running", tags=["quick_win", "campaign", "monitoring"], budget=1250, funding=LONG,
    )  # fmt: skip
    ActionFigure.objects.create(action=made, name=LONG, value=12, unit="zakken", source=LONG, measured_on=today)
    action(els, "Bank aan het pleintje").finish(by=els, result="De bank staat er.")
    action(els, "Geveltuinen", at="Pius X")
    made_urls = {"action": made.get_absolute_url()}
    if signal is not None:
        lift_to_inventory(signal, by=els, action=made)
        made_urls["policy"] = reverse("signals:signal-policy", args=[signal.reference])
    return made_urls
