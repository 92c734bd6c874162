"""What can be done with a signal that must wait, or goes to others: as in `signals/moves.py`."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from signals.forms.handovers import (
    ConfirmForm,
    HandoverForm,
    OutsideForm,
    ReferralForm,
    RefusalForm,
    RetractionForm,
    WaitForm,
)
from signals.forms.steering import NothingToFill
from signals.levels import Level
from signals.models import Handover, Signal
from signals.moves import Move, of_signal
from signals.workflow import HandoverKind
from teams.models import Team


def waiting(signal: Signal, data: Any = None) -> Move:
    return of_signal(
        signal, "waiting", "signal-waiting", WaitForm(data, auto_id="waiting_%s"), key="w",
        label=_("Let wait…"), submit=_("Let wait"), heading=_("Let this signal wait"), done=_("It waits."),
        intro=_("It comes back by itself on that day. As long as the reporter has to answer, the term stands still."),
    )  # fmt: skip


def resumption(signal: Signal) -> Move:
    return of_signal(
        signal, "resumption", "signal-resumption", NothingToFill({}), key="w", label=_("Wait no longer"),
        done=_("It goes on."),
    )  # fmt: skip


def handover(signal: Signal, teams: Iterable[Team], data: Any = None) -> Move:
    others = [team for team in teams if team.pk != signal.team_id]
    return of_signal(
        signal, "handover", "signal-handovers", HandoverForm(data, signal=signal, teams=others, auto_id="handover_%s"),
        key="v", label=_("Hand over…"), submit=_("Ask them"), heading=_("Hand this signal over"), done=_("Asked."),
        intro=_("It stays yours until they say yes. Then they own it, with everything on it."),
    )  # fmt: skip


def referral(signal: Signal, teams: Iterable[Team], data: Any = None) -> Move:
    others = [team for team in teams if team.pk != signal.team_id]
    return of_signal(
        signal, "referral", "signal-referrals", ReferralForm(data, teams=others, auto_id="referral_%s"),
        label=_("Refer somebody…"), submit=_("Ask them"), heading=_("Refer somebody to another team"), done=_("Asked."),
        intro=_("They confirm that they take this person up. The signal stays yours."),
    )  # fmt: skip


def outside(signal: Signal, data: Any = None) -> Move:
    return of_signal(
        signal, "outside", "signal-outside", OutsideForm(data, signal=signal, auto_id="outside_%s"),
        key="b", label=_("Not ours…"), submit=_("Refer it"), heading=_("This is not ours"), done=_("Referred."),
        intro=_("It stays open until they confirmed that they have it. Tasks that still run are withdrawn."),
    )  # fmt: skip


def _on(asked: Handover, name: str, view: str, form: forms.Form, **words: Any) -> Move:
    page = reverse("signals:handover", args=[asked.pk])
    return Move(
        name=f"{name}-{asked.pk}", url=reverse(f"signals:handover-{view}", args=[asked.pk]), form=form,
        about=asked.text, page=f"{page}?doe={name}", **words,
    )  # fmt: skip


def acknowledgement(asked: Handover) -> Move:
    return _on(
        asked, "acknowledgement", "acknowledgement", NothingToFill({}), label=_("Take over"), key="a",
        done=_("Taken over: it is yours."),
    )  # fmt: skip


def confirmation(asked: Handover, data: Any = None) -> Move:
    is_outside = asked.kind == HandoverKind.OUTSIDE
    form = ConfirmForm(data, outside=is_outside, auto_id=f"confirmation-{asked.pk}_%s")
    return _on(
        asked, "confirmation", "confirmation", form, label=_("Confirmed…") if is_outside else _("Take up…"),
        submit=_("Record this") if is_outside else _("Take up"), done=_("Recorded."),
        heading=_("They have it") if is_outside else _("Take this person up"),
        intro=_("Then this signal ends, and whoever reported it hears where it went.") if is_outside else "",
    )  # fmt: skip


def refusal(asked: Handover, data: Any = None) -> Move:
    return _on(
        asked, "refusal", "refusal", RefusalForm(data, auto_id=f"refusal-{asked.pk}_%s"), done=_("Declined."),
        label=_("They decline…") if asked.kind == HandoverKind.OUTSIDE else _("Decline…"), submit=_("Decline"),
        heading=_("Not for them") if asked.kind == HandoverKind.OUTSIDE else _("Decline this"),
        intro=_("Whoever asked reads why, and keeps it."),
    )  # fmt: skip


def withdrawal(asked: Handover) -> Move:
    return _on(asked, "withdrawal", "withdrawal", NothingToFill({}), label=_("Take back"), done=_("Taken back."))


def retraction(asked: Handover, data: Any = None) -> Move:
    intro = _("They no longer read the sentence. Who asked and who confirmed hear of it.")
    if asked.kind == HandoverKind.OUTSIDE:
        intro = _("The signal is open again. Whoever got our mail outside hears that nothing more is to be done.")
    return _on(
        asked, "retraction", "retraction", RetractionForm(data, auto_id=f"retraction-{asked.pk}_%s"), intro=intro,
        label=_("Take confirmation back…"), submit=_("Take confirmation back"), done=_("Taken back."),
        heading=_("The confirmation was a mistake"),
    )  # fmt: skip


def on_handover(asked: Handover, *, may_answer: bool, may_steer: bool) -> list[Move]:
    """What can be done with something asked, by who was asked or by who asked."""
    if asked.is_retractable:
        return [retraction(asked)] if may_retract(asked, may_answer=may_answer, may_steer=may_steer) else []
    if not asked.is_pending:
        return []
    found: list[Move] = []
    if asked.kind == HandoverKind.OUTSIDE:
        found = [confirmation(asked), refusal(asked)] if may_steer else []
    elif may_answer:
        yes = acknowledgement(asked) if asked.kind == HandoverKind.HANDOVER else confirmation(asked)
        found = [yes, refusal(asked)]
    return [*found, withdrawal(asked)] if may_steer else found


def may_retract(asked: Handover, *, may_answer: bool, may_steer: bool) -> bool:
    """Who asked; and of a person, the team that said yes."""
    return may_steer or (may_answer and asked.kind == HandoverKind.REFERRAL)


def to_others(signal: Signal, teams: Iterable[Team]) -> list[Move]:
    """Who may steer a running signal can send it on. A person is referred only where secrecy holds."""
    teams = list(teams)
    return [
        handover(signal, teams),
        *([referral(signal, teams)] if signal.level > Level.OPEN else []),
        outside(signal),
    ]
