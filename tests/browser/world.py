"""One of everything that a page can show, and too much of what a list can hold; as addresses by name."""

import datetime as dt
import io
from urllib.parse import urlsplit

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from areas.models import Area
from kortrijk_gebied.ids import uuid7
from reservations.models import Building
from signals import bulk
from signals.attaching.keeping import take_in
from signals.demo.photos import typed
from signals.forms.public import report_id
from signals.handing import hand_over, refer_outside, refer_person
from signals.incoming.fetching import store
from signals.incoming.taking import take
from signals.intake import Contact, register
from signals.joining import join
from signals.levels import Level
from signals.models import (
    Act,
    Category,
    Channel,
    Dossier,
    Export,
    IncomingMail,
    PartnerKey,
    Report,
    ReportImport,
    RoutingRule,
    SavedFilter,
    Share,
    Shift,
    Signal,
    StandardText,
    StatusLink,
    Tablet,
    UnprovenAddress,
    Webhook,
)
from signals.models.tags import tag_signal
from signals.offers import Invitation
from signals.outside import link_for
from teams import reports
from teams.access import access_of
from teams.models import Membership, MonthlyReport, Post, Team, User
from tests.browser.answers import answers
from tests.browser.associations import associations
from tests.browser.bookings import bookings
from tests.browser.bulletins import bulletin_pages
from tests.browser.care import care_pages
from tests.browser.colleagues import colleague_pages
from tests.browser.houses import houses
from tests.browser.inventory import inventory
from tests.browser.meetings import meeting_pages
from tests.browser.plans import plan_pages
from tests.browser.prices import prices
from tests.browser.rotas import rota_pages
from tests.browser.seasons import seasons
from tests.browser.stock import stock
from tests.browser.street import street_pages
from tests.cast import KOOIGEM, MARKE, OVERLEIE
from tests.signals.test_import_page import a_file
from tests.signals.test_import_reports import row

LONG = "Verkeersbelemmerend-overhangende-takkenverwijderingsaanvraag-Kasteelbrakelsesteenwegverlengde"
MANY = 55  # more than one page of the inbox
AGO = timezone.now() - dt.timedelta(days=40)


def build(people: dict[str, User]) -> dict[str, str]:
    call_command("load_buildings", verbosity=0)
    made = {**connections(people), **arrived(people), **signals(people), **chosen(people), **teams(), **papers(people)}
    made |= {**together(people), **tablets(people), **houses(people), **bookings(people), **stock(people)}
    made |= rota_pages(people)
    made |= {**associations(people), **seasons(people), **care_pages(people)}
    made |= meeting_pages(people) | plan_pages(people) | bulletin_pages(people)
    made |= street_pages(people)
    made |= colleague_pages(people)
    open_here = Signal.objects.open().filter(level=Level.OPEN, area__code="overleie", category__about_persons=False)
    made |= inventory(people, open_here.order_by("pk").first())
    return {**made, **answers(people), **prices(people)}


def tablets(people: dict[str, User]) -> dict[str, str]:
    """One with too long a name and everything wrong with it, and one that is in order."""
    bram = people["coordinator"]
    assert bram.organisation
    wrong = Tablet.objects.create(
        organisation=bram.organisation, name=LONG[:60], waiting=99_999, attention=3, oldest_at=AGO, used=90, quota=100,
        clock_offset_ms=10**10,
    )  # fmt: skip
    wrong.revoke(by=bram)
    Shift.objects.create(tablet=wrong, user=people["gemeenschapswacht"])
    Tablet.objects.create(organisation=bram.organisation, name="Tablet 1")
    return {"tablet": address("signals:tablet", wrong.pk)}


