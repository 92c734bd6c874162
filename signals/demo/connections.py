"""Programs of partners, as the demo city has them: two keys, a webhook, what came in by them, and a list taken out.

The webhook is switched off: there is nobody at the other end.
"""

import datetime as dt

from django.utils import timezone

from signals.models import DeliveryState, EventKind, Export, ExportForm, Happening, PartnerKey, SignalEvent, Webhook
from signals.models.webhooks import WebhookDelivery
from signals.open311.posting import post
from teams.models import Organisation, Team, User

AT_SCHOOL = [
    ("put-in-de-weg", "Voor de schoolpoort zit een put waar fietsers in vallen.", "3.2655", "50.8342"),
    ("straatverlichting", "De lamp bij de fietsenstalling brandt niet meer.", "3.2648", "50.8339"),
    ("volle-vuilnisbak", "De vuilnisbak aan de bushalte loopt over.", "3.2661", "50.8345"),
]


def connect(people: dict[str, User]) -> None:
    """Safe to run again."""
    if PartnerKey.objects.exists():
        return
    by = people["beheerder"]
    _fluvius(by)
    school = _key("school", "Leerlingenraad-app", by, may_post=True)
    for number, (code, words, longitude, latitude) in enumerate(AT_SCHOOL, start=1):
        row = {"service_code": code, "description": words, "long": longitude, "lat": latitude}
        post({**row, "attribute[client_id]": f"leerling-{number}"}, school)
    school.note_use()
    _exports(people)


def _fluvius(by: User) -> None:
    team = Team.objects.get(code="fluvius-verlichting")
    old = _key("fluvius", "Storingen (oude leverancier)", by, may_post=True)
    old.revoke(by=by)
    _key("fluvius", "Storingen", by, may_post=True, may_read=True, team=team).note_use()
    url = "https://storingen.fluvius.example/gebied-kortrijk"
    wanted = [Happening.ROUTED, Happening.ACCEPTED, Happening.CORRECTED, Happening.CLOSED]
    hook = Webhook(team=team, url=url, happenings=wanted, active=False)
    hook.clean()
    Webhook.begin(hook, by=by)
    events = SignalEvent.objects.filter(task__team=team, kind=EventKind.OFFERED, level=0).order_by("-at")[:6]
    for number, event in enumerate(events):
        told = WebhookDelivery(webhook=hook, event=event, happening=Happening.ROUTED, at=event.at)
        told.state, told.answer, told.attempts = DeliveryState.DELIVERED, 204, 1
        if number == 1:
            told.state, told.answer, told.attempts = DeliveryState.FAILED, 503, 5
            told.problem = "De andere kant kon het niet aannemen."
        told.tried_at = event.at
        told.save(force_insert=True)


def _key(organisation: str, name: str, by: User, **rights: object) -> PartnerKey:
    key = PartnerKey(
        organisation=Organisation.objects.get(code=organisation), name=name,
        valid_until=timezone.localdate() + dt.timedelta(days=200), **rights,
    )  # fmt: skip
    PartnerKey.make(key, by=by)
    return key


def _exports(people: dict[str, User]) -> None:
    now = timezone.now()
    for who, days, form, rows, filters in (
        ("coordinator", 2, ExportForm.XLSX, 61, {"tab": "laat"}),
        ("gebiedswerker", 6, ExportForm.CSV, 214, {"tab": "alles", "onderwerp": "sluikstort"}),
    ):
        at, person = now - dt.timedelta(days=days), people[who]
        assert person.organisation is not None  # noqa: S101  for the type checker
        Export.objects.create(
            by=person, organisation=person.organisation, at=at, finished_at=at, form=form, rows=rows,
            tab=filters["tab"], filters=filters, with_reporters=who == "coordinator",
        )  # fmt: skip
