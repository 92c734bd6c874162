import datetime as dt

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from areas.models import Area
from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.refusals import Refused
from teams.access import access_of
from teams.models import Function, Membership, Post, PostHolder, RotaVersion, User
from teams.rota import drafting, rules
from teams.rota.changing import Change, keep, state_of
from teams.rota.facts import Days, Plan, Turn, periods_from
from teams.rota.publishing import outlook, publish
from teams.rota.reading import plan_of
from teams.start import own_areas
from tests.cast import Cast
from tests.teams.rotas import away, drafted, more_wardens, published, rota_of, wardens_team, zones

A_DAY = dt.timedelta(days=1)


def plan(version: RotaVersion) -> Plan:
    return plan_of(version.rota, version)


class TestDraft:
    def test_of_enough_wardens_breaks_no_rule_and_leaves_no_gap(self, cast: Cast) -> None:
        found = plan(drafted(cast["coordinator"]))
        assert len(found.periods) == 3
        assert len(found.turns) == 3 * 7  # Mo, Yasmina and five more
        assert rules.broken(found) == []
        assert rules.gaps(found, found.periods[1]) == []

    def test_is_one_however_often_it_is_begun(self, cast: Cast) -> None:
        rota = rota_of(cast["coordinator"])
        one = drafting.begin_draft(rota, by=cast["coordinator"])
        assert drafting.begin_draft(rota, by=cast["projectmedewerker"]) == one

    def test_begins_as_a_copy_of_what_holds(self, cast: Cast) -> None:
        rota = published(cast["coordinator"])
        draft = drafting.begin_draft(rota, by=cast["coordinator"])
        assert draft.number == 2
        assert set(plan(draft).turns) == set(plan_of(rota, rota.published).turns)

    def test_goes_on_where_the_published_one_ends(self, cast: Cast) -> None:
        rota = published(cast["coordinator"])
        draft = drafting.begin_draft(rota, by=cast["coordinator"])
        drafting.extend(draft, 2)
        found = plan(draft)
        assert len(found.periods) == 5
        assert rules.broken(found) == []
        assert set(plan_of(rota, rota.published).turns) < set(found.turns)

    def test_deals_the_rounds_again_for_who_was_reported_away(self, cast: Cast) -> None:
        rota = published(cast["coordinator"])
        day = timezone.localdate() + dt.timedelta(days=30)
        away(cast["gemeenschapswacht"], day, day + dt.timedelta(days=13))
        assert {each.rule for each in rules.broken(plan_of(rota, rota.published))} == {rules.Rule.LEAVE}
        draft = drafting.begin_draft(rota, by=cast["coordinator"])
        assert rules.broken(plan(draft)) == []
        assert plan(draft).shifts != []

    def test_published_is_not_changed_any_more(self, cast: Cast) -> None:
        version = published(cast["coordinator"]).published
        assert version
        with pytest.raises(Refused, match="nieuw ontwerp"):
            drafting.extend(version, 1)
        with pytest.raises(Refused, match="nieuw ontwerp"):
            drafting.mend(version)
        with pytest.raises(Refused):
            drafting.drop(version)


