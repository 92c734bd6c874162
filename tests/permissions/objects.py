"""What the matrix asks for: of every kind of object one that is somebody's own and one that is another's."""

import datetime as dt

from django.apps import apps
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.jobs.models import enqueue
from kortrijk_gebied.sections import Place, sections_on
from reservations.models import Building
from signals.handing import hand_over, refer_outside
from signals.incoming.fetching import store
from signals.incoming.taking import take
from signals.intake import Contact, register
from signals.models import (
    Attachment,
    Bulk,
    BulkRow,
    Category,
    IncomingMail,
    PartnerKey,
    ReportImport,
    RoutingRule,
    SavedFilter,
    Signal,
    SignalEvent,
    StandardText,
    Task,
    UnprovenAddress,
    Webhook,
    WebhookDelivery,
)  # fmt: skip
from signals.models.status_links import StatusLink
from signals.models.webhooks import Happening
from signals.outside import link_for
from teams.models import ClosingDay, Membership, MonthlyReport, Organisation, PostHolder, Team
from tests.cast import MARKE, OVERLEIE, Cast, area
from tests.permissions import (
    answers,
    associations,
    bookings,
    bulletins,
    care,
    colleagues,
    houses,
    inventory,
    meetings,
    plans,
    prices,
    rotas,
    seasons,
    stock,
    street,
    tablets,
)
from tests.permissions.people import ABSENT, SUBJECT
from tests.permissions.together import together

SPOT = {"Overleie": OVERLEIE, "Marke": MARKE}
type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    """By the name that the tables call it, what an address needs to reach it."""
    made: dict[str, Arguments] = {"": []}
    parts = (
        _signals, _chosen, _registered, _arrived, _imports, _teams, _papers, _places, _texts, _partners, _kept,
        _together, tablets.everything, houses.everything, bookings.everything, stock.everything,
        seasons.everything, associations.everything,
        plans.everything,
        answers.everything, meetings.everything, prices.everything, rotas.everything, care.everything,
        inventory.everything, street.everything,
        bulletins.everything, colleagues.everything,
    )  # fmt: skip
    for part in parts:
        made |= part(people)
    return made


def _signals(people: Cast) -> dict[str, Arguments]:
    """Each with a task, a photo and, when it is sealed, one sentence for the ward."""
    made: dict[str, Arguments] = {}
    for case, (subject, place) in SUBJECT.items():
        signal = _told(people, subject, place)
        made |= {f"signal, {case}": [signal.reference], f"request, {case}": [signal.reference, "json"]}
        made[f"tag, {case}"] = [signal.reference, uuid7()]
        # What is limited no rule placed: its coordinator does.
        task = signal.tasks.first() or signal.offer(
            team=_team("wijkwerking-noord"), title="Nagaan", by=people["coordinator.politie"]
        )
        Task.objects.filter(pk=task.pk).update(status="offered", accepted_at=None, accepted_by=None)
        made[f"task, {case}"] = [task.pk]
        photo = Attachment(
            signal=signal, organisation=signal.owner, team=signal.team, width=1, height=1, size=1, sha256="0" * 64,
            level=signal.level,
        )  # fmt: skip
        photo.file.save("x.jpg", ContentFile(b"x"), save=False)
        photo.thumbnail.save("x.jpg", ContentFile(b"x"), save=True)
        made[f"photo, {case}"] = [photo.pk]
    share = signal.share(
        by=people["verpleegkundige"], team=_team("wijkwerking-noord"), text="Graag even langsgaan.",
        legal_ground="Noodtoestand", purpose="Nagaan", expires_at=timezone.now() + dt.timedelta(days=7),
    )  # fmt: skip
    asked = hand_over(
        signal=signal, by=people["verpleegkundige"], team=_team("wijkwerking-noord"), text="Graag overnemen.",
        legal_ground="Noodtoestand",
    )  # fmt: skip
    outside = refer_outside(
        signal=_told(people, "Sluikstort", "Overleie"), by=people["coordinator"], outside="Farys", text="Hun put.",
        email="meldingen@farys.example",
    )  # fmt: skip
    nothing: Arguments = [uuid7()]
    return made | {
        "handover": [asked.pk], "handover outside": [outside.pk],
        "outside link": [link_for(outside).rstrip("/").rpartition("/")[2]], "invented outside link": ["x:y:z"],
        "share": [share.pk], f"task, {ABSENT}": nothing, f"photo, {ABSENT}": nothing,
        f"signal, {ABSENT}": ["S-ZZZZ-0000"], f"tag, {ABSENT}": ["S-ZZZZ-0000", uuid7()],
        f"request, {ABSENT}": ["S-ZZZZ-0000", "json"],
    }  # fmt: skip


