"""Who reported is forgotten a while after the matter ended; the matter itself stays."""

import datetime as dt
from collections.abc import Callable

from django.apps import apps
from django.utils import timezone

from kortrijk_gebied.jobs.models import Message
from signals.actions import erase_reporters
from signals.joining import join
from signals.models import Report, Reporter, Signal
from tests.cast import Cast

type Make = Callable[..., Signal]


def ended(signal: Signal, cast: Cast, *, days_ago: int) -> Signal:
    signal.close(by=cast["coordinator"], outcome="Opgeruimd.")
    Signal.objects.filter(pk=signal.pk).update(closed_at=timezone.now() - dt.timedelta(days=days_ago))
    return signal


class TestErasure:
    def test_forgets_who_reported_in_the_history_too(self, cast: Cast, report: Make) -> None:
        signal = ended(report(name="Een buur", phone="0470"), cast, days_ago=181)
        Reporter.objects.update(phone="0471")
        assert erase_reporters() == 1
        assert not Reporter.objects.exists()
        assert not apps.get_model("signals", "ReporterChange").objects.exists()
        assert Report.objects.filter(signal=signal).exists()

    def test_leaves_who_waits_for_an_answer_or_heard_it_lately(self, cast: Cast, report: Make) -> None:
        report(name="Een buur")
        ended(report(name="Een andere buur"), cast, days_ago=179)
        assert erase_reporters() == 0
        assert Reporter.objects.count() == 2

    def test_does_nothing_the_second_time(self, cast: Cast, report: Make) -> None:
        ended(report(name="Een buur"), cast, days_ago=181)
        assert (erase_reporters(), erase_reporters()) == (1, 0)

    def test_forgets_the_mail_it_sent_them(self, cast: Cast, report: Make) -> None:
        ended(report(name="Een buur", email="buur@example.be"), cast, days_ago=181)
        ended(report(name="Een andere buur", email="ander@example.be"), cast, days_ago=9)
        erase_reporters()
        assert {message.to for message in Message.objects.all()} == {"ander@example.be"}

    def test_forgets_what_was_mailed_before_it_was_joined(self, cast: Cast, report: Make) -> None:
        """The mail was about the signal it had then."""
        first, second = report("Onveilige situatie"), report("Onveilige situatie", name="An", email="an@voorbeeld.be")
        second.close(by=cast["coordinator"], outcome="Hersteld.")
        second.reopen(by=cast["coordinator"], reason="Toch niet.")
        join(second, into=first, by=cast["coordinator"])
        ended(first, cast, days_ago=181)
        assert Message.objects.filter(to="an@voorbeeld.be").count() == 3, "a receipt, and twice how it ended"
        erase_reporters()
        assert not Message.objects.filter(to="an@voorbeeld.be").exists()
