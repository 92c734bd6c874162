"""What goes along with a tablet: logged as given along, once for each shift; and of notes those of where one works."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from areas.within import areas_of_zone
from kortrijk_gebied.audit.models import ReadEntry
from signals.levels import Level
from signals.models import PatrolRound, Signal
from signals.presence import inner_zones
from teams.models import ShiftNote, Team
from tests.cast import Cast, area
from tests.field.tablet import FieldTablet, reading, task_of, works_in

type Make = Callable[..., Signal]


class TestLog:
    def test_says_that_it_was_given_along_once_for_each_shift(
        self, tablet: FieldTablet, cast: Cast, report: Make
    ) -> None:
        """Whether somebody looks at it without network, nobody knows; a tablet asks for it every ten minutes."""
        works_in(cast, "Overleie")
        seen_by_me = report(channel="warden", by=cast["gemeenschapswacht"])
        seen_by_me.close(by=cast["coordinator"], outcome="Opgeruimd.")
        asked, new = report(), report()
        task = task_of(asked)
        Signal.objects.filter(pk__in=[seen_by_me.pk, asked.pk, new.pk]).update(
            level=Level.LIMITED, area=area("Overleie")
        )

        def told() -> list[tuple[Any, ...]]:
            return sorted(ReadEntry.objects.values_list("object_type", "object_id", "surface"), key=str)

        blocks = {block["key"]: block["html"] for block in reading(tablet)["zone"]}
        assert new.title in blocks["signals-limited"]
        once = [("signal", each.pk, "tablet") for each in (seen_by_me, asked, new)] + [("task", task.pk, "tablet")]
        assert told() == sorted(once, key=str)
        reading(tablet)
        assert told() == sorted(once, key=str)
        assert tablet.start(cast["gemeenschapswacht"]).status_code == 201
        reading(tablet)
        assert told() == sorted(once * 2, key=str)
        Signal.objects.filter(pk=new.pk).update(level=Level.OPEN)
        later = report()
        Signal.objects.filter(pk=later.pk).update(level=Level.LIMITED, area=area("Overleie"))
        reading(tablet)
        assert told() == sorted([*once * 2, ("signal", later.pk, "tablet")], key=str)


class TestNotes:
    def test_are_those_of_where_one_works_and_not_of_elsewhere(self, tablet: FieldTablet, cast: Cast) -> None:
        team, now = Team.objects.get(code="gemeenschapswachten"), timezone.now()
        inner = next(zone for zone in inner_zones() if area("Overleie") in areas_of_zone(zone))
        left = {"by": cast["uitvoerder"], "team": team}
        ShiftNote.objects.create(text="Hier.", area=area("Overleie"), at=now - dt.timedelta(hours=9), **left)
        walked = {**left, "started_at": now, "ended_at": now}
        PatrolRound.objects.create(note="In de zone.", zone=inner, **walked)
        PatrolRound.objects.create(note="Overal.", **walked)
        for number in range(6):
            ShiftNote.objects.create(text=f"Elders {number}.", area=area("Pius X"), at=now, **left)
        assert len([note for note in reading(tablet)["notes"] if note["text"].startswith("Elders")]) > 1
        works_in(cast, "Overleie")
        assert {note["text"] for note in reading(tablet)["notes"]} == {"Hier.", "In de zone.", "Overal."}