def _chosen(people: Cast) -> dict[str, Arguments]:
    """What the coordinator in the centre chose in the list, and the filters he keeps."""
    by = people["coordinator"]
    bulk = Bulk.objects.create(by=by, act="afronding")
    BulkRow.objects.create(bulk=bulk, signal=_told(people, "Sluikstort", "Overleie"))
    filters = [SavedFilter.objects.create(by=by, name=name, query="tab=alles&q=zetel") for name in ("eigen", "link")]
    filters[1].by_link = True
    filters[1].save()
    return {"choice of many": [bulk.pk], "own filter": [filters[0].pk], "filter by link": [filters[1].pk]}


def _together(people: Cast) -> dict[str, Arguments]:
    here = [_told(people, "Sluikstort", "Overleie") for _which in range(3)]
    return together(people, here, _told(people, *SUBJECT["sealed"]))


def _told(people: Cast, subject: str, place: str, by: str = "agent") -> Signal:
    contact = Contact(
        category=Category.objects.get(name=subject), description="Een zetel.", place=place,
        longitude=SPOT[place][0], latitude=SPOT[place][1], registered_by=people[by],
    )  # fmt: skip
    return register(contact).signal


def _registered(people: Cast) -> dict[str, Arguments]:
    signal = _told(people, "Sluikstort", "Overleie", by="gemeenschapswacht")
    report = signal.reports.get()
    return {
        "own report": [report.pk], "status link": [StatusLink.objects.get_or_create(report=report)[0].token],
        "invented status link": ["x" * 32],
    }  # fmt: skip


def _arrived(people: Cast) -> dict[str, Arguments]:
    """An address that waits to be proven, and a mail that a machine wrote."""
    report = _told(people, "Sluikstort", "Overleie").reports.get()
    address = UnprovenAddress.objects.create(report=report, email="an@voorbeeld.example")
    raw = b"From: afwezig@voorbeeld.example\r\nSubject: Ja\r\nAuto-Submitted: auto-replied\r\n\r\nIk ben er niet."
    store(raw, len(raw))
    mail = IncomingMail.objects.get(sender="afwezig@voorbeeld.example")
    take(mail)
    return {
        "proof link": [address.token],
        "invented proof link": ["x" * 32],
        "mail left over": [mail.pk],
        "public form": [uuid7()],
    }


def _imports(people: Cast) -> dict[str, Arguments]:
    """Of the coordinator in the centre: one that waits for its columns, one that ran and refused a row."""
    waiting, done = (
        ReportImport(organisation=people["coordinator"].organisation, by=people["coordinator"], name="maart.csv")
        for _which in range(2)
    )
    for upload in (waiting, done):
        upload.file.save("maart.data", ContentFile(b"Nummer;Onderwerp\n1;Sluikstort\n"), save=False)
    done.job = enqueue("import-reports", key="import:proef", payload={"import": str(done.pk)})
    done.rejects.save("maart.csv", ContentFile(b"1;geen datum\n"), save=False)
    waiting.save()
    done.save()
    return {"import": [waiting.pk], "import done": [done.pk]}


def _teams(people: Cast) -> dict[str, Arguments]:
    made: dict[str, Arguments] = {
        "team of the city": ["groen"], "team of the OCMW": ["sociale-dienst"], "joint team": ["gebiedsteam-marke"],
        "person of the city": [people["agent"].pk], "person of the OCMW": [people["buurtwerker"].pk],
    }  # fmt: skip
    for name, code in (("city", "gebiedswerking"), ("police", "wijkwerking-noord")):
        holder = PostHolder.objects.filter(post__team__code=code)[0]
        made |= {f"post of the {name}": [holder.post_id], f"holder of the {name}": [holder.pk]}
    for name, who, code in (
        ("membership in the city", "agent", "meldpunt-1777"),
        ("membership in the OCMW", "buurtwerker", "buurtwerk"),
        ("joint membership", "verpleegkundige", "gebiedsteam-bellegem"),
    ):
        made[name] = [Membership.objects.get(user=people[who], team__code=code).pk]
    for name, rule in (("police", "Geluidshinder wijk Noord"), ("city", "Sluikstort Noord")):
        found = RoutingRule.objects.get(name=rule)
        made |= {f"rule of the {name}": [found.pk], f"version of rule of the {name}": [found.pk, found.version]}
    return made