class TestChange:
    def test_to_the_zone_of_before_is_refused_by_the_name_of_the_rule(self, cast: Cast) -> None:
        draft = drafted(cast["coordinator"])
        found = plan(draft)
        one, two = found.periods[1:3]
        turn = found.turns_in(one)[0]
        with pytest.raises(Refused, match="tweemaal na elkaar"):
            keep(draft, Change(two, turn.who, zone=turn.zone), seen=state_of(found))
        assert plan(draft).turns == found.turns

    def test_that_leaves_a_zone_without_is_refused(self, cast: Cast) -> None:
        draft = drafted(cast["coordinator"], wardens=3)  # five for five zones
        found = plan(draft)
        turn = found.turns_in(found.periods[2])[0]
        with pytest.raises(Refused, match="elke zone"):
            keep(draft, Change(found.periods[2], turn.who), seen=state_of(found))

    def test_to_who_is_away_is_refused(self, cast: Cast) -> None:
        [anna, *_others] = more_wardens()
        draft = drafted(cast["coordinator"], count=1)
        third = drafted_period(draft)
        away(anna, third.starts, third.ends)
        drafting.extend(draft, 1)
        found = plan(draft)
        assert anna.pk not in {turn.who for turn in found.turns_in(third)}
        with pytest.raises(Refused, match="afwezig"):
            keep(draft, Change(third, anna.pk, zone=zones()[0].pk), seen=state_of(found))

    def test_swaps_two_people_and_their_rounds(self, cast: Cast) -> None:
        draft = drafted(cast["coordinator"])
        found = plan(draft)
        period = found.periods[2]
        one, other = swappable(found)
        outcome = keep(draft, Change(period, one.who, other=other.who), seen=state_of(found))
        now = {turn.who: turn.zone for turn in plan(draft).turns_in(period)}
        assert (now[one.who], now[other.who]) == (other.zone, one.zone)
        assert outcome.people == {one.who, other.who}
        assert {each.rule for each in outcome.breaks} == {rules.Rule.ORDER}
        assert {
            shift.zone for shift in plan(draft).shifts if shift.who == one.who and shift.day in period
        } == {other.zone}  # fmt: skip

    def test_sent_twice_is_kept_once(self, cast: Cast) -> None:
        draft = drafted(cast["coordinator"])
        found = plan(draft)
        one, other = swappable(found)
        change, seen = Change(found.periods[2], one.who, other=other.who), state_of(found)
        keep(draft, change, seen=seen)
        after = plan(draft)
        with pytest.raises(Refused, match="intussen"):
            keep(draft, change, seen=seen)
        assert plan(draft).turns == after.turns

    def test_of_a_period_that_runs_leaves_what_was(self, cast: Cast) -> None:
        draft = drafted(cast["coordinator"], count=1)
        found, today = plan(draft), timezone.localdate()
        one, other = next(
            (a, b) for a in found.turns for b in found.turns if a.zone != b.zone
        )  # fmt: skip
        keep(draft, Change(found.periods[0], one.who, other=other.who), seen=state_of(found))
        turns = [turn for turn in plan(draft).turns if turn.who == one.who]
        assert [(turn.zone, turn.days.ends <= today) for turn in turns] == [(one.zone, True), (other.zone, False)]


