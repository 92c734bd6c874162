"""A signal goes to others: handed over, a person referred, or referred outside. Whoever has it keeps it until
the receiver says yes; and of what is limited or sealed the receiver reads one sentence until then."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.audit.models import Look, record
from kortrijk_gebied.refusals import Refused
from signals import outside as mail
from signals.actions import UNDO, hush_what_was_told, tell_who_raised_it, withdraw_unseen_tasks
from signals.handover_mail import tell_who_is_asked
from signals.levels import Level
from signals.models import EventKind, Handover, Signal
from signals.models.events import Unseen
from signals.models.joinings import lock_joined
from signals.workflow import HandoverKind, SignalStatus
from teams.access import keeps_sealed_matter
from teams.calendars import calendar_of
from teams.models import Team, User

# Working days of whoever must answer. After as many again both sides are told.
ANSWER_DAYS = {HandoverKind.HANDOVER: 2, HandoverKind.REFERRAL: 2, HandoverKind.OUTSIDE: 10}


def hand_over(
    *, signal: Signal, by: User, team: Team, text: str, legal_ground: str = "", seal: bool = False
) -> Handover:  # fmt: skip
    """Ask a team to become the owner. With `seal` it is limited from now on, and sealed as soon as they say yes."""
    with signal.locked("hand_over"):
        seal = seal and signal.level < Level.SEALED
        _one_at_a_time(signal)
        _can_be_asked(signal, team)
        if (seal or signal.level == Level.SEALED) and not keeps_sealed_matter(team):
            raise Refused(_("Nobody in %(team)s may read sealed matter: then it would be lost.") % {"team": team})
        if seal or signal.level > Level.OPEN:
            _is_careful(signal, text, legal_ground)
        if seal and signal.level == Level.OPEN:
            signal.raise_level(by=by, level=Level.LIMITED)
        return _ask(signal, HandoverKind.HANDOVER, by, team=team, text=text, legal_ground=legal_ground, seal=seal)


def refer_person(*, signal: Signal, by: User, team: Team, text: str, legal_ground: str) -> Handover:
    """Refer somebody to a team, which confirms that it takes the person up. The signal stays with its owner."""
    with signal.locked("hand_over"):
        _can_be_asked(signal, team)
        _is_careful(signal, text, legal_ground)
        if Handover.objects.pending().filter(signal=signal, team=team, kind=HandoverKind.REFERRAL).exists():
            raise Refused(_("%(team)s was asked already and did not answer yet.") % {"team": team})
        return _ask(signal, HandoverKind.REFERRAL, by, team=team, text=text, legal_ground=legal_ground)


def refer_outside(*, signal: Signal, by: User, outside: str, text: str, email: str = "") -> Handover:
    """It is not ours: somebody outside has to do it. It stays open until they confirmed that they have it."""
    with signal.locked("refer"):
        _one_at_a_time(signal)
        if not (outside := outside.strip()):
            raise Refused(_("Say who has to do it."))
        if email and signal.level > Level.OPEN:
            raise Refused(
                _("No mail leaves about limited or sealed matter. Leave the address out and tell them yourself.")
            )
        signal.stop_work(by=by)
        made = _ask(signal, HandoverKind.OUTSIDE, by, outside=outside, outside_email=email, text=text)
        signal.status = SignalStatus.REFERRED
        signal.save(update_fields=["status"])
        mail.write(made, key="asked", after=UNDO)
    return made


def _can_be_asked(signal: Signal, team: Team) -> None:
    if team.organisation_id is None:
        raise Refused(_("%(team)s is of several organisations: choose a team of one.") % {"team": team})
    if team.pk == signal.team_id:
        raise Refused(_("%(team)s has this signal already.") % {"team": team})


def _is_careful(signal: Signal, text: str, legal_ground: str) -> None:
    if not legal_ground.strip():
        raise Refused(_("Choose the ground on which you may tell them this."))
    if text.strip().casefold() == signal.description.strip().casefold():
        raise Refused(_("Write a new sentence for the receiver; do not copy the original."))


def _one_at_a_time(signal: Signal) -> None:
    if other := Handover.objects.pending().filter(signal=signal).exclude(kind=HandoverKind.REFERRAL).first():
        raise Refused(
            _("It was asked of %(receiver)s, who did not answer yet. Take that back first.")
            % {"receiver": other.receiver}
        )


def _ask(
    signal: Signal, kind: HandoverKind, by: User, *, text: str, team: Team | None = None, **more: object
) -> Handover:
    if not text.strip():
        raise Refused(_("Say in a sentence what they must know."))
    due_at = calendar_of(team.organisation_id if team else signal.owner_id).deadline(timezone.now(), ANSWER_DAYS[kind])
    made = Handover.objects.create(
        signal=signal, level=signal.level, kind=kind, by=by, team=team, text=text.strip(), due_at=due_at,
        from_organisation_id=signal.owner_id, from_team_id=signal.team_id, **more,
    )  # fmt: skip
    signal.record(EventKind.ASKED, by=by, level=made.level, handover=kind, receiver=made.receiver, text=made.text)
    tell_who_is_asked(handover=made)
    return made


# --- the answer, under the lock of the signal -------------------------------------------------------


def take_over(*, handover: Handover, by: User) -> None:
    """Owner, team, level, and what hangs on it, all at once. The former owner's log says who took it."""
    signal, team = handover.signal, handover.team
    assert team is not None and team.organisation_id is not None  # noqa: S101, PT018  the constraint sees to it
    if handover.from_organisation_id != signal.owner_id:  # its sentence was written by who had it then
        raise Refused(_("%(giver)s asked this, and does not have this signal any more.") % {"giver": handover.giver})
    if (handover.seal or signal.level == Level.SEALED) and not keeps_sealed_matter(team):
        raise Refused(_("Nobody in %(team)s may read sealed matter: then it would be lost.") % {"team": team})
    if signal.level > Level.OPEN:
        look = Look(signal.owner_id, "signal", signal.pk, signal.reference, signal.level)
        record([look], reader_id=by.pk, reader_name=by.name, organisation_id=by.organisation_id, surface="handover")
    for one in (signal, *lock_joined(signal)):  # what was joined with it is the same matter
        _take_parts_along(one, team)
        one.owner_id, one.team = team.organisation_id, team
        one.save(update_fields=["owner", "team"])
        if one.level > Level.OPEN:
            hush_what_was_told(signal=one)  # to people of the former owner
    if handover.seal and signal.level < Level.SEALED:
        signal.raise_level(by=by, level=Level.SEALED)
    signal.surface("handed_over")
    signal.record(EventKind.HANDED_OVER, by=by, giver=handover.giver, receiver=handover.receiver)
    withdraw_unseen_tasks(signal=signal, by=by, why=Unseen.SEALED)
    signal.follow_tasks(by=by)


