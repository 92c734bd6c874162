"""One briefing, in as many versions as there are readers: each has what it may see, and on paper only what is open."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from signals.levels import Level
from signals.models import Feedback, Signal, Task
from teams.models import ShiftNote, Team
from tests.cast import Cast, area
from tests.teams.briefings import HERE, behind, blocks
from tests.teams.bulletins import bulletin
from tests.teams.flags import flag_of
from tests.teams.inventory import action

type SignIn = Callable[[Any], Client]
type Make = Callable[..., Signal]
POLICE = "wijkwerking-noord"


def rows(content: dict[str, Any]) -> list[Any]:
    return list(content.get("signals") or content.get("flags") or [])


class TestVersions:
    """The city and the police read the same of what is joint, and each its own of what is limited."""

    def test_differ_by_what_each_may_see(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        loud, quarrel, worry = report("Geluidshinder"), report("Burenruzie"), report("Bezorgd om iemand")
        elsewhere = report("Burenruzie")
        Signal.objects.filter(pk=elsewhere.pk).update(area=area("Pius X"))
        flag_of(cast)
        city, police = blocks(sign_in(cast["gebiedswerker"])), blocks(sign_in(cast["wijkinspecteur"]))
        assert [signal.pk for signal in police["signals-limited"]["signals"]] == [quarrel.pk]
        assert "signals-limited" not in city
        for key in ("signals-new", "flags-watch"):
            assert [row.pk for row in rows(city[key])] == [row.pk for row in rows(police[key])]
        readers = [cast["gebiedswerker"], cast["wijkinspecteur"], cast["verpleegkundige"], behind("sociaalhuis")]
        for person in readers:
            page = sign_in(person).get(HERE).content.decode()
            assert worry.reference not in page
            assert "Bezorgd om iemand" not in page
        assert loud.pk in [row.pk for row in rows(city["signals-new"])]

    def test_log_who_reads_what_is_limited(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        quarrel = report("Burenruzie")
        blocks(sign_in(cast["gebiedswerker"]))
        assert not ReadEntry.objects.filter(surface="briefing").exists()
        page = sign_in(cast["wijkinspecteur"]).get(HERE).content.decode()
        assert ReadEntry.objects.filter(surface="briefing", reference=quarrel.reference).exists()
        assert 'class="off-paper"' in page

    def test_hold_nothing_sealed_for_who_may_read_it_either(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        worry = report("Bezorgd om iemand")
        team = Team.objects.get(code="sociale-dienst")
        Task.objects.create(signal=worry, team=team, title="Aanbellen bij iemand", level=worry.level)
        page = sign_in(cast["verpleegkundige"]).get(HERE).content.decode()
        assert "Aanbellen bij iemand" not in page

    def test_have_what_a_house_keeps_to_itself_in_its_own_version(self, cast: Cast, sign_in: SignIn) -> None:
        """Of the same sections, each time one for all and one of the police alone."""
        police, today = Team.objects.get(code=POLICE), timezone.localdate()
        runs: dict[str, Any] = {"kind": "campaign", "starts": today}
        flag_of(cast, place="Voor allen"), flag_of(cast, place="Van de politie", team=police, audience="internal")
        bulletin(cast, title="Voor allen", audience="partners", **runs)
        bulletin(cast, by="wijkinspecteur", title="Van de politie", team=POLICE, audience="internal", **runs)
        action(cast["coordinator"], "Voor allen", due_on=today, audience="partners")
        action(cast["wijkinspecteur"], "Van de politie", team=POLICE, due_on=today, audience="internal")
        left = {"by": cast["wijkinspecteur"], "team": police, "area": area("Overleie")}
        ShiftNote.objects.create(text="Voor allen", audience="partners", **left)
        ShiftNote.objects.create(text="Van de politie", **left)
        beside = left | {"by": cast["uitvoerder"], "team": Team.objects.get(code="team-net-noord")}
        ShiftNote.objects.create(text="Van een ander team van de stad", **beside)

        def read(name: str) -> dict[str, set[str]]:
            found = blocks(sign_in(cast[name]))
            return {
                "watch": {flag.place for flag in found["flags-watch"]["flags"]},
                "campaigns": {row.title for row in found["campaigns"]["bulletins"]},
                "due": {row.title for row in found["actions-due"]["actions"]},
                "notes": {note.text for note in found["briefing-notes"]["notes"]},
            }

        everybody, own = {"Voor allen"}, {"Voor allen", "Van de politie"}
        assert read("gebiedswerker") == dict.fromkeys(("watch", "campaigns", "due", "notes"), everybody)
        # What is agreed is read aloud: of one house alone it stands with its actions.
        assert read("wijkinspecteur") == {"watch": own, "campaigns": own, "due": everybody, "notes": own}

    def test_tell_of_the_work_of_others_only_what_is_open(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        open_, limited = report("Geluidshinder"), report("Burenruzie")
        for signal in (open_, limited):
            Task.objects.create(signal=signal, team=Team.objects.get(code="team-net-noord"), title="Langsgaan")
        hidden = Task.objects.create(
            signal=open_, team=Team.objects.get(code="team-net-noord"), title="Stil werk", level=Level.LIMITED
        )
        for name in ("gebiedswerker", "wijkinspecteur", "coordinator"):
            found = blocks(sign_in(cast[name]))["signals-tasks"]["tasks"]
            assert {task.signal_id for task in found} == {open_.pk}, name
            assert "Langsgaan" in [task.title for task in found], name
            assert hidden.pk not in [task.pk for task in found], name

    def test_tell_how_it_ended_only_of_what_is_open(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        open_, limited = report("Geluidshinder"), report("Burenruzie")
        open_.close(by=cast["coordinator"], outcome="Bezocht.")
        limited.close(by=cast["coordinator.politie"], outcome="Bemiddeld.")
        for name in ("gebiedswerker", "wijkinspecteur"):
            found = blocks(sign_in(cast[name]))["signals-outcomes"]["signals"]
            assert [signal.pk for signal in found] == [open_.pk], name

    def test_log_tasks_and_feedback_on_what_is_limited(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        asked, raised = report(), report(channel="warden", by=cast["gemeenschapswacht"])
        task = Task.objects.create(signal=asked, team=Team.objects.get(code="gemeenschapswachten"), title="Kijken")
        raised.close(by=cast["coordinator"], outcome="De bank is hersteld.")
        blocks(sign_in(cast["gemeenschapswacht"]))
        assert not ReadEntry.objects.exists()
        long_ago = timezone.now() - dt.timedelta(days=9)  # so that it stands in no other block
        Signal.objects.filter(pk__in=[asked.pk, raised.pk]).update(level=Level.LIMITED, reported_at=long_ago)
        blocks(sign_in(cast["gemeenschapswacht"]))
        looks = set(ReadEntry.objects.values_list("object_type", "object_id", "surface"))
        assert looks == {("task", task.pk, "briefing"), ("signal", raised.pk, "briefing")}


class TestPaper:
    """What lies on a table is read by whoever passes: it holds what is open, and what one's own team left."""

    def test_has_nothing_of_one_house_or_of_one_person(self, cast: Cast, sign_in: SignIn, report: Make) -> None:
        wardens, today = Team.objects.get(code="gemeenschapswachten"), timezone.localdate()
        for audience, said in (("partners", "Voor allen"), ("internal", "Van ons")):
            flag_of(cast, place=said, team=wardens, audience=audience)
            bulletin(cast, by="gemeenschapswacht", team=wardens.code, title=said, kind="campaign", starts=today,
                     audience=audience)  # fmt: skip
            ShiftNote.objects.create(
                text=f"Nota: {said}", audience=audience, by=cast["uitvoerder"], team=wardens, area=area("Overleie")
            )
        raised = report(channel="warden", by=cast["gemeenschapswacht"])
        raised.close(by=cast["coordinator"], outcome="De bank is hersteld.")
        assert Feedback.objects.filter(user=cast["gemeenschapswacht"]).exists()
        page = sign_in(cast["gemeenschapswacht"]).get(HERE).text
        off_paper = " ".join(
            re.findall(r'<li class="off-paper">.*?</li>', page, re.S)
            + re.findall(r'<div class="off-paper">.*?</div>', page, re.S)
        )
        assert off_paper.count("Van ons") == 2  # the flag and the campaign
        assert "De bank is hersteld." in off_paper
        assert "Voor allen" not in off_paper
        assert "Nota:" not in off_paper
