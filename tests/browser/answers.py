"""A question about a building, with its answer, for the pages of a browser."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.jobs.tasks import run_job
from reservations.consolidation.asking import Asked
from reservations.models import Booking
from teams.models import User

DAYS = dt.timedelta(days=399)


def answers(people: dict[str, User]) -> dict[str, str]:
    """What if the house closed in which something is booked? Asked by who keeps it."""
    first = Booking.objects.filter(state="confirmed", room__building__owner__code="stad").latest("starts")
    last = timezone.localdate(first.starts)
    asked = Asked((last - DAYS).isoformat(), last.isoformat(), (first.room.building_id,))
    job = asked.ask(people["gebouwbeheerder"])
    run_job(str(job.pk))
    return {"answer": reverse("reservations:consolidation-answer", args=[job.pk])}
