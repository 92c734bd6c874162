import datetime as dt

import pytest
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job, State
from teams.models import Absence, CaseConsultation, ExternalMember, Organisation, Team
from teams.retention import erase_old_seats
from tests.cast import Cast

LONG_AGO = timezone.localdate() - dt.timedelta(days=366 * 6)


@pytest.fixture
def job(db: None) -> Job:
    soon = timezone.now() + dt.timedelta(hours=1)
    return Job.objects.create(kind="retention-seats", key="retention-seats:test", state=State.RUNNING, lease_until=soon)


class TestErasing:
    def test_takes_what_is_long_over_with_what_it_was(self, cast: Cast, job: Job) -> None:
        team, today = Team.objects.get(code="stuurgroep-venning"), timezone.localdate()
        gone = ExternalMember.objects.create(team=team, name="Rita", starts=LONG_AGO)
        gone.ends = LONG_AGO
        gone.save()
        stays = ExternalMember.objects.create(team=team, name="Johan", starts=LONG_AGO)
        ended = Team.objects.get(code="stuurgroep-lange-munte")
        ExternalMember.objects.create(team=ended, name="Wim", starts=LONG_AGO)
        Team.objects.filter(pk=ended.pk).update(starts=LONG_AGO, ends=LONG_AGO)
        Absence.objects.create(user=cast["agent"], starts=LONG_AGO, ends=LONG_AGO)
        away = Absence.objects.create(user=cast["agent"], starts=today, ends=today)
        joke = cast["verpleegkundige"]
        made = [
            CaseConsultation.objects.create(
                day=day,
                purpose="care",
                legal_ground="by_law",
                organisation=Organisation.objects.get(people=joke),
                convened_by=joke,
            )
            for day in (LONG_AGO, today)
        ]
        erase_old_seats(job)
        assert list(ExternalMember.objects.all()) == [stays]
        assert list(Absence.objects.all()) == [away]
        assert list(CaseConsultation.objects.all()) == made[1:]
        changes = ExternalMember._meta.get_field("changes").related_model._default_manager
        assert not changes.filter(pgh_obj_id=gone.pk).exists()
