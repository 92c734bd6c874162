"""A warden's morning: the briefing is read by touch and without network, the round is walked, the next one knows."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import expect

from signals.demo.accounts import address
from signals.models import PatrolRound, Signal, Task
from teams.models import BriefingRead, ShiftNote, Team, User
from tests.browser.visits import violations
from tests.cast import Cast, area
from tests.field.conftest import Device, device, quick_keys, site  # noqa: F401  fixtures
from tests.field.device import begin, with_worker
from tests.scenarios.screen import Person
from tests.servers import wait_until
from tests.teams.flags import flag_of

BRIEFING = "/gebieden/briefing/?gebied=overleie"


def test_a_wardens_morning(
    device: Device,  # noqa: F811
    cast: Cast,
    report: Callable[..., Signal],
) -> None:
    team, overleie = Team.objects.get(code="gemeenschapswachten"), area("Overleie")
    yasmina = User.objects.get(email=address("gemeenschapswacht.centrum"))
    yesterday = timezone.now() - dt.timedelta(hours=16)

    # What happened since Mo was last here.
    ShiftNote.objects.create(by=yasmina, team=team, area=overleie, text="De pomp op het plein lekt.", at=yesterday)
    flag_of(cast, place="Schoolpoort Overleiestraat", reason="Auto’s op de stoep om half negen.")
    report("Geluidshinder")
    quarrel, worry = report("Burenruzie"), report("Bezorgd om iemand")
    Task.objects.create(signal=report(), team=team, title="Fietswrak bekijken")

    page = with_worker(begin(device(has_touch=True, viewport={"width": 820, "height": 1180})))
    page.context.set_offline(True)

    # Two minutes on the tablet, no network.
    page.get_by_role("link", name="Vandaag").tap()
    today = page.locator("[data-screen=vandaag]")
    expect(today.get_by_text("De pomp op het plein lekt.")).to_be_visible()
    expect(today.get_by_text("Auto’s op de stoep om half negen.")).to_be_visible()
    expect(today.get_by_text("Fietswrak bekijken")).to_be_visible()
    for secret in (quarrel.reference, worry.reference, "Burenruzie", "Bezorgd om iemand"):
        expect(today.get_by_text(secret)).to_have_count(0)
    page.get_by_role("button", name="Briefing gelezen").tap()
    expect(today.get_by_text("Briefing gelezen, stand van")).to_be_visible()
    expect(page.get_by_role("button", name="Briefing gelezen")).to_be_hidden()
    assert violations(page) == []

    # The round, and what the next one must know.
    page.get_by_role("link", name="Ronde", exact=True).tap()
    page.select_option("#round-zone", label="Overleie")
    page.get_by_role("button", name="Ronde beginnen").tap()
    page.get_by_role("button", name="Kinderen laten oversteken").tap()
    page.get_by_role("list", name="Genoteerd in deze ronde").get_by_text("Kinderen laten oversteken").wait_for()
    page.fill("#round-note", "Vrijdag staat er een kermis op het plein.")
    page.get_by_role("button", name="Ronde afsluiten").tap()
    page.locator("#round-start").wait_for()
    assert not BriefingRead.objects.exists()

    page.context.set_offline(False)
    wait_until(lambda: PatrolRound.objects.filter(ended_at__isnull=False).exists(), what="the round arrives")
    wait_until(lambda: BriefingRead.objects.filter(area=overleie).exists(), what="that it was read arrives")
    assert {read.user for read in BriefingRead.objects.all()} == {cast["gemeenschapswacht"]}

    # Yasmina comes after: the note stands first, that Mo read the briefing stands nowhere.
    briefing = Person(yasmina).client.get(BRIEFING)
    assert briefing.context["blocks"][0].content["notes"][0].text == "Vrijdag staat er een kermis op het plein."
    words = briefing.content.decode()
    assert "Gelezen, stand van" not in words

    # The area sees that somebody was there, and not who.
    seen = Person(cast["coordinator"]).client.get("/gebieden/rondes/").content.decode()
    assert "Kinderen laten oversteken" not in seen[seen.index("<main") :]
    assert "Mo El" not in seen[seen.index("<main") :]
    own = Person(cast["gemeenschapswacht"]).client.get("/gebieden/rondes/").content.decode()
    assert "Vrijdag staat er een kermis op het plein." in own