def _texts(people: Cast) -> dict[str, Arguments]:
    """Each was worded otherwise before. And an own closing day of both organisations."""
    made: dict[str, Arguments] = {}
    for name, code in (("city", "stad"), ("OCMW", "ocmw")):
        of = Organisation.objects.get(code=code)
        text = StandardText.objects.create(organisation=of, title="Wanneer?", text="Dinsdag.")
        text.text = "Woensdag."
        text.save()
        earlier = apps.get_model("signals", "StandardTextChange").objects.filter(pgh_obj_id=text.pk, text="Dinsdag.")
        day = ClosingDay.objects.create(organisation=of, day=timezone.localdate() + dt.timedelta(days=30), name="Brug")
        made |= {
            f"text of the {name}": [text.pk], f"version of text of the {name}": [text.pk, earlier[0].pk],
            f"closing day of the {name}": [day.pk],
        }  # fmt: skip
    return made


def _partners(people: Cast) -> dict[str, Arguments]:
    made: dict[str, Arguments] = {
        "form": ["json"], "service": ["sluikstort", "json"], "token": ["niets", "json"], "nothing": ["iets"],
    }  # fmt: skip
    until = timezone.localdate() + dt.timedelta(days=30)
    for name, code in (("a partner", "fluvius"), ("the OCMW", "ocmw")):
        key = PartnerKey(organisation=Organisation.objects.get(code=code), name="Proef", valid_until=until)
        PartnerKey.make(key, by=people["beheerder"])
        made[f"key of {name}"] = [key.pk]
    team = _team("fluvius-verlichting")
    webhook = Webhook(
        team=team, organisation=team.organisation, url="https://voorbeeld.example/", happenings=[Happening.values[0]]
    )
    Webhook.begin(webhook, by=people["beheerder"])
    delivery = WebhookDelivery.objects.create(
        webhook=webhook, happening=Happening.values[0], event=SignalEvent.objects.all()[0], state="failed"
    )
    return made | {"webhook": [webhook.pk], "delivery": [delivery.pk]}


def _papers(people: Cast) -> dict[str, Arguments]:
    month = (timezone.localdate().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    return {
        f"report for the {name}": [
            MonthlyReport.objects.create(
                area=area("Overleie"), organisation=Organisation.objects.get(code=code), month=month
            ).pk
        ]
        for name, code in (("city", "stad"), ("OCMW", "ocmw"), ("police", "politie"))
    }


def _places(people: Cast) -> dict[str, Arguments]:
    call_command("load_buildings", verbosity=0)
    made: dict[str, Arguments] = {
        "building of the city": [Building.objects.filter(owner__code="stad")[0].code],
        "building of the OCMW": ["centrum-overleie"],
    }
    return made | {
        "area": ["overleie"], "block": ["overleie", sections_on(Place.AREA)[0].key], "borders": ["gebieden17"],
        "tile": [14, 8350, 5500], "forgotten password": ["1", "x-y"],
    }  # fmt: skip


def _kept(people: Cast) -> dict[str, Arguments]:
    """The city's own where an organisation keeps rows of its own. Nobody has an e-mail address of the library."""
    of_the_city = {"teams_organisation": {"code": "stad"}, "signals_category": {"owner__code": "stad"},
                   "reservations_building": {"owner__code": "stad"}}  # fmt: skip
    made: dict[str, Arguments] = {"app": ["areas"], "account_emailaddress": ["1"]}
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.filter(**of_the_city.get(name, {})).first()
        made.setdefault(name, [row.pk if row else 0])
    return made


def _team(code: str) -> Team:
    return Team.objects.get(code=code)
