"""A planner fills in by keys alone when somebody falls ill; a warden reads the briefing and hands on by touch."""

import datetime as dt

from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from signals.demo.accounts import address
from teams.models import BriefingRead, ShiftNote, User
from teams.rota.facts import Key, Plan
from teams.rota.missing import missing_in
from teams.rota.reading import plan_of
from tests.browser.test_keyboard import press, tab_to
from tests.browser.visits import violations
from tests.cast import Cast
from tests.field.conftest import Device, device, quick_keys, site  # noqa: F401  fixtures
from tests.field.tablet import FieldTablet
from tests.scenarios.screen import Person
from tests.teams.rotas import away, published, zones


def test_a_planner_fills_in_and_changes_by_hand_with_keys_alone(device: Device, cast: Cast) -> None:  # noqa: F811
    rota, tomorrow = published(cast["coordinator"]), timezone.localdate() + dt.timedelta(days=1)
    version = rota.published
    assert version
    ill = version.shifts.filter(day__gte=tomorrow).order_by("day", "starts", "pk")[0]
    away(ill.user, ill.day, ill.day)
    page = device("coordinator")

    page.goto(rota.get_absolute_url())
    expect(page.get_by_role("heading", name="Uitgevallen sinds de publicatie")).to_be_visible()
    assert violations(page) == []
    tab_to(page, "Stel voor wie invalt")
    press(page, "Enter")
    page.wait_for_url("**/versie/*/")
    expect(page.locator(".notices")).to_contain_text("Ingevuld voor wie er nu is")
    draft = rota.draft
    assert draft
    assert missing_in(rota, draft) == []
    assert violations(page) == []

    who, zone = may_go_elsewhere(plan_of(rota, draft))
    person, to = User.objects.get(pk=who), next(each for each in zones() if each.pk == zone)
    tab_to(page, "Met de hand wijzigen")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Met de hand wijzigen", level=1)).to_be_visible()
    tab_to(page, "Periode")
    press(page, "End")
    tab_to(page, "Wie")
    page.keyboard.type(person.name)
    tab_to(page, "Wordt")
    page.keyboard.type(to.name)
    tab_to(page, "Toon wat volgt")
    press(page, "Enter")
    follows = page.get_by_role("region", name="Wat eruit volgt")
    expect(follows.get_by_text(person.name).first).to_be_visible()
    expect(follows.get_by_text(f"nu in {to.name}")).to_be_visible()
    assert violations(page) == []
    tab_to(page, "Bewaren in het ontwerp")
    press(page, "Enter")
    page.wait_for_url(f"**/versie/{draft.pk}/")
    plan = plan_of(rota, draft)
    assert {turn.zone for turn in plan.turns_in(plan.periods[-1]) if turn.who == who} == {zone}

    # Back shows what would follow now: nothing, so there is nothing to send twice.
    page.go_back()
    expect(page.get_by_role("region", name="Wat eruit volgt").get_by_text("Er verandert niets.")).to_be_visible()
    expect(page.get_by_role("button", name="Bewaren in het ontwerp")).to_have_count(0)


def may_go_elsewhere(plan: Plan) -> tuple[Key, Key]:
    """Of the last period: who leaves no zone without, and a zone where they were not just before."""
    before = {turn.who: turn.zone for turn in plan.turns_in(plan.periods[-2])}
    last = plan.turns_in(plan.periods[-1])
    there = [turn.zone for turn in last]
    return next(
        (turn.who, zone)
        for turn in last
        for zone in plan.zones
        if there.count(turn.zone) > 1 and zone not in (turn.zone, before.get(turn.who))
    )


def test_a_warden_reads_and_hands_on_by_touch(device: Device, cast: Cast) -> None:  # noqa: F811
    page: Page = device("gemeenschapswacht", has_touch=True, viewport={"width": 390, "height": 844})
    page.goto("/gebieden/briefing/?gebied=overleie")
    page.get_by_role("button", name="Gelezen").tap()
    expect(page.get_by_text("Gelezen, stand van")).to_be_visible()
    assert BriefingRead.objects.get().user == cast["gemeenschapswacht"]

    # Nothing typed: it asks for words and keeps the place.
    page.get_by_role("button", name="Geef door").tap()
    expect(page.get_by_text("Schrijf wat de volgende moet weten.").first).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Voor wie na je komt").fill("De brug is dicht tot vrijdag.")
    page.get_by_role("button", name="Geef door").tap()
    expect(page.locator(".notices")).to_contain_text("Doorgegeven")
    note = ShiftNote.objects.get()
    assert (note.text, note.by) == ("De brug is dicht tot vrijdag.", cast["gemeenschapswacht"])

    # Who comes after has it first, in the browser and on the tablet.
    yasmina = User.objects.get(email=address("gemeenschapswacht.centrum"))
    blocks = Person(yasmina).client.get("/gebieden/briefing/?gebied=overleie").context["blocks"]
    assert blocks[0].content["notes"][0].text == note.text
    tablet = FieldTablet(Client())
    tablet.start(yasmina)
    assert tablet.client.get("/veld/gegevens/").json()["notes"][0]["text"] == note.text