def _take_parts_along(signal: Signal, team: Team) -> None:
    """Notes and photos that its keepers kept as secret as the signal go to its new keepers. What the former owner
    kept more secret than that stays with who wrote it."""
    sealed = signal.level == Level.SEALED
    for parts in (signal.notes, signal.attachments):
        kept = parts.filter(level=signal.level, organisation_id=signal.owner_id)
        if sealed and signal.team:
            kept.filter(team=signal.team).update(organisation_id=team.organisation_id, team_id=team.pk)
        elif signal.level == Level.LIMITED:
            kept.update(organisation_id=team.organisation_id)


def let_go(*, handover: Handover, by: User | None) -> None:
    """Somebody outside has it, confirmed: here it ends, and whoever reported it hears where it went."""
    signal = handover.signal
    signal.must_allow("confirm")
    outcome = _("Passed on to %(receiver)s. %(text)s") % {"receiver": handover.receiver, "text": handover.text}
    signal.end_as(SignalStatus.NOT_OURS, by=by, outcome=outcome, at=timezone.now())
    signal.record(EventKind.NOT_OURS, by=by, level=handover.level, outcome=outcome)
    tell_who_raised_it(signal=signal, by=by)


def withdraw_pending(
    *, signal: Signal, by: User | None, referrals: bool = True, at: dt.datetime | None = None
) -> None:  # fmt: skip
    """What was asked of others falls away with what it was about: the signal ended, or became more secret.

    A referral was written with care from the beginning: more secrecy leaves it as it is.
    """
    pending = Handover.objects.pending().filter(signal=signal).select_related("team")
    for handover in pending if referrals else pending.exclude(kind=HandoverKind.REFERRAL):
        handover.signal = signal
        handover.take_back(by=by, at=at)
        if handover.kind == HandoverKind.OUTSIDE:
            signal.come_back(by=by)
