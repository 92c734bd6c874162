"""A shift on the tablet: what is to do, what became of it, the round; read and done without network."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import FilePayload, expect

from signals.models import Feedback, PatrolRound, Signal, Task
from signals.workflow import TaskStatus
from teams.models import Function, Post, PostHolder, ShiftNote, Team
from teams.rota.own import zone_today
from tests.browser.visits import violations
from tests.cast import Cast, area
from tests.field.conftest import Device
from tests.field.device import begin, with_worker
from tests.servers import wait_until
from tests.signals.files import picture
from tests.teams.inventory import action
from tests.teams.rotas import published

type Make = Callable[..., Signal]


def asked(signal: Signal, title: str) -> Task:
    return Task.objects.create(signal=signal, team=Team.objects.get(code="gemeenschapswachten"), title=title)


class TestDay:
    def test_is_read_and_done_without_network(self, device: Device, cast: Cast, report: Make) -> None:
        watch, clear = asked(report(), "Toezicht aan de school"), asked(report(), "Fietswrak wegnemen")
        raised = report(channel="warden", by=cast["gemeenschapswacht"])
        raised.close(by=cast["coordinator"], outcome="De bank is hersteld.")
        page = with_worker(begin(device()))
        page.locator("#tabs [data-count=tasks]").get_by_text("2").wait_for()
        page.context.set_offline(True)

        page.get_by_role("link", name="Vandaag").click()
        page.get_by_role("button", name="Aanvaarden: Toezicht aan de school").click()
        page.locator("#main").get_by_text("Aanvaard. Bewaard op dit toestel.").wait_for()
        page.get_by_role("button", name="Gedaan…: Fietswrak wegnemen").click()
        page.get_by_role("button", name="Bewaren", exact=True).locator("visible=true").click()
        assert page.locator("#act-problem").inner_text() == "Zeg in één zin wat er gedaan is."
        page.fill("#act-text", "Op de kar gelegd.")
        same: FilePayload = {"name": "kar.jpg", "mimeType": "image/jpeg", "buffer": picture((400, 300))}
        page.set_input_files("#act-photo-files", [same] * 3)  # two that stay the same are one
        assert violations(page) == []
        page.locator("#act-taken [data-act=smudge]").first.click()
        expect(page.locator("#smudge-photo")).to_be_focused()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Klaar", exact=True).click()
        page.get_by_role("button", name="Bewaren", exact=True).locator("visible=true").click()
        page.locator("#main").get_by_text("Gedaan. Bewaard op dit toestel.").wait_for()

        page.get_by_role("link", name="Terugkoppeling").click()
        page.get_by_text("De bank is hersteld.").wait_for()

        page.get_by_role("link", name="Ronde", exact=True).click()
        page.select_option("#round-zone", label="Overleie")
        page.get_by_role("button", name="Ronde beginnen").click()
        page.fill("#round-text", "Schoolpoort")
        page.get_by_role("button", name="Kinderen laten oversteken").click()
        page.locator("#main").get_by_text("Kinderen laten oversteken, genoteerd om").locator("visible=true").wait_for()
        page.fill("#round-note", "Het hek aan de brug is los.")
        page.get_by_role("button", name="Ronde afsluiten").click()
        page.locator("#round-start").wait_for()
        assert page.locator("#state").inner_text().startswith("Geen netwerk. 5 berichten bewaard op dit toestel")
        assert not PatrolRound.objects.exists()

        page.context.set_offline(False)
        wait_until(lambda: PatrolRound.objects.filter(ended_at__isnull=False).exists(), what="the round arrives")
        round_ = PatrolRound.objects.get()
        assert (round_.note, round_.zone and round_.zone.name) == ("Het hek aan de brug is los.", "Overleie")
        assert [(each.kind, each.text) for each in round_.activities.all()] == [("crossing", "Schoolpoort")]
        watch.refresh_from_db()
        clear.refresh_from_db()
        assert (watch.status, clear.status) == (TaskStatus.ACCEPTED, TaskStatus.DONE)
        assert (clear.outcome, clear.ended_by) == ("Op de kar gelegd.", cast["gemeenschapswacht"])
        wait_until(lambda: clear.signal.attachments.count() == 2, what="its photos follow")
        page.get_by_role("link", name="Terugkoppeling").click()
        wait_until(lambda: Feedback.objects.get().read_at, what="the feedback counts as read")

    def test_begins_with_the_briefing_and_folds_what_lies_elsewhere(
        self, device: Device, cast: Cast, report: Make
    ) -> None:
        team = Team.objects.get(code="gemeenschapswachten")
        post = Post.objects.create(team=team, area=area("Overleie"), function=Function.COMMUNITY_WARDEN)
        PostHolder.objects.create(post=post, user=cast["gemeenschapswacht"])
        ShiftNote.objects.create(by=cast["uitvoerder"], team=team, area=area("Overleie"), text="Hek is los.")
        for number in range(6):  # one more than is shown: the page has a way on to all of them, that leads nowhere here
            action(cast["coordinator"], f"Afspraak {number}", due_on=timezone.localdate(), audience="partners")
        here, there = asked(report(), "Meenemen in de ronde"), asked(report(), "Toezicht")
        for task, name in ((here, "Overleie"), (there, "Pius X")):
            Signal.objects.filter(pk=task.signal_id).update(area=area(name))
        page = with_worker(begin(device()))
        page.locator("#tabs [data-count=tasks]").get_by_text("2").wait_for()
        page.context.set_offline(True)
        page.get_by_role("link", name="Vandaag").click()
        page.get_by_text("Hek is los.").wait_for()
        zone = page.locator("[data-day=zone]")
        expect(zone.get_by_text("Afspraak 4")).to_be_visible()
        expect(zone.get_by_text("Alle acties van dit gebied")).to_have_count(0)
        expect(zone.locator("a")).to_have_count(0)
        tops = [
            page.locator(f"[data-day={name}]").evaluate("each => each.getBoundingClientRect().top")
            for name in ("notes", "zone", "briefing", "tasks", "elsewhere")
        ]
        assert tops == sorted(tops)
        card = page.locator("[data-day=tasks] .job")
        assert card.locator("h3").inner_text() == here.signal.title
        assert "Meenemen in de ronde" in card.locator("[data-job=facts]").inner_text()
        folded = page.locator("[data-day=tasks-elsewhere] .job")
        expect(folded).to_have_count(1)
        expect(folded).not_to_be_visible()
        assert violations(page) == []
        page.get_by_text("Elders, voor je team: 1 taak").click()
        page.get_by_role("button", name="Aanvaarden: Toezicht").click()
        page.locator("#main").get_by_text("Aanvaard. Bewaard op dit toestel.").wait_for()
        page.get_by_role("link", name="Geef door, met je ronde").click()
        expect(page.locator("#ronde-heading")).to_be_visible()

    def test_hears_that_a_colleague_was_first(self, device: Device, cast: Cast, report: Make) -> None:
        task = asked(report(), "Fietswrak wegnemen")
        page = with_worker(begin(device()))
        page.locator("#tabs [data-count=tasks]").get_by_text("1").wait_for()
        task.accept(by=cast["uitvoerder"])
        task.complete(by=cast["uitvoerder"], outcome="Al weg.")
        page.get_by_role("link", name="Vandaag").click()
        page.get_by_role("button", name="Teruggeven…: Fietswrak wegnemen").click()
        page.fill("#act-text", "Niet gevonden.")
        page.get_by_role("button", name="Bewaren", exact=True).locator("visible=true").click()
        page.locator("#main").get_by_text("Intussen afgehandeld door Hassan Maes").locator("visible=true").wait_for()
        assert task.signal.notes.get().text == "Niet gevonden."


class TestRound:
    def test_begins_in_the_zone_of_todays_rota_unless_another_is_chosen(self, device: Device, cast: Cast) -> None:
        published(cast["coordinator"])
        page = with_worker(begin(device()))
        page.get_by_role("link", name="Ronde", exact=True).click()
        chooser, own = page.locator("#round-zone"), zone_today(cast["gemeenschapswacht"])
        expect(chooser).to_have_value(str(own))
        assert chooser.locator("optgroup").evaluate_all("each => each.map(({label}) => label)") == ["Zones", "Gebieden"]
        page.select_option("#round-zone", label="Overleie")
        page.get_by_role("link", name="Vandaag").click()
        page.get_by_role("link", name="Ronde", exact=True).click()
        expect(chooser).to_have_value(str(area("Overleie").pk))
        assert violations(page) == []
