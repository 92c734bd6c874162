"""What colleagues and partners raised themselves, and who hears how it ended.

A warden who saw it, a service centre or school that reports it in its own name: they hear back as a reporter does, in
the program. Their figures are for them alone; those of a partner's program are for the post it reports for.
"""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signals.levels import Level
from signals.models import Channel, Feedback, PartnerReport, Report, Signal
from signals.reading import looked_at
from signals.workflow import ENDED, SignalStatus
from teams.access import Access
from teams.models import Membership, User
from teams.models.organisations import OrganisationKind

# Through these channels it is a colleague or partner who noticed it; through the others somebody typed for a citizen.
RAISED_BY_COLLEAGUES = {Channel.WARDEN, Channel.PARTNER}


def who_raised(signal: Signal) -> list[User]:
    """The people who hear how it ended: each once."""
    told = Report.objects.filter(signal=signal, channel__in=RAISED_BY_COLLEAGUES)
    by_hand = User.objects.filter(pk__in=told.values("registered_by"), is_active=True)
    by_program = Membership.objects.none()
    for key in PartnerReport.objects.filter(report__signal=signal).values_list("key__team", "key__organisation"):
        by_program |= _at_post(*key)
    return list(by_hand | User.objects.filter(pk__in=by_program.values("user")))


def _at_post(team_id: int | None, organisation_id: int) -> QuerySet[Membership]:
    """Who sits at the post that a program reports for: its team, else everybody of that partner."""
    of_partners = Membership.objects.valid_on(timezone.localdate()).filter(
        team__organisation_id=organisation_id, team__organisation__kind=OrganisationKind.PARTNER
    )
    return of_partners.filter(team=team_id) if team_id else of_partners


def hears_how_it_ends(signal: Signal, user: User) -> bool:
    """Of sealed matter who raised it hears only that it arrived; of limited matter too, outside its owner."""
    return signal.level == Level.OPEN or (signal.level == Level.LIMITED and user.organisation_id == signal.owner_id)


def heard_by(organisation_id: int | None) -> Q:
    """The same rule for many signals."""
    return Q(level=Level.OPEN) | Q(level=Level.LIMITED, owner_id=organisation_id)


@dataclass(frozen=True)
class Figures:
    """How what was raised ended. What became secret later is in `all` alone: no figure tells that it did."""

    all: int = 0
    solved: int = 0
    otherwise: int = 0  # cancelled, not ours, or joined with another
    arrived: int = 0  # of a subject of which one never hears more than that

    @property
    def words(self) -> str:
        """Such as “11 solved, 1 delivered to the right service”."""
        said = []
        if self.all > self.arrived:
            said.append(ngettext("%(count)s solved", "%(count)s solved", self.solved) % {"count": self.solved})
        if self.otherwise:
            said.append(_("%(count)s ended otherwise") % {"count": self.otherwise})
        if self.arrived:
            said.append(_("%(count)s delivered to the right service") % {"count": self.arrived})
        return ", ".join(said)


def own_reports(user_id: uuid.UUID) -> Q:
    return Q(registered_by=user_id, channel__in=RAISED_BY_COLLEAGUES)


def reports_of_post(viewer: Access) -> Q:
    """What a program of the viewer's organisation reported for a post that the viewer is at."""
    keys = Q(partner_report__key__team__in=viewer.team_ids) | Q(partner_report__key__team__isnull=True)
    partner = Q(partner_report__key__organisation__kind=OrganisationKind.PARTNER)
    if viewer.organisation_id is None or not viewer.team_ids:
        return Q(pk__in=[])
    return Q(partner_report__key__organisation=viewer.organisation_id) & partner & keys


def figures(raised: Q, organisation_id: int | None) -> Figures:
    reports = Report.objects.filter(raised)
    heard, known = heard_by(organisation_id), reports.filter(category__level__gt=Level.OPEN)
    counts = Signal.objects.filter(pk__in=reports.values("signal")).aggregate(
        all=Count("pk"),
        solved=Count("pk", filter=heard & Q(status=SignalStatus.CLOSED)),
        otherwise=Count("pk", filter=heard & Q(status__in=ENDED - {SignalStatus.CLOSED})),
        arrived=Count("pk", filter=~heard & Q(pk__in=known.values("signal"))),
    )
    return Figures(**counts)


def own_figures(user: User) -> Figures:
    """Of what this person raised: to be shown to this person alone."""
    return figures(own_reports(user.pk), user.organisation_id)


def figures_of_post(viewer: Access) -> Figures:
    """Of what the viewer's organisation raised by its own program."""
    return figures(reports_of_post(viewer), viewer.organisation_id)


def read(lines: list[Feedback], *, by: User) -> None:
    """Their words are about to be seen: on record where they are of limited matter, and read from here on."""
    looked_at([line.signal for line in lines if hears_how_it_ends(line.signal, by)], by=by, surface="feedback")
    unread = [line.pk for line in lines if line.read_at is None]
    if unread:
        Feedback.objects.of(by).unread().filter(pk__in=unread).update(read_at=timezone.now())
