"""What no page of ours sends, but somebody will: an answer, never a broken page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from signals.models import Signal
from teams.models import User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


class TestAddress:
    @pytest.mark.parametrize(
        "address", ["/postvak/?signaal=S%00", "/gebieden/rapporten/?gebied=%00", "/postvak/?tab=%00", "/beheer/x%00y/"]
    )
    def test_with_a_nul_is_a_bad_request(self, cast: Cast, sign_in: SignIn, address: str) -> None:
        bram = sign_in(cast["coordinator"])
        assert bram.get(address).status_code == 400
        assert bram.get(address.replace("%00", "")).status_code in (200, 302, 404)

    def test_with_the_last_day_of_the_calendar_shows_the_read_log(self, cast: Cast, sign_in: SignIn) -> None:
        page = sign_in(cast["dpo"]).get(reverse("teams:read-log"), {"since": "0001-01-01", "until": "9999-12-31"})
        assert page.status_code == 200

    def test_with_an_endless_number_of_days_shows_the_usual_ones(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast["coordinator"]).get("/gebieden/overleie/", {"dagen": "9" * 5000}).status_code == 200


class TestForm:
    def test_with_an_endless_key_finds_no_subject(self, cast: Cast, sign_in: SignIn) -> None:
        asked = {"category": "9" * 5000, "place": "Overleiestraat"}
        assert sign_in(cast["agent"]).post(reverse("signals:intake-surroundings"), asked).status_code == 200

    def test_with_a_point_beyond_the_earth_is_refused(self, cast: Cast, sign_in: SignIn) -> None:
        answer = sign_in(cast["agent"]).post(reverse("signals:intake"), {"longitude": "1e308", "latitude": "1e308"})
        assert answer.status_code == 422

    @pytest.mark.parametrize("where", ["999", "inbox", "/" + "x" * 20_000, "//elders.example/", "/vandaag/"])
    def test_with_somewhere_odd_to_go_next_goes_back(
        self, cast: Cast, sign_in: SignIn, report: Make, where: str
    ) -> None:
        signal = report()
        page = reverse("signals:signal", args=[signal.reference])
        answer = sign_in(cast["coordinator"]).post(f"{page}in-het-postvak/", {"next": where})
        assert answer.status_code == 302
        assert answer["Location"] == (where if where == "/vandaag/" else page)

    def test_with_a_line_break_in_where_to_go_next_goes_on(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report()
        answer = sign_in(cast["coordinator"]).post(
            reverse("signals:signal-lifting", args=[signal.reference]), {"next": "/vandaag/\r\nX-Yes: 1"}, headers=HTMX
        )
        assert answer.status_code == 200
        assert "X-Yes" not in answer.headers
