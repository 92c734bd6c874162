"""Who may know what of a signal: how secret it is, the sentences shared of it, the notes on it."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _g

from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.models.events import EventKind, Unseen
from signals.models.held import Held
from teams.access import keeps_sealed_matter
from teams.models import Team, User

if TYPE_CHECKING:
    from signals.models.notes import Note
    from signals.models.shares import Share

# The same words by the same person within this time are a form sent twice.
SENT_TWICE = dt.timedelta(minutes=1)


class Told(Held):
    class Meta(Held.Meta):
        abstract = True

    def raise_level(self, *, by: User, level: int) -> None:
        """Make it more secret, with everything that hangs on it. Lowering is a handover's matter."""
        from signals.models.joinings import lock_joined

        with self.locked():
            if level <= self.level:
                raise Refused(_g("A signal can only become more secret."))
            if level == Level.SEALED and self.team_id is None:
                if self.owner.intake_team_id is None:
                    raise Refused(_g("Name the team that keeps this signal first."))
                self.team_id = self.owner.intake_team_id
            if level == Level.SEALED and self.team and not keeps_sealed_matter(self.team):
                raise Refused(
                    _g("Nobody in %(team)s may read sealed matter: then it would be lost.") % {"team": self.team}
                )
            for signal in (self, *lock_joined(self.whole)):
                signal._become(level, by=by, team_id=self.team_id)

    def _become(self, level: int, *, by: User, team_id: int | None) -> None:
        """Under its lock; of what was joined with another too, which may be as secret already."""
        from signals.actions import hush_what_was_told, take_along, withdraw_unseen_tasks
        from signals.handing import withdraw_pending

        if level <= self.level:
            return
        self.level, self.team_id = level, team_id if level == Level.SEALED else self.team_id
        self.save(update_fields=["level", "team"])
        withdraw_pending(signal=self.whole, by=by, referrals=False)  # its words were written for what it was before
        take_along(signal=self.whole)
        hush_what_was_told(signal=self.whole)
        self.record(EventKind.LEVEL_RAISED, by=by, to=str(Level(level).name.lower()))
        withdraw_unseen_tasks(signal=self.whole, by=by, why=Unseen.SEALED)

    def share(
        self, *, by: User, team: Team, text: str, legal_ground: str, purpose: str, expires_at: dt.datetime
    ) -> "Share":
        """Give another team one sentence, written for it; never the original text."""
        from signals.models.shares import Share

        with self.locked():
            share = Share(
                signal=self.whole, team=team, text=text.strip(), legal_ground=legal_ground.strip(),
                purpose=purpose.strip(), by=by, expires_at=expires_at,
            )  # fmt: skip
            share.full_clean()
            if team.organisation_id is None:
                raise Refused(_g("%(team)s is of several organisations: share with a team of one.") % {"team": team})
            # Sent twice it is one: ending it must end it.
            if twin := Share.objects.current().filter(signal=self.whole, team=team, text=share.text).first():
                return twin
            share.save()
            self.record(EventKind.SHARED, by=by, level=max(self.level, Level.LIMITED), team=team.name)
            if self.routine:
                self.surface("shared")
        return share

    def may_be_asked(self, team: Team) -> bool:
        """Of sealed matter only who keeps it, or was told a sentence of it, can be asked to do something."""
        from signals.models.shares import Share

        if self.level < Level.SEALED or team.pk == self.team_id:
            return True
        return Share.objects.current().filter(signal=self.whole, team=team).exists()

    def add_note(self, *, by: User, text: str, level: int = Level.OPEN, team: Team | None = None) -> "Note":
        from signals.mentions import notify
        from signals.models.notes import Note

        text = text.strip()
        if not text:
            raise Refused(_g("An empty note says nothing."))
        with self.locked():
            note = Note(signal=self.whole, by=by, text=text, level=max(level, self.level), organisation=by.organisation)
            note.team = team or (self.team if note.level == Level.SEALED else None)
            just_now = self.whole.notes.filter(
                at__gt=note.at - SENT_TWICE, by=by, text=text, level=note.level, team=note.team
            )
            if twin := just_now.first():
                return twin
            note.save()
            notify(note)
        return note
