"""What was written down wrongly is set right in sight: what stood there first stays, with who changed it and why."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from teams import lifting, mandates
from teams.meetings import deciding, letters
from teams.meetings.agenda import no_persons
from teams.models import Action, AgendaPoint, Meeting, PointCorrection, User
from teams.models.meetings import PointState

ENDS = (PointState.DECIDED, PointState.NOTED, PointState.DROPPED)


@transaction.atomic
def correct(
    point: AgendaPoint, state: PointState, *, by: User, reason: str, words: str = "",
    agreements: Sequence[deciding.Agreement] = (),
) -> AgendaPoint:  # fmt: skip
    """How the point ended after all. What was agreed under it is corrected where it stands, in the inventory; only
    what was forgotten is added. Sent twice it is corrected once. Raises `Refused` with a sentence."""
    reason, words = reason.strip(), words.strip()
    if not reason:
        raise Refused(_("Say why it is corrected."))
    no_persons([reason, words, *(each.what for each in agreements)])
    deciding.complete(agreements)
    found = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    missing = [each for each in agreements if not _stands(found, each)]
    _check(found, state, words, promised=bool(agreements))
    if (found.state, found.decision) == (state, words) and not missing:
        return found
    mandates.must_speak(by, found.team)
    lifting.must_be_own_words(found, words)
    kept = PointCorrection.objects.create(
        point=found, was_state=found.state, was_decision=found.decision, reason=reason, by=by
    )
    found.state, found.decision = state, words
    found.save(update_fields=["state", "decision"])
    for each in missing:
        deciding.agree(found, each, by=by)
    if (kept.was_state, kept.was_decision) != (found.state, found.decision):
        lifting.decided(found)
    if found.meeting is not None and found.meeting.state == Meeting.State.HELD:
        letters.tell_corrected(kept)
    return found


def _check(point: AgendaPoint, state: PointState, words: str, *, promised: bool) -> None:
    if point.is_open:
        raise Refused(_("This point has not ended yet."))
    if state not in ENDS:
        raise Refused(_("A point that has ended does not open again. Put it on the agenda anew."))
    if point.meeting is None and state != PointState.DROPPED:
        raise Refused(_("No meeting spoke about this: it can only stay dropped."))
    if state == PointState.DROPPED and not words:
        raise Refused(_("Say why it is dropped."))
    agreed = promised or point.agreements.exists()
    if state == PointState.DECIDED and not words and not agreed:
        raise Refused(_("Write what was decided, or who does what by when."))
    if state != PointState.DECIDED and agreed:
        raise Refused(_("Somebody promised something here: then the point stays decided."))
    if state == PointState.NOTED and words:
        raise Refused(_("Of what was taken note of nothing is decided: leave the decision empty."))


def _stands(point: AgendaPoint, each: deciding.Agreement) -> bool:
    same = Action.objects.filter(point=point, title=each.what.strip()[:160], owner=each.who, due_on=each.due_on)
    return same.exists()