class TestPublication:
    def test_gives_the_posts_to_who_serves(self, cast: Cast) -> None:
        rota = published(cast["coordinator"])
        held = PostHolder.objects.filter(post__team=rota.team, post__area__set__code="binnenstad5")
        version = rota.published
        assert version
        turns = {(t.zone_id, t.user_id, t.ends) for t in version.turns.filter(ends__gte=timezone.localdate())}
        assert {(each.post.area_id, each.user_id, each.ends) for each in held} == turns
        assert not held.filter(starts__lt=timezone.localdate()).exists()

    def test_lets_a_warden_answer_for_the_zone_of_today(self, cast: Cast) -> None:
        rota = published(cast["coordinator"])
        mo, version = cast["gemeenschapswacht"], rota.published
        assert version
        today = timezone.localdate()
        zone = version.turns.get(user=mo, starts__lte=today, ends__gte=today).zone
        assert zone in own_areas(mo, access_of(mo))

    def test_leaves_what_is_past_of_a_post_and_who_was_named_by_hand(self, cast: Cast) -> None:
        former, since, coming = named_by_hand(cast)
        rota = published(cast["coordinator"])
        held = {each.pk: (each.starts, each.ends) for each in PostHolder.objects.filter(by_rota=False)}
        for each in (former, since, coming):
            assert held[each.pk] == (each.starts, each.ends)
        again = drafting.begin_draft(rota, by=cast["coordinator"])
        publish(again, by=cast["coordinator"], late=True)
        assert held == {each.pk: (each.starts, each.ends) for each in PostHolder.objects.filter(by_rota=False)}

    def test_takes_the_place_of_who_was_named_by_hand_when_asked(self, cast: Cast) -> None:
        former, since, coming = named_by_hand(cast)
        draft = drafted(cast["coordinator"])
        publish(draft, by=cast["coordinator"], late=True, replaces=True)
        now = {each.pk: each.ends for each in PostHolder.objects.filter(by_rota=False)}
        assert now[former.pk] == former.ends
        assert now[since.pk] == timezone.localdate() - A_DAY
        assert coming.pk not in now

    def test_writes_nobody_on_a_post_twice_for_the_same_days(self, cast: Cast) -> None:
        """Named by hand for a week of the own turn: around it the rota goes on."""
        draft, today = drafted(cast["coordinator"]), timezone.localdate()
        turn = draft.turns.filter(starts__gt=today).order_by("starts")[0]
        post = post_of(turn.zone)
        first, last = turn.starts + 7 * A_DAY, turn.starts + 13 * A_DAY
        mine = PostHolder.objects.create(post=post, user=turn.user, starts=first, ends=last)
        assert mine not in outlook(draft).by_hand
        publish(draft, by=cast["coordinator"], late=True)
        rows = post.holders.filter(user=turn.user, starts__gte=turn.starts, ends__lte=turn.ends).order_by("starts")
        assert [(each.starts, each.ends, each.by_rota) for each in rows] == [
            (turn.starts, first - A_DAY, True), (first, last, False), (last + A_DAY, turn.ends, True),
        ]  # fmt: skip

    def test_lets_go_of_its_own_holders_of_before(self, cast: Cast) -> None:
        rota = published(cast["coordinator"])
        draft = drafting.begin_draft(rota, by=cast["coordinator"])
        found = plan(draft)
        one, other = swappable(found)
        keep(draft, Change(found.periods[2], one.who, other=other.who), seen=state_of(found))
        publish(draft, by=cast["coordinator"], late=True)
        starts = found.periods[2].starts
        held = set(PostHolder.objects.filter(starts=starts, by_rota=True).values_list("post__area", "user"))
        assert held == set(draft.turns.filter(starts=starts).values_list("zone", "user"))
        mine = PostHolder.objects.filter(user=one.who, by_rota=True, post__area__set__code="binnenstad5")
        assert mine.filter(starts__lte=starts, ends__gte=starts).count() == 1

    def test_of_a_draft_that_a_colleague_changed_since_is_refused(self, cast: Cast) -> None:
        draft = drafted(cast["coordinator"])
        found, seen = plan(draft), outlook(draft).mark
        one, other = swappable(found)
        keep(draft, Change(found.periods[2], one.who, other=other.who), seen=state_of(found))
        with pytest.raises(Refused, match="gewijzigd sinds"):
            publish(draft, by=cast["coordinator"], seen=seen, late=True)
        assert RotaVersion.objects.get(pk=draft.pk).is_draft
        publish(draft, by=cast["coordinator"], seen=outlook(draft).mark, late=True)
        assert not RotaVersion.objects.get(pk=draft.pk).is_draft

    def test_looks_at_rounds_and_who_was_named_by_hand_too(self, cast: Cast) -> None:
        draft = drafted(cast["coordinator"])
        marks = [outlook(draft).mark, outlook(draft).mark]
        draft.shifts.order_by("day")[0].delete()
        marks.append(outlook(draft).mark)
        named_by_hand(cast)
        marks.append(outlook(draft).mark)
        assert marks[0] == marks[1]
        assert len(set(marks)) == 3

    def test_mails_each_their_own_lines_once(self, cast: Cast) -> None:
        version = drafted(cast["coordinator"])
        with pytest.raises(Refused, match="afgesproken"):
            publish(version, by=cast["coordinator"])
        for _twice in range(2):
            publish(version, by=cast["coordinator"], late=True)
        mails = Message.objects.filter(key__startswith=f"rota:{version.pk}")
        people = User.objects.filter(rota_turns__version=version).distinct()
        assert sorted(mails.values_list("to", flat=True)) == sorted(people.values_list("email", flat=True))
        mine = mails.get(to=cast["gemeenschapswacht"].email)
        others = set(people.exclude(pk=cast["gemeenschapswacht"].pk).values_list("name", flat=True))
        assert not [name for name in others if name in mine.body]
        assert "Je zones" in mine.body

    def test_of_a_change_mails_those_it_concerns_alone(self, cast: Cast) -> None:
        rota = published(cast["coordinator"])
        draft = drafting.begin_draft(rota, by=cast["coordinator"])
        found = plan(draft)
        one, other = swappable(found)
        keep(draft, Change(found.periods[2], one.who, other=other.who), seen=state_of(found))
        publish(draft, by=cast["coordinator"])  # months ahead: nobody has to confirm
        told = Message.objects.filter(key__startswith=f"rota:{draft.pk}")
        assert {mail.reader_id for mail in told} == {one.who, other.who}
        body, first = told.get(reader_id=one.who).body, found.periods[2].starts
        assert f"verandert iets voor jou, vanaf {date_format(first)}." in body
        was, becomes = (Area.objects.get(pk=turn.zone).name for turn in (one, other))
        lines = [line for line in body.splitlines() if line.startswith(("- niet meer", "- nieuw"))]
        assert [line.split(",")[0] for line in lines] == [f"- niet meer {was}", f"- nieuw: {becomes}"]
        assert "\n\n\n" not in body

    def test_with_too_few_wardens_says_which_zone_and_is_accepted_by_name(self, cast: Cast) -> None:
        version = drafted(cast["coordinator"], wardens=2)  # four for five zones
        with pytest.raises(Refused, match=r"elke zone heeft in elke periode iemand.*heeft niemand"):
            publish(version, by=cast["coordinator"], late=True)
        assert publish(version, by=cast["coordinator"], late=True, accepts=True).accepted
        assert "heeft niemand" in RotaVersion.objects.get(pk=version.pk).accepted

    def test_refuses_rounds_of_who_is_away_by_now(self, cast: Cast) -> None:
        version = drafted(cast["coordinator"])
        day = timezone.localdate() + dt.timedelta(days=40)
        away(cast["gemeenschapswacht"], day, day + dt.timedelta(days=6))
        with pytest.raises(Refused, match="wie afwezig is"):
            publish(version, by=cast["coordinator"], late=True)
        drafting.mend(version)
        assert publish(version, by=cast["coordinator"], late=True).state == RotaVersion.State.PUBLISHED

    def test_refuses_who_left_the_team(self, cast: Cast) -> None:
        version = drafted(cast["coordinator"])
        last = timezone.localdate() + dt.timedelta(days=10)
        Membership.objects.filter(user=cast["gemeenschapswacht"]).update(ends=last)
        with pytest.raises(Refused, match="in het team"):
            publish(version, by=cast["coordinator"], late=True)