def together(people: dict[str, User]) -> dict[str, str]:
    """A dossier with a signal and a note, a text with a long word, and what a reporter and a team get by mail."""
    bram = people["coordinator"]
    made = Dossier.begin(
        by=bram, title=LONG, kind="hotspot", purpose=LONG, team=Team.objects.get(code="team-net-noord"),
        area=Area.objects.get(set__code="gebieden17", name="Overleie"), level=Level.OPEN,
    )  # fmt: skip
    signal = Signal.objects.open().filter(level=Level.OPEN, area=made.area, owner__code="stad")[0]
    made.add(signal, by=bram)
    made.add_note(by=bram, text=LONG)
    text = StandardText.objects.create(organisation=signal.owner, title="Wanneer komt de veegwagen?", text=LONG)
    link = StatusLink.objects.get_or_create(report=signal.reports.all()[0])[0]
    task = signal.offer(by=bram, team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht")
    return {
        "dossier": address("signals:dossier", made.reference),
        "text": address("signals:text", text.pk),
        "status": address("status-page", str(link.token)),
        "offer": urlsplit(Invitation(task, people["wijkinspecteur"]).url).path,
        **over(people),
    }


def over(people: dict[str, User]) -> dict[str, str]:
    """What a reporter reads when it ended just now and long ago, and a signal that went on in another."""
    bram, (longitude, latitude) = people["coordinator"], OVERLEIE
    category = Category.objects.get(name="Onveilige situatie")
    ended, late, joined, into = (
        register(
            Contact(
                category=category, description=LONG, place=f"Samenlaan {number}", longitude=longitude,
                latitude=latitude, registered_by=people["agent"],
            )
        )
        for number in range(1, 5)
    )  # fmt: skip
    ended.signal.close(by=bram, outcome=LONG)
    late.signal.close(by=bram, outcome=LONG, at=timezone.now() - dt.timedelta(days=40))
    join(joined.signal, into=into.signal, by=bram)
    links = {"status-ended": ended, "status-late": late}
    pages = {name: StatusLink.objects.get_or_create(report=report)[0].token for name, report in links.items()}
    return {
        **{name: address("status-page", str(token)) for name, token in pages.items()},
        "joined": address("signals:signal", joined.signal.reference),
    }


def arrived(people: dict[str, User]) -> dict[str, str]:
    """A mail that became a report with a long word in it, one that nobody could read, and an unproven address."""
    head = b"From: Rosa <rosa@voorbeeld.example>\r\nSubject: Takken\r\n\r\n"
    empty, automatic = b"From: leeg@voorbeeld.example\r\n\r\n", b"Auto-Submitted: auto-replied\r\n" + head
    for raw in (head + LONG.encode(), empty, automatic):
        store(raw, len(raw))
    for mail in IncomingMail.objects.all():
        take(mail)
    signal = Signal.objects.get(reports__channel=Channel.MAIL)
    address_of_rosa = UnprovenAddress.objects.create(report=signal.reports.get(), email="rosa@voorbeeld.example")
    form = uuid7()
    make("Sluikstort", people["agent"], id=report_id(form))
    return {
        "arrived": address("signals:signal", signal.reference),
        "reading": address("signals:signal-admission", signal.reference),
        "proof": address("report-proof", address_of_rosa.token),
        "reported": address("report-form", form),
    }


def make(subject: str, by: User, at: tuple[float, float] = OVERLEIE, **details: object) -> Report:
    words = {"place": "Overleiestraat 8", "description": "Een zetel en tien zakken naast de glascontainer."}
    contact = Contact(
        category=Category.objects.get(name=subject), registered_by=by, longitude=at[0], latitude=at[1],
        **{**words, **details},  # type: ignore[arg-type]
    )  # fmt: skip
    return register(contact)


def signals(people: dict[str, User]) -> dict[str, str]:
    agent, bram, warden = people["agent"], people["coordinator"], people["gemeenschapswacht"]
    report = make("Onveilige situatie", agent, name="Rosa Vercruysse", email="rosa@voorbeeld.example")
    signal: Signal = report.signal
    task = signal.offer(team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht na schooltijd", by=bram)
    signal.add_note(by=bram, text="De buur van nummer 9 heeft de sleutel.")
    photo = io.BytesIO()
    Image.new("RGB", (640, 480), "darkseagreen").save(photo, "JPEG")
    kept = take_in(content=photo.getvalue(), name="foto.jpg", report=report, by=agent)
    paper = take_in(content=typed([LONG]), name=f"{LONG}.pdf", report=report, by=agent)
    ended = make("Klacht over de dienstverlening", agent).signal
    ended.close(by=bram, outcome="Er werd opgebeld.")
    make("Zwerfvuil", warden, channel=Channel.WARDEN)
    raised: Signal = make("Goed nieuws", warden, channel=Channel.WARDEN).signal
    raised.close(by=bram, outcome="Doorgegeven aan de buurt.")
    make("Losse tegels of voetpad", agent, MARKE, received_at=AGO)
    hidden: Signal = make("Bezorgd om iemand", agent, KOOIGEM).signal
    share: Share = hidden.share(
        by=people["verpleegkundige"], team=Team.objects.get(code="wijkwerking-zuid"), text="Bel eerst aan bij de buur.",
        legal_ground="Vitaal belang", purpose="Veilig huisbezoek", expires_at=timezone.now() + dt.timedelta(days=9),
    )  # fmt: skip
    for number in range(MANY):
        make("Leegstand en verloedering", agent, place=f"{LONG} {number}", description=f"{LONG} " * 4, received_at=AGO)
    asked = refer_person(
        signal=hidden, by=people["verpleegkundige"], team=Team.objects.get(code="wijkwerking-zuid"),
        text="Graag een bezoekje per week.", legal_ground="Gedeeld beroepsgeheim",
    )  # fmt: skip
    waits: Signal = make("Onveilige situatie", agent).signal
    waits.wait(
        by=bram, until=timezone.localdate() + dt.timedelta(days=9), waiting_for="reporter", reason="Welk huisnummer?"
    )  # fmt: skip
    referred: Signal = make("Losse tegels of voetpad", agent).signal
    outside = refer_outside(signal=referred, by=bram, outside="De Watergroep", text="Het deksel is van hun leiding.")
    given: Signal = make("Verkeersoverlast", agent).signal
    hand_over(signal=given, by=bram, team=Team.objects.get(code="wijkwerking-noord"), text="Dit vraagt handhaving.")
    reopened: Signal = make("Klacht over de dienstverlening", agent).signal
    reopened.cancel(by=bram, reason="Vergissing.")
    reopened.reopen(by=bram, reason="Toch niet.")
    overfull = Signal.objects.filter(place=f"{LONG} 0").get()
    return {
        "signal": address("signals:signal", signal.reference),
        "photo": address("signals:attachment-page", kept.pk),
        "document": address("signals:attachment-page", paper.pk),
        "ended": address("signals:signal", ended.reference),
        "sealed": address("signals:signal", hidden.reference),
        "overfull": address("signals:signal", overfull.reference),
        "task": address("signals:task", task.pk),
        "share": address("signals:share", share.pk),
        "handover": address("signals:handover", asked.pk),
        "waits": address("signals:signal", waits.reference),
        "referred": address("signals:signal", referred.reference),
        "handover-outside": address("signals:handover", outside.pk),
        "given": address("signals:signal", given.reference),
        "reopened": address("signals:signal", reopened.reference),
        "outside": urlsplit(link_for(outside)).path,
        "saved": address("signals:intake-saved", report.pk),
        "rule": address("signals:rule", RoutingRule.objects.get(name="Sluikstort Noord").pk),
    }


def connections(people: dict[str, User]) -> dict[str, str]:
    """Fluvius with a key, and a webhook that has not delivered everything; and a list that Bram took along."""
    quinten, team = people["beheerder"], Team.objects.get(code="fluvius-verlichting")
    assert team.organisation is not None
    for name, revoked in (("Storingen", False), (LONG[:80], True)):
        key = PartnerKey(
            organisation=team.organisation, name=name, may_read=True, team=team,
            valid_until=timezone.localdate() + dt.timedelta(days=99),
        )  # fmt: skip
        PartnerKey.make(key, by=quinten)
        if revoked:
            key.revoke(by=quinten)
    webhook = Webhook(team=team, organisation=team.organisation, url=f"https://fluvius.example/{LONG}",
                      happenings=["signal.routed", "task.accepted"])  # fmt: skip
    Webhook.begin(webhook, by=quinten)
    for _lamp in range(3):
        make("Straatverlichting", people["agent"])
    failed, done = webhook.deliveries.all()[:2]
    failed.note("failed", problem="Geen antwoord binnen 10 seconden.")
    done.note("delivered", answer=204)
    taken = {"by": people["coordinator"], "organisation": people["coordinator"].organisation, "tab": "alles"}
    Export.objects.create(**taken, form="csv", rows=1200, with_reporters=True, filters={"q": "zetel"})
    return {"webhook": address("signals:webhook", webhook.pk)}


def chosen(people: dict[str, User]) -> dict[str, str]:
    """A choice of many that waits for a sentence, one that was done in part, and kept filters."""
    bram = people["coordinator"]
    rubbish = [make("Sluikstort", people["agent"], place=f"{LONG} {number}").signal for number in range(3)]
    tag_signal(signal=rubbish[0], name="hotspot overleie", by=bram)
    some = Signal.objects.filter(pk__in=[signal.pk for signal in rubbish])
    waits, done = (bulk.choose(some, viewer=access_of(bram), by=bram, act=Act.CLOSE) for _which in range(2))
    rubbish[0].close(by=bram, outcome="Al opgeruimd.")
    bulk.start(done, details={"outcome": "Opgeruimd."})
    for name in ("Sluikstort in de buurt", f"{LONG[:30]}…"):
        kept = SavedFilter.objects.create(by=bram, name=name, query="tab=alles&onderwerp=sluikstort", by_link=True)
    return {
        "bulk": address("bulk", waits.pk),
        "bulk-done": address("bulk", done.pk),
        "kept-filter": address("saved-filter-edit", kept.pk),
        "tagged": address("signals:signal", rubbish[1].reference),
    }


def teams() -> dict[str, str]:
    member = Membership.objects.select_related("user").get(user__email__startswith="agent@")
    post = Post.objects.filter(team__code="coordinatie-noord-centrum").first()
    assert post is not None
    return {
        "person": address("teams:person", member.user.pk),
        "person-edit": address("teams:person-edit", member.user.pk),
        "membership-add": address("teams:membership-add", member.user.pk),
        "membership": address("teams:membership", member.pk),
        "post": address("teams:post", post.pk),
        "post-edit": address("teams:post-edit", post.pk),
        "post-holder": address("teams:post-holder", post.holders.all()[0].pk),
    }


def papers(people: dict[str, User]) -> dict[str, str]:
    last_month = (timezone.localdate().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    reports.draft(last_month, Area.objects.get(set__code="gebieden17", name="Overleie"))
    ours = MonthlyReport.objects.get(organisation__code="stad")
    bram = Client()
    bram.force_login(people["coordinator"])
    bram.post(reverse("signals:imports"), {"file": a_file(row("1"), row("2", Onderwerp="Nergens"))})
    return {
        "words": address("reports:words", ours.pk),
        "import": address("signals:import", ReportImport.objects.get().pk),
        "building": address("reservations:building", Building.objects.filter(area__isnull=False)[0].code),
    }


def address(name: str, key: object) -> str:
    return reverse(name, args=[key])
