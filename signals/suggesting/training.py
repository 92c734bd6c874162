"""When it is learned anew, and what is kept of it."""

import datetime as dt
from collections.abc import Callable

from django.apps import apps
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job, enqueue
from kortrijk_gebied.jobs.registry import handles
from signals.levels import Level
from signals.models import SubjectLesson
from signals.suggesting.examples import examples

A_WEEK = dt.timedelta(days=6, hours=12)  # asked every night, so a little less
# History carries the moment at which a transaction began, and it may have been open for a while.
OPEN_FOR = dt.timedelta(hours=1)


def train(alive: Callable[[], None] = lambda: None) -> SubjectLesson | None:
    """Learn from all there is and keep only that; the score is of a lesson from two thirds, tried on the third."""
    # Only who learns waits for scikit-learn: it takes as long to load as a third of the program.
    from signals.suggesting.lesson import boldness, is_held_out, learn, tempered, tried

    begun = timezone.now()  # what is raised while this runs counts as raised afterwards
    all_of_them = examples()
    seen = [example for example in all_of_them if not is_held_out(example.text)]
    trial = learn(seen, alive)
    learned = learn(all_of_them, alive)
    if learned is None or trial is None:
        return None
    unseen = [example for example in all_of_them if is_held_out(example.text)]
    learned = tempered(learned, boldness(trial, unseen))
    lesson = SubjectLesson.of(learned, texts=len(all_of_them), score=tried(trial, unseen))
    lesson.learned_at = begun
    with transaction.atomic():
        SubjectLesson.objects.all().delete()
        lesson.save()
    return lesson


@handles("train-suggestions")
def train_suggestions(job: Job) -> None:
    if lesson := train(alive=job.count):  # which renews the lease
        job.count(
            texts=lesson.texts,
            held_out=lesson.held_out,
            first_right=lesson.first_right,
            three_right=lesson.three_right,
        )


def train_when_due() -> None:
    """Every night: once a week, and at once when something it learned from is not open any more."""
    newest = SubjectLesson.objects.newest().only("learned_at").first()
    now = timezone.now()
    if newest is None or now - newest.learned_at > A_WEEK or became_secret_since(newest.learned_at):
        enqueue("train-suggestions", key=f"train-suggestions:{timezone.localdate()}")


def became_secret_since(moment: dt.datetime) -> bool:
    """A row of history holds what was there before: open then, and not any more."""
    changes = apps.get_model("signals", "SignalChange").objects.filter(pgh_created_at__gte=moment - OPEN_FOR)
    return bool(changes.filter(level=Level.OPEN, pgh_obj__level__gt=F("level")).exists())
