"""Who finds what in which tab of the inbox."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from signals.filters import Filters
from signals.handing import hand_over
from signals.inbox import Inbox, Tab, tab_of
from signals.intake import Contact, register
from signals.levels import Level
from signals.models import Category, Signal
from signals.rows import Row, rows_of
from signals.to_do import asking_for_a_hand
from signals.workflow import SignalStatus, WaitingFor
from teams.access import access_of
from teams.models import Organisation, Team, User
from tests.cast import KOOIGEM, MARKE, Cast, area

type Make = Callable[..., Signal]


def box(person: User, tab: str = Tab.MINE, **filters: object) -> Inbox:
    return Inbox(access_of(person), tab, Filters(**filters))  # type: ignore[arg-type]


def holds(person: User, signal: Signal, tab: str = Tab.MINE, **filters: object) -> bool:
    return signal in list(box(person, tab, **filters).in_order())


def rows(person: User, tab: str = Tab.MINE, **filters: object) -> list[Row]:
    return rows_of(box(person, tab, **filters).in_order(), access_of(person))


def late(signal: Signal) -> Signal:
    Signal.objects.filter(pk=signal.pk).update(due_at=timezone.now() - dt.timedelta(days=1))
    signal.tasks.update(due_at=timezone.now() - dt.timedelta(days=1))
    return signal


class TestMyTeam:
    def test_leaves_routine_to_the_service_that_does_it(self, cast: Cast, report: Make) -> None:
        signal = report("Sluikstort")
        assert not holds(cast["coordinator"], signal)
        assert holds(cast["uitvoerder"], signal)

    def test_brings_routine_that_is_late(self, cast: Cast, report: Make) -> None:
        assert holds(cast["coordinator"], late(report("Sluikstort")))

    def test_is_of_the_areas_one_routes(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie", at=MARKE)
        assert holds(cast["coordinator.rand"], signal)
        assert not holds(cast["coordinator"], signal)

    def test_leaves_out_what_another_organisation_does_alone(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        assert holds(cast["coordinator.politie"], signal)
        assert not holds(cast["coordinator"], signal)
        assert holds(cast["coordinator"], signal, Tab.ALL)

    def test_holds_what_a_service_of_one_s_organisation_is_asked(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        signal.offer(team=Team.objects.get(code="preventie"), title="Nagaan", by=cast["coordinator.politie"])
        assert holds(cast["coordinator"], signal)

    def test_puts_what_asks_one_s_own_team_first(self, cast: Cast, report: Make) -> None:
        ward, nuisance = Team.objects.get(code="wijkwerking-noord"), late(report("Geluidshinder"))
        asked = report("Onveilige situatie", at=None, area=area("Overleie"))
        asked.offer(team=ward, title="Toezicht", by=cast["coordinator"])
        assert list(box(cast["wijkinspecteur"]).in_order()) == [asked, nuisance]


class TestToDo:
    """The list that a coordinator can empty; the number in the menu says how long it is."""

    def test_lets_go_of_what_somebody_has_in_time(self, cast: Cast, report: Make) -> None:
        bram, signal = cast["coordinator"], late(report("Sluikstort"))
        assert holds(bram, signal, Tab.TODO)
        signal.offer(team=Team.objects.get(code="preventie"), title="Nagaan", by=bram)
        assert not holds(bram, signal, Tab.TODO)
        assert holds(bram, signal, Tab.LATE)

    def test_lets_go_of_what_waits(self, cast: Cast, report: Make) -> None:
        bram, signal = cast["coordinator"], late(report("Sluikstort"))
        until = timezone.localdate() + dt.timedelta(days=3)
        signal.wait(by=bram, until=until, waiting_for=WaitingFor.THIRD_PARTY, reason="De aannemer.")
        assert not holds(bram, signal, Tab.TODO)

    def test_asks_to_end_what_is_done(self, cast: Cast, report: Make) -> None:
        bram, signal = cast["coordinator"], report("Onveilige situatie")
        assert not holds(bram, signal, Tab.TODO)
        signal.tasks.get().complete(by=cast["uitvoerder"], outcome="Het hek staat vast.")
        assert holds(bram, signal, Tab.TODO)

    def test_holds_what_is_asked_of_one_s_own_team_and_not_what_one_asked(self, cast: Cast, report: Make) -> None:
        bram, dirk, signal = cast["coordinator"], cast["coordinator.politie"], report("Onveilige situatie")
        signal.tasks.get().give_back(by=cast["uitvoerder"], reason="Niet voor ons.")
        assert holds(bram, signal, Tab.TODO)
        hand_over(signal=signal, by=bram, team=Team.objects.get(code="coordinatie-politie"), text="Voor jullie.")
        assert not holds(bram, signal, Tab.TODO)
        assert holds(dirk, signal, Tab.TODO)
        assert asking_for_a_hand(access_of(dirk)) == box(dirk, Tab.TODO).count(Tab.TODO) == 1

    def test_holds_what_was_lifted_until_somebody_does_something_with_it(self, cast: Cast, report: Make) -> None:
        bram, signal = cast["coordinator"], [report("Sluikstort") for _time in range(3)][-1]
        assert holds(bram, signal, Tab.TODO)
        assert not holds(cast["uitvoerder"], signal, Tab.TODO)  # their team has it in hand
        signal.offer(team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht", by=bram)
        assert not holds(bram, signal, Tab.TODO)
        assert holds(bram, signal)

    def test_holds_what_may_be_the_answer_until_somebody_says_so(self, cast: Cast, report: Make) -> None:
        bram, signal = cast["coordinator"], report("Onveilige situatie", name="An Claes", phone="0470 12 34 56")
        wait: dict[str, Any] = {"by": bram, "until": timezone.localdate() + dt.timedelta(days=3), "reason": "Waar?"}
        signal.wait(waiting_for=WaitingFor.REPORTER, **wait)
        assert not holds(bram, signal, Tab.TODO)
        register(
            Contact(category=signal.category, description="Aan nummer 12.", registered_by=cast["agent"]), join=signal
        )
        signal.refresh_from_db()
        assert signal.status == SignalStatus.WAITING  # it gave no name: nobody but a person can tell
        assert holds(bram, signal, Tab.TODO)
        signal.wait(waiting_for=WaitingFor.REPORTER, **wait)
        assert not holds(bram, signal, Tab.TODO)

    def test_puts_what_it_is_asked_to_take_over_where_the_answer_is_due(self, cast: Cast, report: Make) -> None:
        """Among the tasks that are offered: of limited matter too, by the term of the question alone."""
        lies, nurse, ward = cast["wijkinspecteur"], cast["coordinator.ocmw"], Team.objects.get(code="wijkwerking-noord")
        urgent, soon, calm = report("Onveilige situatie"), report("Schuldhulp of steun"), report("Onveilige situatie")
        hand_over(signal=soon, by=nurse, team=ward, text="Voor jullie.", legal_ground="Vitaal belang")
        for signal, days in ((urgent, 0), (calm, 30)):
            signal.offer(team=ward, title="Toezicht", by=cast["coordinator"])
            due = timezone.now() + dt.timedelta(days=days)
            Signal.objects.filter(pk=signal.pk).update(due_at=due)
        Signal.objects.filter(pk=soon.pk).update(due_at=timezone.now() - dt.timedelta(days=9))
        assert list(box(lies, Tab.TODO).in_order()) == [urgent, soon, calm]


class TestOtherTabs:
    def test_divide_holds_what_nobody_has(self, cast: Cast, report: Make) -> None:
        signal = report("Klacht over de dienstverlening")
        assert holds(cast["coordinator"], signal, Tab.DIVIDE)

    def test_late_holds_what_is_past_its_term(self, cast: Cast, report: Make) -> None:
        on_time = report("Onveilige situatie")
        assert not holds(cast["coordinator"], on_time, Tab.LATE)
        assert holds(cast["coordinator"], late(on_time), Tab.LATE)

    def test_waiting_holds_what_another_organisation_did_not_answer(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie")
        task = signal.offer(team=Team.objects.get(code="wijkwerking-noord"), title="Toezicht", by=cast["coordinator"])
        assert holds(cast["coordinator"], signal, Tab.WAITING)
        task.accept(by=cast["wijkinspecteur"])
        assert not holds(cast["coordinator"], signal, Tab.WAITING)

    def test_unplaced_holds_what_lies_nowhere(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie", at=None)
        assert holds(cast["coordinator"], signal, Tab.UNPLACED)
        assert not holds(cast["wijkinspecteur"], signal, Tab.ALL)

    def test_all_leaves_out_what_has_ended(self, cast: Cast, report: Make) -> None:
        signal = report("Onveilige situatie")
        signal.close(by=cast["coordinator"], outcome="In orde.")
        assert not holds(cast["coordinator"], signal, Tab.ALL)
        assert holds(cast["coordinator"], signal, Tab.ALL, status="closed")

    @pytest.mark.parametrize("tab", Tab.values)
    def test_each_counts_what_it_lists(self, cast: Cast, report: Make, tab: str) -> None:
        for subject in ("Sluikstort", "Onveilige situatie", "Klacht over de dienstverlening", "Schuldhulp of steun"):
            late(report(subject))
        report("Onveilige situatie", at=None)
        mine = box(cast["coordinator"], tab)
        assert mine.count(tab) == len(mine.in_order()) == len(mine.page(1).object_list)


class TestSecrecy:
    def test_limited_of_another_is_a_row_without_words(self, cast: Cast, report: Make) -> None:
        report("Schuldhulp of steun", place="Overleiestraat 12", description="Kan de huur niet betalen.")
        [row] = rows(cast["coordinator"])
        assert (row.signal, row.share, row.url, row.key) == (None, None, "", "")
        assert row.heading == "Loopt bij het OCMW · Overleie"
        assert [row.signal for row in rows(cast["coordinator.ocmw"]) if row.is_full] != []

    def test_sealed_is_nothing_at_all(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        for outsider in ("coordinator", "coordinator.ocmw", "coordinator.politie", "wijkinspecteur", "gebiedswerker"):
            assert rows(cast[outsider], Tab.ALL) == []
            assert box(cast[outsider]).counts == dict.fromkeys(box(cast[outsider]).counts, 0)
        assert holds(cast["verpleegkundige"], signal)

    @pytest.mark.parametrize("content", [
        {"words": "huur"}, {"words": "S-"}, {"status": "in_progress"}, {"channel": "phone"}, {"secret": True},
    ])  # fmt: skip
    def test_limited_is_not_found_by_what_is_in_it(self, cast: Cast, report: Make, content: dict[str, object]) -> None:
        signal = report("Schuldhulp of steun", description="Kan de huur niet betalen.")
        assert not holds(cast["coordinator"], signal, Tab.ALL, **content)
        assert holds(cast["coordinator.ocmw"], signal, Tab.ALL, **content)

    def test_limited_is_not_found_by_its_subject(self, cast: Cast, report: Make) -> None:
        signal, subject = report("Schuldhulp of steun"), Category.objects.get(name="Schuldhulp of steun")
        assert not holds(cast["coordinator"], signal, Tab.ALL, category_ids=[subject.pk])
        assert holds(cast["coordinator.ocmw"], signal, Tab.ALL, category_ids=[subject.pk])

    def test_limited_is_found_by_area_and_owner(self, cast: Cast, report: Make) -> None:
        signal = report("Schuldhulp of steun")
        owner = Organisation.objects.get(code="ocmw")
        assert holds(cast["coordinator"], signal, Tab.ALL, area=area("Overleie"), owner_id=owner.pk)
        assert not holds(cast["coordinator"], signal, Tab.ALL, area=area("Pius X"))

    def test_limited_is_not_placed_more_exactly_by_another_set(self, cast: Cast, report: Make) -> None:
        signal = report("Schuldhulp of steun")
        assert not holds(cast["coordinator"], signal, Tab.ALL, area=area("Overleie"), area_is_shown=False)
        assert holds(cast["coordinator.ocmw"], signal, Tab.ALL, area=area("Overleie"), area_is_shown=False)

    def test_limited_comes_last_whatever_its_term(self, cast: Cast, report: Make) -> None:
        hidden, shown = late(report("Schuldhulp of steun")), report("Onveilige situatie")
        assert list(box(cast["coordinator"]).in_order()) == [shown, hidden]

    def test_a_shared_sentence_is_a_row_of_its_receiver(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand", at=KOOIGEM)
        signal.share(
            by=cast["verpleegkundige"], team=Team.objects.get(code="wijkwerking-zuid"), text="Bel eerst aan.",
            legal_ground="Vitaal belang", purpose="Huisbezoek", expires_at=timezone.now() + dt.timedelta(days=3),
        )  # fmt: skip
        [row] = rows(cast["wijkinspecteur.zuid"])
        assert row.signal is None
        assert row.share is not None
        assert row.share.text == "Bel eerst aan."
        assert signal.reference not in row.url
        assert rows(cast["wijkinspecteur"], Tab.ALL) == []

    def test_what_was_made_limited_loses_its_words_for_others(self, cast: Cast, report: Make) -> None:
        signal = report("Geluidshinder")
        signal.raise_level(by=cast["coordinator.politie"], level=Level.LIMITED)
        assert [row.heading for row in rows(cast["coordinator"])] == ["Loopt bij de politie · Overleie"]
        assert [row.signal for row in rows(cast["coordinator.politie"])] == [signal]


class TestFirstTab:
    @pytest.mark.parametrize("name", ["coordinator", "uitvoerder", "wijkinspecteur", "gebiedswerker", "fluvius"])
    def test_is_what_the_menu_counts(self, cast: Cast, report: Make, name: str) -> None:
        late(report("Onveilige situatie"))
        report("Klacht over de dienstverlening")
        viewer = access_of(cast[name])
        assert tab_of({}, viewer) == Tab.TODO
        assert box(cast[name], Tab.TODO).count(Tab.TODO) == asking_for_a_hand(viewer)

    def test_is_all_of_one_s_own_for_who_looks_for_words(self, cast: Cast) -> None:
        assert tab_of({"q": "zetel", "tab": "onzin"}, access_of(cast["coordinator"])) == Tab.MINE

    def test_and_the_number_are_nobody_s_who_only_looks_on(self, cast: Cast, report: Make) -> None:
        late(report("Onveilige situatie"))
        onlooker = access_of(cast["dpo"])
        assert (tab_of({}, onlooker), asking_for_a_hand(onlooker)) == (Tab.ALL, 0)


class TestNumberInTheMenu:
    def test_counts_what_asks_for_a_hand(self, cast: Cast, report: Make) -> None:
        bram = access_of(cast["coordinator"])
        report("Onveilige situatie")
        assert asking_for_a_hand(bram) == 0
        late(report("Onveilige situatie", place="Budastraat"))
        report("Klacht over de dienstverlening")
        assert asking_for_a_hand(bram) == 2

    def test_says_nothing_about_sealed_matter(self, cast: Cast, report: Make) -> None:
        late(report("Bezorgd om iemand"))
        assert asking_for_a_hand(access_of(cast["coordinator.ocmw"])) == 0
        assert asking_for_a_hand(access_of(cast["verpleegkundige"])) == 1