def post_of(zone: Area) -> Post:
    return Post.objects.get_or_create(team=wardens_team(), area=zone, function=Function.COMMUNITY_WARDEN)[0]


def named_by_hand(cast: Cast) -> tuple[PostHolder, PostHolder, PostHolder]:
    """On the post of the first zone: one whose time is over, one who holds it since yesterday, one far ahead."""
    today, post = timezone.localdate(), post_of(zones()[0])
    [anna, *_others] = more_wardens()
    make = PostHolder.objects.create
    return (
        make(post=post, user=anna, starts=today - 300 * A_DAY, ends=today - 200 * A_DAY),
        make(post=post, user=cast["gemeenschapswacht"], starts=today - A_DAY),
        make(post=post, user=anna, starts=today + 900 * A_DAY),
    )


def drafted_period(draft: RotaVersion) -> Days:
    """The one after the last of the draft."""
    return periods_from(draft.rota.first_on, draft.rota.months, 2)[1]


def swappable(found: Plan) -> tuple[Turn, Turn]:
    """Two turns of the last period that may be swapped: neither goes where they were before."""
    before = {turn.who: turn.zone for turn in found.turns_in(found.periods[1])}
    last = found.turns_in(found.periods[2])
    return next(
        (one, other)
        for one in last
        for other in last
        if one.zone not in (other.zone, before[other.who]) and other.zone != before[one.who]
    )
