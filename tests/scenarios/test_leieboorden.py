"""Leieboorden: a warden without coverage registers a signal with two photos, and the tablet dies.

A colleague takes it over and finds nothing of it. It arrives once, whole, under the name of who saw it; and what
became of it finds that warden, who works in another zone by then.
"""

import contextlib
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Geolocation, Page, expect
from pytest_django.live_server_helper import LiveServer

from signals.models import Attachment, Delivery, Report, Signal
from teams.models import PostHolder, User
from tests.browser.chromium import ARGUMENTS, program
from tests.browser.processes import end_all_of
from tests.cast import OVERLEIE, Cast
from tests.field.device import begin, sign_in, sign_out, with_worker
from tests.scenarios.screen import Person
from tests.servers import wait_until

type Somebody = Callable[[str], Person]

PLACE: Geolocation = {"longitude": OVERLEIE[0], "latitude": OVERLEIE[1], "accuracy": 6}
SEEN = "Twaalf banden, half in de Leie. Eén dobbert weg."


class Tablet:
    """One tablet of the city, with whatever lies on it."""

    def __init__(self, browser: Browser, site: str, profile: Path) -> None:
        self.browser, self.site, self.profile = browser, site, profile
        self.context: BrowserContext
        self.start()

    def start(self) -> None:
        self.context = self.browser.browser_type.launch_persistent_context(
            str(self.profile), executable_path=program(), args=ARGUMENTS, base_url=self.site, locale="nl-BE",
            timezone_id="Europe/Brussels", viewport={"width": 1024, "height": 768}, permissions=["geolocation"],
            geolocation=PLACE, reduced_motion="reduce",
        )  # fmt: skip

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def falls_dead(self) -> None:
        """Every process of it at once."""
        end_all_of(self.profile)
        self.away()

    def away(self) -> None:
        with contextlib.suppress(Exception):
            self.context.close()


@pytest.fixture
def tablet(browser: Browser, live_server: LiveServer, tmp_path: Path) -> Iterator[Tablet]:
    made = Tablet(browser, live_server.url.replace("127.0.0.1", "localhost"), tmp_path / "tablet")
    yield made
    made.away()


@pytest.mark.django_db(transaction=True)
def test_leieboorden(tablet: Tablet, somebody: Somebody, cast: Cast) -> None:
    mo, yasmina, hassan = (
        cast["gemeenschapswacht"],
        User.objects.get(email="gemeenschapswacht.centrum@kortrijk.example"),
        somebody("uitvoerder"),
    )

    mo_begins_a_shift(tablet, mo)
    tablet.context.set_offline(True)
    mo_saves_what_lies_in_the_leie(tablet.page)
    tablet.falls_dead()
    assert not Report.objects.exists()

    tablet.start()
    yasmina_takes_the_tablet_over_and_finds_nothing_of_it(tablet, yasmina)
    assert not Report.objects.exists(), "it waits for its author"

    mo_signs_in_again(tablet, mo)
    it_arrived_once_whole_and_from_mo(mo)

    the_rotation_moves_mo_to_another_zone(mo)
    team_net_takes_the_tyres_out(hassan)
    mo_reads_what_became_of_it(tablet, mo)


def mo_begins_a_shift(tablet: Tablet, mo: User) -> None:
    sign_in(tablet.context, mo, tablet.site)
    with_worker(begin(tablet.page))


def mo_saves_what_lies_in_the_leie(page: Page) -> None:
    page.locator("#tiles").get_by_role("button", name="Sluikstort", exact=True).click()
    expect(page.locator("#place .located")).to_contain_text("op 6 meter nauwkeurig")
    page.fill("#new-text", SEEN)
    page.set_input_files("#photo-files", [photo("orange"), photo("purple")])
    expect(page.locator("#taken img")).to_have_count(2)
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.locator("#saved-heading")).to_have_text("Bewaard op dit toestel")
    expect(page.locator("#state")).to_contain_text("1 signaal bewaard op dit toestel")


def yasmina_takes_the_tablet_over_and_finds_nothing_of_it(tablet: Tablet, yasmina: User) -> None:
    sign_out(tablet.context)
    sign_in(tablet.context, yasmina, tablet.site)
    page = begin(tablet.page)
    expect(page.locator("[data-others]")).to_have_text("1 bericht")
    for screen in ("nieuw", "vandaag", "nieuws", "ronde", "bewaard"):
        page.evaluate("(name) => { location.hash = name; }", screen)
        expect(page.locator(f"[data-screen={screen}]")).to_be_visible()
        for secret in ("banden", "Leie.", "El Amrani"):
            assert secret not in page.locator("body").inner_text(), (screen, secret)
    page.get_by_role("button", name="Dienst beëindigen").click()
    page.locator("[data-begin=signin]").wait_for()


def mo_signs_in_again(tablet: Tablet, mo: User) -> None:
    sign_in(tablet.context, mo, tablet.site)
    tablet.page.goto("/veld/")
    begin(tablet.page, goto=False)
    wait_until(lambda: Attachment.objects.count() == 2, what="the signal and its photos arrive")


def it_arrived_once_whole_and_from_mo(mo: User) -> None:
    report = Report.objects.select_related("signal").get()
    assert (report.registered_by, report.description, report.signal.report_count) == (mo, SEEN, 1)
    assert (report.longitude, report.latitude) == OVERLEIE
    assert set(report.attachments.values_list("sha256", flat=True)) == {
        photo.sha256 for photo in Delivery.objects.get().photos.all()
    }


def the_rotation_moves_mo_to_another_zone(mo: User) -> None:
    PostHolder.objects.filter(user=mo).update(ends=timezone.localdate() - dt.timedelta(days=1))


def team_net_takes_the_tyres_out(hassan: Person) -> None:
    typed = {"Wat is er gedaan?": "De banden zijn uit de Leie gehaald."}
    hassan.presses("Afgerond", hassan.opens(reverse("today")), typed)
    assert not Signal.objects.get().is_open


def mo_reads_what_became_of_it(tablet: Tablet, mo: User) -> None:
    """Weeks later, on a shift elsewhere."""
    page = tablet.page
    page.evaluate("location.hash = 'bewaard'")
    page.get_by_role("button", name="Dienst beëindigen").click()
    page.locator("[data-begin=signin]").wait_for()
    sign_in(tablet.context, mo, tablet.site)
    begin(page)
    page.get_by_role("link", name="Terugkoppeling").click()
    expect(page.locator("[data-news=lines]")).to_contain_text("De banden zijn uit de Leie gehaald.")
    expect(page.locator("[data-news=lines]")).to_contain_text("Bedankt dat je dit meldde.")


def photo(colour: str) -> FilePayload:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(made, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}
