import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.workdays import BRUSSELS
from teams.models import Membership, PostHolder, Rota, RotaVersion, ShiftPattern, User
from teams.rota import drafting, rules
from teams.rota.calendars import written
from teams.rota.own import shifts_of_person, turns_of_person
from teams.rota.publishing import publish
from teams.rota.reading import plan_of
from teams.rota.tables import week
from tests.cast import Cast
from tests.teams.rotas import away, drafted, more_wardens, published, rota_of, seen_on, wardens_team, zones
from tests.teams.test_rota_publish import swappable

type SignIn = Callable[[User], Client]


@pytest.fixture
def rota(cast: Cast) -> Rota:
    return published(cast["coordinator"])


def page(client: Client, name: str, *args: object, status: int = 200, **asked: str) -> str:
    response = client.get(reverse(f"rota:{name}", args=args), asked)
    assert response.status_code == status, response.status_code
    return response.content.decode()


class TestReading:
    def test_a_warden_finds_the_own_rota_first(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        mo = cast["gemeenschapswacht"]
        found = page(sign_in(mo), "rotas")
        assert "Jouw beurtrol" in found
        for turn in rota.published.turns.filter(user=mo):  # type: ignore[union-attr]
            assert turn.zone.name in found

    def test_colleagues_of_the_areas_see_who_serves_today_and_no_rounds(
        self, rota: Rota, cast: Cast, sign_in: SignIn
    ) -> None:
        agent = sign_in(cast["agent"])
        found = page(agent, "rota", rota.pk)
        assert cast["gemeenschapswacht"].name in found
        assert "Alle periodes" not in found
        page(agent, "week", rota.pk, status=403)
        assert "Alle periodes" in page(sign_in(cast["gemeenschapswacht"]), "rota", rota.pk)

    def test_is_not_there_for_who_may_view_none_of_its_zones(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        page(sign_in(cast["fluvius"]), "rota", rota.pk, status=404)
        assert rota.team.name not in page(sign_in(cast["fluvius"]), "rotas")
        page(sign_in(cast["agent"]), "rota", rota.pk)

    def test_names_nobody_who_is_away_today_and_no_reason(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        mo, today = cast["gemeenschapswacht"], timezone.localdate()
        away(mo, today, today)
        assert mo.name not in page(sign_in(cast["agent"]), "rota", rota.pk)

    def test_shows_a_week_with_what_nobody_walks(self, rota: Rota, cast: Cast, sign_in: SignIn) -> None:
        monday = timezone.localdate() + dt.timedelta(days=35)
        monday -= dt.timedelta(days=monday.weekday())
        mo = sign_in(cast["gemeenschapswacht"])
        assert "niemand" not in page(mo, "week", rota.pk, dag=monday.isoformat())
        for person in User.objects.filter(rota_turns__version=rota.published).distinct():
            away(person, monday, monday)
        found = page(mo, "week", rota.pk, dag=monday.isoformat())
        assert found.count("<b>niemand</b>") == 5 * 2  # every zone, both rounds

    def test_shows_a_week_that_is_over_as_it_was_told(self, rota: Rota, cast: Cast) -> None:
        version, day = rota.published, timezone.localdate() + dt.timedelta(days=70)
        assert version
        with time_machine.travel(dt.datetime.combine(day, dt.time(9), dt.UTC)):
            draft = drafting.begin_draft(rota, by=cast["coordinator"])
            drafting.extend(draft, 1)
            publish(draft, by=cast["coordinator"], late=True)
            assert draft.shifts.order_by("day")[0].day > day - dt.timedelta(days=66)
            assert rota.published == draft
            assert rota.published_by_then(day - dt.timedelta(days=60)) == version
            assert rota.published_by_then(day) == draft

    @pytest.mark.parametrize("said", ["", "gisteren", "2026-02-31", "9999-12-31", "0001-01-01"])
    def test_takes_any_day_that_is_typed(self, rota: Rota, cast: Cast, sign_in: SignIn, said: str) -> None:
        page(sign_in(cast["gemeenschapswacht"]), "week", rota.pk, dag=said)

    def test_says_cover_in_the_week(self, rota: Rota, cast: Cast) -> None:
        day = timezone.localdate() + dt.timedelta(days=40)
        monday = day - dt.timedelta(days=day.weekday())
        version = rota.published
        assert version
        alone = [
            zone
            for zone in zones()
            if version.turns.filter(zone=zone, starts__lte=monday, ends__gte=monday).count() == 1
        ]
        [turn] = version.turns.filter(zone=alone[0], starts__lte=monday, ends__gte=monday)
        away(turn.user, monday, monday)
        draft = drafting.begin_draft(rota, by=cast["coordinator"])
        line = next(line for line in week(draft, monday) if line.zone == alone[0])
        assert [shift.is_cover for shift in line.cells[0].shifts] == [True, True]
        assert not line.cells[0].gaps

    def test_asks_as_much_for_twelve_wardens_as_for_five(self, cast: Cast, sign_in: SignIn) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        rota = published(cast["coordinator"], wardens=3)
        counts = []
        for count in (3, 5):
            more_wardens(count)
            with CaptureQueriesContext(connection) as asked:
                page(sign_in(cast["gemeenschapswacht"]), "rota", rota.pk)
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestManaging:
    def test_makes_a_rota_from_nothing_to_published(self, cast: Cast, sign_in: SignIn) -> None:
        more_wardens()
        bram, team = sign_in(cast["coordinator"]), wardens_team()
        first = timezone.localdate().replace(day=1)
        given = {
            "team": team.pk, "zones": [zone.pk for zone in zones()], "months": 2, "first_on": first.isoformat(),
            "notice_days": 14,
        }  # fmt: skip
        for _twice in range(2):
            bram.post(reverse("rota:rota-add"), given)
        rota = Rota.objects.get(team=team)
        rounds = {"name": "vroege ronde", "weekdays": ["0", "1"], "starts": "09:00", "ends": "12:00"}
        assert bram.post(reverse("rota:pattern-add", args=[rota.pk]), rounds).status_code == 302
        bram.post(reverse("rota:draft", args=[rota.pk]))
        draft = rota.draft
        assert draft
        bram.post(reverse("rota:version-periods", args=[draft.pk]), {"count": 2})
        assert "elke zone" not in page(bram, "version", draft.pk)
        address = reverse("rota:version-publication", args=[draft.pk])
        given = {"note": "Tot in januari.", "seen": seen_on(bram, address)}
        assert bram.post(address, given).status_code == 422  # shorter before than agreed
        answer = bram.post(address, {**given, "late": "on"}, follow=True)
        assert "Gepubliceerd." in answer.content.decode()
        version = RotaVersion.objects.get(pk=draft.pk)
        assert (version.state, version.note) == ("published", "Tot in januari.")
        assert version.shifts.exists()

    def test_shows_what_a_change_breaks_before_it_is_kept(self, cast: Cast, sign_in: SignIn) -> None:
        draft = drafted(cast["coordinator"])
        bram, plan = sign_in(cast["coordinator"]), plan_of(draft.rota, draft)
        one, two = plan.periods[1:3]
        turn = plan.turns_in(one)[0]
        asked = {"period": two.starts.isoformat(), "who": str(turn.who), "to": f"zone:{turn.zone}"}
        found = page(bram, "version-change", draft.pk, period=asked["period"], who=asked["who"], to=asked["to"])
        assert "tweemaal na elkaar in dezelfde zone" in found
        assert "Bewaren in het ontwerp" not in found
        assert bram.post(reverse("rota:version-change", args=[draft.pk]), asked).status_code == 422

    def test_keeps_a_swap_that_only_warns(self, cast: Cast, sign_in: SignIn) -> None:
        draft = drafted(cast["coordinator"])
        bram, plan = sign_in(cast["coordinator"]), plan_of(draft.rota, draft)
        one, other = swappable(plan)
        asked = {"period": plan.periods[2].starts.isoformat(), "who": str(one.who), "to": f"person:{other.who}"}
        found = page(bram, "version-change", draft.pk, period=asked["period"], who=asked["who"], to=asked["to"])
        assert "Bewaren in het ontwerp" in found
        assert "rondes anders op" in found
        seen = found.split('name="seen" value="')[1].split('"')[0]
        assert bram.post(reverse("rota:version-change", args=[draft.pk]), {**asked, "seen": seen}).status_code == 302
        after = {turn.who: turn.zone for turn in plan_of(draft.rota, draft).turns_in(plan.periods[2])}
        assert after[one.who] == other.zone

    def test_is_refused_to_who_reads_and_hidden_from_who_does_not(self, cast: Cast, sign_in: SignIn) -> None:
        draft = drafted(cast["coordinator"])
        rota = draft.rota
        acts = [
            ("draft", rota.pk), ("pattern-add", rota.pk), ("version-periods", draft.pk), ("filling", rota.pk),
            ("version-change", draft.pk), ("version-publication", draft.pk), ("version-removal", draft.pk),
            ("settings", rota.pk), ("pattern-removal", ShiftPattern.objects.filter(rota=rota)[0].pk),
        ]  # fmt: skip
        for name, pk in acts:
            address = reverse(f"rota:{name}", args=[pk])
            assert sign_in(cast["gemeenschapswacht"]).post(address).status_code == 403, name
            assert sign_in(cast["coordinator.politie"]).post(address).status_code == 403, name
            assert sign_in(cast["beheerder.politie"]).post(address).status_code == 404, name
        assert sign_in(cast["projectmedewerker"]).get(reverse("rota:settings", args=[rota.pk])).status_code == 403
        assert sign_in(cast["beheerder"]).get(reverse("rota:settings", args=[rota.pk])).status_code == 200
        assert RotaVersion.objects.filter(pk=draft.pk, state="draft").exists()

    def test_lengthens_once_what_is_pressed_twice(self, cast: Cast, sign_in: SignIn) -> None:
        draft, bram = drafted(cast["coordinator"]), sign_in(cast["coordinator"])
        address, seen = reverse("rota:version-periods", args=[draft.pk]), len(plan_of(draft.rota, draft).periods)
        form = bram.get(reverse("rota:version", args=[draft.pk])).context["form"]
        assert form["after"].value() == seen
        for _twice in range(2):
            assert bram.post(address, {"count": 2, "after": seen}).status_code == 302
        assert len(plan_of(draft.rota, draft).periods) == seen + 2
        answer = bram.post(address, {"count": 3, "after": seen}, follow=True)
        assert "veranderden intussen" in answer.content.decode()
        assert len(plan_of(draft.rota, draft).periods) == seen + 2

    @pytest.mark.parametrize("name", ["version-periods", "version-removal"])
    def test_changes_nothing_by_a_link(self, cast: Cast, sign_in: SignIn, name: str) -> None:
        draft = drafted(cast["coordinator"])
        address = reverse(f"rota:{name}", args=[draft.pk])
        assert sign_in(cast["coordinator"]).get(address).status_code == 405

    def test_throws_a_draft_away(self, cast: Cast, sign_in: SignIn) -> None:
        draft = drafted(cast["coordinator"])
        sign_in(cast["coordinator"]).post(reverse("rota:version-removal", args=[draft.pk]))
        assert not RotaVersion.objects.exists()

    def test_refuses_one_zone_and_a_team_of_others(self, cast: Cast, sign_in: SignIn) -> None:
        given = {"zones": [zones()[0].pk], "months": 2, "first_on": "2027-01-31", "notice_days": 14}
        for who, team in (("coordinator", wardens_team().pk), ("coordinator.politie", wardens_team().pk)):
            answer = sign_in(cast[who]).post(reverse("rota:rota-add"), {**given, "team": team})
            assert answer.status_code == 422
        assert not Rota.objects.exists()

    def test_refuses_a_round_that_ends_before_it_starts(self, cast: Cast, sign_in: SignIn) -> None:
        rota = rota_of(cast["coordinator"])
        given = {"name": "nacht", "weekdays": ["0"], "starts": "18:00", "ends": "09:00"}
        answer = sign_in(cast["coordinator"]).post(reverse("rota:pattern-add", args=[rota.pk]), given)
        assert answer.status_code == 422
        assert rota.patterns.count() == 2


class TestCalendar:
    def test_tells_the_own_turns_and_rounds_to_who_has_the_address(
        self, rota: Rota, cast: Cast, sign_in: SignIn, client: Client
    ) -> None:
        mo = cast["gemeenschapswacht"]
        made = sign_in(mo).post(reverse("rota:calendar")).content.decode()
        address = made.split('id="address" type="text" readonly value="')[1].split('"')[0]
        path = address[address.index("/gebieden/") :]
        answer = client.get(path)
        text = answer.content.decode().replace("\r\n ", "")
        assert answer["Content-Type"].startswith("text/calendar")
        version = rota.published
        assert version
        today = timezone.localdate()
        mine = version.shifts.filter(user=mo, day__gte=today - dt.timedelta(days=30)).count()
        turns = version.turns.filter(user=mo, ends__gte=today - dt.timedelta(days=30)).count()
        assert text.count("BEGIN:VEVENT") == mine + turns
        assert text.count("(beurtrol)") == turns
        assert "TZID=Europe/Brussels" in text
        others = User.objects.filter(rota_turns__version=version).exclude(pk=mo.pk)
        assert not [person for person in others if person.name in text]

    def test_is_read_by_another_program_on_the_clock_of_brussels(self, rota: Rota, cast: Cast) -> None:
        """By vobject, which knows nothing of the library that writes it."""
        mo, version = cast["gemeenschapswacht"], rota.published
        assert version
        found = vobject.readOne(written(mo).decode())
        events = {each.uid.value: each for each in found.vevent_list}
        assert len(events) == len(found.vevent_list)
        shift = version.shifts.filter(user=mo, day__gte=timezone.localdate())[0]
        event = next(
            each for key, each in events.items() if key.startswith(f"round-{mo.pk}-{shift.day}-{shift.starts}")
        )
        told = [event.dtstart.value.astimezone(BRUSSELS), event.dtend.value.astimezone(BRUSSELS)]
        assert [moment.replace(tzinfo=None) for moment in told] == [
            dt.datetime.combine(shift.day, shift.starts), dt.datetime.combine(shift.day, shift.ends),
        ]  # fmt: skip
        assert event.summary.value == f"{shift.zone.name}: {shift.name}"
        turn = version.turns.filter(user=mo, ends__gte=timezone.localdate()).order_by("starts")[0]
        whole = next(
            each for key, each in events.items() if key.startswith(f"turn-{mo.pk}-{turn.zone_id}-{turn.starts}")
        )
        assert (whole.dtstart.value, whole.dtend.value) == (turn.starts, turn.ends + dt.timedelta(days=1))

    def test_opens_nothing_after_a_new_one_or_a_revocation(
        self, rota: Rota, cast: Cast, sign_in: SignIn, client: Client
    ) -> None:
        mo = sign_in(cast["gemeenschapswacht"])
        paths = []
        for _twice in range(2):
            made = mo.post(reverse("rota:calendar")).content.decode()
            address = made.split('readonly value="')[1].split('"')[0]
            paths.append(address[address.index("/gebieden/") :])
        assert [client.get(path).status_code for path in paths] == [410, 200]
        mo.post(reverse("rota:calendar-revocation"))
        assert client.get(paths[1]).status_code == 410
        assert client.get(reverse("rota:calendar-file", args=["geraden"])).status_code == 404

    def test_leaves_out_days_on_which_one_is_away(self, rota: Rota, cast: Cast) -> None:
        mo, today = cast["gemeenschapswacht"], timezone.localdate()
        before = written(mo).count(b"BEGIN:VEVENT")
        away(mo, today, today + dt.timedelta(days=13))
        assert written(mo).count(b"BEGIN:VEVENT") < before


class TestWeakSpots:
    def test_a_warden_who_left_serves_nowhere_today(self, rota: Rota, cast: Cast) -> None:
        from teams.rota.own import serving

        mo = cast["gemeenschapswacht"]
        User.objects.filter(pk=mo.pk).update(is_active=False)
        assert mo not in [person for each in serving(rota, timezone.localdate()) for person in each.people]
        found = rules.broken(plan_of(rota, rota.published))
        assert rules.Rule.MEMBER in {each.rule for each in found}

    def test_a_warden_who_left_the_team_has_no_rounds_and_no_zone_any_more(
        self, rota: Rota, cast: Cast, sign_in: SignIn
    ) -> None:
        mo, today = cast["gemeenschapswacht"], timezone.localdate()
        assert "Jouw beurtrol" in page(sign_in(mo), "rotas")
        last = today + dt.timedelta(days=20)
        Membership.objects.filter(user=mo, team=rota.team).update(ends=last)
        version = rota.published
        assert version
        told = version.shifts.filter(user=mo, day__gte=today, day__lte=last)
        assert [shift.pk for shift in shifts_of_person(mo, today)] == [
            shift.pk for shift in told.order_by("day", "starts", "pk")
        ]
        assert {turn.pk for turn in turns_of_person(mo, today)} == set(
            version.turns.filter(user=mo, starts__lte=last, ends__gte=today).values_list("pk", flat=True)
        )
        Membership.objects.filter(user=mo, team=rota.team).update(ends=today - dt.timedelta(days=1))
        assert shifts_of_person(mo, today) == []
        assert turns_of_person(mo, today) == []
        assert "Jouw beurtrol" not in page(sign_in(mo), "rotas")

    def test_posts_of_other_areas_stay(self, cast: Cast) -> None:
        before = set(PostHolder.objects.values_list("pk", "ends"))
        published(cast["coordinator"])
        assert before <= set(PostHolder.objects.values_list("pk", "ends"))
