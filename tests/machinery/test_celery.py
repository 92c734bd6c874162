from celery.schedules import crontab

from kortrijk_gebied.celery import app


class TestSchedule:
    def test_names_only_tasks_that_exist(self) -> None:
        app.loader.import_default_modules()
        assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)

    def test_drafts_reports_on_the_first_at_six(self) -> None:
        schedule = app.conf.beat_schedule["draft monthly reports"]["schedule"]
        assert schedule == crontab(minute="0", hour="6", day_of_month="1")
        assert app.conf.timezone == "Europe/Brussels"
