"""Who worked where goes when its time has come, with what it was; what is newer, and what holds, stays."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job, State
from kortrijk_gebied.retention import years_before
from teams.models import AreaFlag, BriefingRead, RotaCalendar, RotaShift, RotaTurn, RotaVersion, ShiftNote
from teams.retention import erase_old_duty
from teams.rota import drafting
from teams.rota.calendars import give_new
from teams.rota.publishing import publish
from teams.tasks import erase_old_entries
from tests.cast import Cast, area
from tests.teams.flags import flag_of
from tests.teams.rotas import published, wardens_team

A_DAY = dt.timedelta(days=1)


@pytest.fixture
def job(db: None) -> Job:
    soon = timezone.now() + dt.timedelta(hours=1)
    return Job.objects.create(kind="retention-duty", key="retention-duty:test", state=State.RUNNING, lease_until=soon)


def changes_of(row: Any) -> int:
    model = row._meta.get_field("changes").related_model
    found: int = model._default_manager.filter(pgh_obj_id=row.pk).count()
    return found


class TestNotes:
    def test_go_after_the_days_of_a_shift_with_what_they_were(self, cast: Cast, job: Job) -> None:
        now, kept = timezone.now(), dt.timedelta(days=settings.RETENTION["shift_days"])
        told = {"by": cast["gemeenschapswacht"], "team": wardens_team(), "area": area("Overleie"), "text": "Hek los."}
        gone, stays = (ShiftNote.objects.create(**told, at=now - kept + off) for off in (-A_DAY, A_DAY))
        for note in (gone, stays):
            note.text = "Het hek is los."
            note.save()
        assert (changes_of(gone), changes_of(stays)) == (1, 1)
        erase_old_duty(job)
        assert list(ShiftNote.objects.all()) == [stays]
        assert (changes_of(gone), changes_of(stays)) == (0, 1)


class TestReading:
    def test_goes_after_fourteen_days(self, cast: Cast, job: Job) -> None:
        for days in (13, 15):
            at = timezone.now() - days * A_DAY
            BriefingRead.objects.create(user=cast["agent"], area=area("Overleie"), day=at.date(), at=at)
        erase_old_duty(job)
        [stays] = BriefingRead.objects.all()
        assert timezone.now() - stays.at < 14 * A_DAY


class TestFlags:
    def test_go_years_after_they_ended_or_lapsed_and_not_before(self, cast: Cast, job: Job) -> None:
        over = years_before(timezone.now(), settings.RETENTION["flag_years"])
        found = {}
        for name, moment in (("gone", over - A_DAY), ("stays", over + A_DAY)):
            ended, lapsed = flag_of(cast), flag_of(cast)
            ended.end(by=cast["gebiedswerker"], outcome="Opgelost.")
            AreaFlag.objects.filter(pk=ended.pk).update(ended_at=moment)
            AreaFlag.objects.filter(pk=lapsed.pk).update(lapsed_at=moment)
            found[name] = {ended.pk, lapsed.pk}
        runs = flag_of(cast)
        [one, *_others] = AreaFlag.objects.filter(pk__in=found["gone"])
        assert changes_of(one)
        erase_old_duty(job)
        assert set(AreaFlag.objects.values_list("pk", flat=True)) == {*found["stays"], runs.pk}
        assert not changes_of(one)


class TestRota:
    def test_loses_rounds_by_day_and_turns_by_year_in_every_version(self, cast: Cast, job: Job) -> None:
        rota = published(cast["coordinator"])
        today, version = timezone.localdate(), rota.published
        assert version
        days, year = settings.RETENTION["shift_days"], years_before(timezone.now(), settings.RETENTION["seat_years"])
        shifts = list(version.shifts.order_by("day", "pk")[:2])
        for shift, back in zip(shifts, (days + 1, days - 1), strict=True):
            RotaShift.objects.filter(pk=shift.pk).update(day=today - back * A_DAY)
        mo = cast["gemeenschapswacht"]
        old, newer = (
            RotaTurn.objects.create(
                version=version, user=mo, zone=rota.zones.all()[0], starts=ends - 30 * A_DAY, ends=ends
            )
            for ends in (year.date() - A_DAY, year.date() + 40 * A_DAY)
        )
        before = (version.shifts.count(), version.turns.count())
        erase_old_duty(job)
        assert (version.shifts.count(), version.turns.count()) == (before[0] - 1, before[1] - 1)
        assert not RotaShift.objects.filter(pk=shifts[0].pk).exists()
        assert RotaShift.objects.filter(pk=shifts[1].pk).exists()
        assert list(RotaTurn.objects.filter(pk__in=[old.pk, newer.pk])) == [newer]

    def test_loses_versions_that_were_overtaken_and_keeps_what_holds(self, cast: Cast, job: Job) -> None:
        rota = published(cast["coordinator"])
        first = rota.published
        assert first
        second = publish(drafting.begin_draft(rota, by=cast["coordinator"]), by=cast["coordinator"], late=True)
        draft = drafting.begin_draft(rota, by=cast["coordinator"])
        erase_old_duty(job)
        assert RotaVersion.objects.count() == 3
        long_ago = years_before(timezone.now(), settings.RETENTION["seat_years"]) - A_DAY
        RotaVersion.objects.filter(pk__in=[first.pk, second.pk]).update(published_at=long_ago)
        assert changes_of(first)
        erase_old_duty(job)
        assert set(RotaVersion.objects.all()) == {second, draft}
        assert not changes_of(first)
        assert changes_of(second)
        drafting.extend(draft, 1)  # a draft goes on from what holds

    def test_loses_addresses_that_were_revoked(self, cast: Cast, job: Job) -> None:
        mo, long_ago = cast["gemeenschapswacht"], years_before(timezone.now(), settings.RETENTION["seat_years"]) - A_DAY
        for _each in range(3):
            give_new(mo)
        [_now, later, earlier] = RotaCalendar.objects.order_by("revoked_at").reverse()
        assert later.revoked_at
        RotaCalendar.objects.filter(pk=earlier.pk).update(revoked_at=long_ago)
        erase_old_duty(job)
        assert not RotaCalendar.objects.filter(pk=earlier.pk).exists()
        assert RotaCalendar.objects.filter(owner=mo).count() == 2


class TestRound:
    def test_is_woken_once_a_night(self, db: None) -> None:
        for _twice in range(2):
            erase_old_entries()
        assert Job.objects.filter(kind="retention-duty").count() == 1
