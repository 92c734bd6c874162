"""New and changed since one was here: what came, came again, is not over after all, or lies elsewhere."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from signals.levels import Level
from signals.models import Category, EventKind, Signal, SignalEvent
from tests.cast import Cast

type SignIn = Callable[[Any], Client]
type Make = Callable[..., Signal]
HERE = "/gebieden/briefing/?gebied=overleie"


def of_before(signal: Signal) -> Signal:
    """It was there when its reader was last here."""
    long_ago = timezone.now() - dt.timedelta(days=9)
    Signal.objects.filter(pk=signal.pk).update(reported_at=long_ago, last_reported_at=long_ago)
    signal.events.update(at=long_ago)
    signal.refresh_from_db()
    return signal


def block(client: Client) -> dict[str, Any]:
    blocks = client.get(HERE).context["blocks"]
    found: dict[str, Any] = next(each.content for each in blocks if each.section.key == "signals-new")
    return found


def turns(client: Client) -> list[tuple[Any, str]]:
    return [(row.pk, row.turn) for row in block(client)["signals"]]


class TestNew:
    def test_is_what_came_and_what_came_again(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        old, again, new = (
            of_before(report("Geluidshinder")),
            of_before(report("Geluidshinder")),
            report("Geluidshinder"),
        )
        Signal.objects.filter(pk=again.pk).update(last_reported_at=timezone.now())
        client = sign_in(cast["gebiedswerker"])
        assert turns(client) == [(again.pk, "again"), (new.pk, "")]
        assert old.pk not in [pk for pk, _turn in turns(client)]

    def test_is_what_is_not_over_after_all(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Geluidshinder")
        signal.close(by=cast["coordinator"], outcome="Bezocht.")
        of_before(signal)
        client = sign_in(cast["gebiedswerker"])
        assert turns(client) == []
        signal.reopen(by=cast["coordinator"], reason="Het lawaai is terug.")
        assert turns(client) == [(signal.pk, "reopened")]
        assert "heropend" in client.get(HERE).text

    def test_is_not_a_closing_that_was_undone(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = of_before(report("Geluidshinder"))
        signal.record(EventKind.REOPENED, by=cast["coordinator"], reason="undone", undone=True)
        assert turns(sign_in(cast["gebiedswerker"])) == []

    def test_is_what_is_about_something_else_or_elsewhere(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal, client = of_before(report("Geluidshinder")), sign_in(cast["gebiedswerker"])
        other = Category.objects.filter(level=Level.OPEN, routine=False).exclude(pk=signal.category_id).first()
        assert other
        signal.correct(by=cast["coordinator"], category=other, spot=signal.spot, route=None)
        assert turns(client) == [(signal.pk, "new_subject")]
        assert "ander onderwerp" in client.get(HERE).text
        signal.record(EventKind.NEW_PLACE, by=cast["coordinator"], old="Brug", new="Plein")
        assert turns(client) == [(signal.pk, "new_place")]
        assert "andere plaats" in client.get(HERE).text

    def test_is_nothing_of_what_was_said_in_a_smaller_circle(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        """Such as while it was limited: what was written then stays as secret as it was."""
        signal = of_before(report("Geluidshinder"))
        signal.record(EventKind.NEW_PLACE, by=cast["coordinator"], old="Brug", new="Plein")
        assert turns(sign_in(cast["gebiedswerker"])) == [(signal.pk, "new_place")]
        SignalEvent.objects.filter(signal=signal, kind=EventKind.NEW_PLACE).update(level=Level.LIMITED)
        assert turns(sign_in(cast["gebiedswerker"])) == []

    def test_is_nothing_that_turned_before(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        signal = report("Geluidshinder")
        signal.record(EventKind.NEW_PLACE, by=cast["coordinator"], old="Brug", new="Plein")
        of_before(signal)
        assert turns(sign_in(cast["gebiedswerker"])) == []

    def test_counts_what_it_does_not_show(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        changed = [of_before(report("Geluidshinder")) for _number in range(3)]
        for _number in range(4):
            report("Geluidshinder")
        for signal in changed:
            signal.record(EventKind.NEW_PLACE, by=cast["coordinator"], old="Brug", new="Plein")
        content = block(sign_in(cast["gebiedswerker"]))
        assert [row.turn for row in content["signals"]] == ["new_place"] * 3 + [""] * 2
        assert content["more"] == 2
