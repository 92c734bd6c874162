"""Sealed matter always has a reader, or the organisation that owns it hears that it has none.

What takes the last reader away is refused (teams/keeping.py). Time asks nobody: a membership or a team comes to the
end it was given long ago. Then another team of the same organisation keeps what was kept there, when it has one.
"""

from functools import partial
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from kortrijk_gebied.jobs.rounds import each
from signals.actions import withdraw_unseen_tasks
from signals.levels import Level
from signals.models import Attachment, Category, Dossier, EventKind, Note, Signal
from signals.models.events import Unseen
from signals.soundness import Soundness
from teams.access import Access, keeps_sealed_matter, teams_that_keep_sealed_matter
from teams.models import Function, Organisation, Team

# Who can give somebody of their organisation the right to read, and who divides its work.
WHO_HEARS = (Function.ADMINISTRATOR, Function.COORDINATOR)


def has_something_to_keep(organisation_id: int) -> bool:
    """Subjects that arrive sealed, or sealed signals that still run."""
    subjects = Category.objects.filter(owner=organisation_id, level=Level.SEALED, active=True)
    return subjects.exists() or Signal.objects.open().filter(owner=organisation_id, level=Level.SEALED).exists()


def read_by_nobody() -> Q:
    return Q(level=Level.SEALED) & ~Q(team__in=teams_that_keep_sealed_matter())


def unread_for(viewer: Access) -> int:
    """How many sealed signals of the viewer's own organisation nobody can read: a number, and of no other."""
    if viewer.organisation_id is None or not viewer.holds(*WHO_HEARS):
        return 0
    return Signal.objects.filter(read_by_nobody(), owner=viewer.organisation_id).count()


# --- a team that no longer keeps -------------------------------------------------------------------------


def find_readers_again() -> int:
    """What is sealed to teams in which nobody reads any more goes to one of the same organisation that keeps.
    How many signals moved; again it moves nothing."""
    soundness, moved = Soundness(), 0
    for organisation in Organisation.objects.select_related("intake_team"):
        keeper = soundness.keeper_of(organisation)
        if keeper is not None:
            lost = Signal.objects.filter(read_by_nobody(), owner=organisation).order_by("pk")
            signals = lost.select_related("owner", "team")
            moved += each(signals, partial(_move, keeper=keeper), about="Finding readers again")
            each([organisation], partial(_move_parts, keeper=keeper), about="Finding readers of notes again")
    return moved


def _move(signal: Signal, keeper: Team) -> bool:
    with signal.locked():
        former = signal.team
        if signal.level < Level.SEALED or former is None or keeps_sealed_matter(former):
            return False
        signal.team = keeper
        signal.save(update_fields=["team"])
        signal.record(EventKind.KEPT, by=None, giver=former.name, receiver=keeper.name)
        withdraw_unseen_tasks(signal=signal, by=None, why=Unseen.SEALED)
    return True


def _move_parts(organisation: Organisation, keeper: Team) -> None:
    """What is sealed by itself: beside its signal where that is of the same organisation, else with the keeper."""
    Dossier.objects.filter(read_by_nobody(), owner=organisation).update(team=keeper)
    models_of_parts: tuple[Any, ...] = (Note, Attachment)
    for model in models_of_parts:
        lost = model.objects.filter(read_by_nobody(), organisation=organisation)
        beside = Signal.objects.filter(pk=OuterRef("signal"), owner=organisation, level=Level.SEALED)
        lost.filter(signal__owner=organisation, signal__level=Level.SEALED).update(
            team=Subquery(beside.values("team")[:1], output_field=models.BigIntegerField())
        )
        lost.update(team=keeper)
