"""The Celery application. It only wakes: what there is to do stands in rows (kortrijk_gebied.jobs)."""

import logging
import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")

app = Celery("kortrijk_gebied")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
for name in ("data_folder_in", "control_folder"):  # of the transport on disk, which does not make them
    if folder := app.conf.broker_transport_options.get(name):
        Path(folder).mkdir(parents=True, exist_ok=True)
app.conf.beat_schedule = {
    "sweep": {"task": "kortrijk_gebied.jobs.tasks.sweep", "schedule": 60.0},
    "clear sessions": {"task": "kortrijk_gebied.jobs.tasks.clear_sessions", "schedule": crontab(minute="10")},
    "draft monthly reports": {
        "task": "teams.tasks.draft_monthly_reports",
        "schedule": crontab(minute="0", hour="6", day_of_month="1"),
    },
    # Just after midnight is when a new division begins; the other hours are for one that begins in the past.
    "adopt areas": {"task": "signals.tasks.adopt_areas", "schedule": crontab(minute="2")},
    # Memberships and teams end at midnight; the other hours are for who was given the right to read since.
    "find readers again": {"task": "signals.tasks.find_readers_again", "schedule": crontab(minute="4")},
    "erase reporters": {"task": "signals.tasks.erase_reporters", "schedule": crontab(minute="15", hour="3")},
    "end tasks with their share": {"task": "signals.tasks.withdraw_tasks_of_ended_shares", "schedule": 300.0},
    "poll the mailbox": {"task": "signals.tasks.poll_mailbox", "schedule": 60.0},
    "erase mail": {"task": "signals.tasks.erase_old_mail", "schedule": crontab(minute="5", hour="4")},
    # What waits comes back at the beginning of its day; often, for a beat that was down in the morning.
    "resume what waited": {"task": "signals.tasks.resume_what_waited", "schedule": 300.0},
    "follow offers": {"task": "signals.tasks.follow_offers", "schedule": 600.0},
    "remind of handovers": {"task": "signals.tasks.remind_of_handovers", "schedule": 600.0},
    "look again at flags": {"task": "teams.tasks.look_after_flags", "schedule": crontab(minute="35", hour="6")},
    "mail what is over its date": {
        "task": "teams.tasks.mail_overdue",
        "schedule": crontab(minute="40", hour="6", day_of_week="1"),
    },
    "expire holds": {"task": "reservations.tasks.expire_holds", "schedule": 60.0},
    "remind of late loans": {"task": "reservations.tasks.remind_of_late_loans", "schedule": crontab(minute="20")},
    # How far ahead rooms are open moves with the day.
    "open a day more": {"task": "reservations.tasks.move_the_horizon", "schedule": crontab(minute="6", hour="0")},
    "look after contacts": {
        "task": "reservations.tasks.look_after_contacts",
        "schedule": crontab(minute="50", hour="3"),
    },
    "erase signals": {"task": "signals.tasks.erase_old_signals", "schedule": crontab(minute="25", hour="3")},
    "erase imports": {"task": "signals.tasks.erase_old_imports", "schedule": crontab(minute="35", hour="3")},
    "erase lists": {"task": "signals.tasks.erase_old_lists", "schedule": crontab(minute="40", hour="3")},
    "erase shifts": {"task": "signals.tasks.erase_old_shifts", "schedule": crontab(minute="42", hour="3")},
    "erase words": {"task": "reservations.tasks.erase_old_words", "schedule": crontab(minute="44", hour="3")},
    "erase read log": {"task": "teams.tasks.erase_old_entries", "schedule": crontab(minute="45", hour="3")},
    "learn the subjects": {
        "task": "signals.tasks.train_suggestions_when_due",
        "schedule": crontab(minute="15", hour="4"),
    },
    "sweep attachments": {"task": "signals.tasks.sweep_attachments", "schedule": crontab(minute="55", hour="3")},
    "missing thumbnails": {"task": "signals.tasks.ask_for_missing_thumbnails", "schedule": 600.0},
    # Who is due, the choices say; the later hours are for a beat that was down at seven.
    "mail digests": {"task": "teams.tasks.mail_digests", "schedule": crontab(minute="0", hour="7-20")},
    # Often, for a point may leave the agenda at any hour; each chair hears of a meeting once.
    "propose cancelling": {"task": "teams.tasks.propose_cancelling", "schedule": crontab(minute="12", hour="7-17")},
    "send agendas": {"task": "teams.tasks.send_agendas", "schedule": crontab(minute="22", hour="7-17")},
    # Daily, not on the third working day alone: which day that is depends on the team and on holidays.
    "mail due reports": {
        "task": "teams.tasks.mail_due_reports",
        "schedule": crontab(minute="30", hour="6"),
    },
}


@setup_logging.connect
def keep_our_handlers(*, loglevel: int | str, **options: Any) -> None:
    """Celery would replace our handlers, which quote no rows, by its own; only the level is its to say."""
    logging.getLogger().setLevel(loglevel)
