"""What one leaves for who comes after, in one tap: no question which team."""

import uuid

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from areas.within import in_or_over
from kortrijk_gebied.refusals import Refused, must_say_the_same
from kortrijk_gebied.workdays import BRUSSELS
from teams.models import Absence, Function, Membership, Rota, ShiftNote, Team, User
from teams.models.audience import Audience


def pass_on(*, key: uuid.UUID, by: User, area: Area, text: str, to_partners: bool) -> ShiftNote:
    """Sent twice with one key it is one note."""
    team = team_of(by, area)
    if team is None:
        raise Refused(_("You are in no team today: there is nobody to leave it for."))
    audience = Audience.PARTNERS if to_partners else Audience.INTERNAL
    note, _made = ShiftNote.objects.get_or_create(
        pk=key, defaults={"by": by, "team": team, "area": area, "text": text, "audience": audience}
    )
    must_say_the_same(note, by=by, area=area, text=text, audience=audience)
    return note


def next_up(team: Team, area: Area, than: User) -> User | None:
    """Who by the published rota of the team walks there next and is there, beside whoever asks."""
    rota = Rota.objects.filter(team=team).first()
    version = rota.published if rota else None
    if version is None:
        return None
    now = timezone.localtime(timezone.now(), BRUSSELS)
    later = Q(day__gt=now.date()) | Q(day=now.date(), ends__gt=now.time())
    away = Absence.objects.filter(user=OuterRef("user"), starts__lte=OuterRef("day"), ends__gte=OuterRef("day"))
    shifts = (
        version.shifts.filter(in_or_over(area), later).exclude(Exists(away)).exclude(user=than).select_related("user")
    )
    first = shifts.order_by("day", "starts", "pk").first()
    return first.user if first else None


def team_of(user: User, area: Area | None) -> Team | None:
    """Of one's own organisation, the wardens before others, and what serves the area before what serves everywhere."""
    today = timezone.localdate()
    memberships = list(Membership.objects.valid_on(today).filter(user=user).select_related("team").order_by("pk"))
    serving = set(Team.areas.through.objects.filter(area=area).values_list("team_id", flat=True))
    ranked = sorted(
        memberships,
        key=lambda each: (
            each.function != Function.COMMUNITY_WARDEN,
            each.team.organisation_id is None,
            each.team_id not in serving,
        ),
    )
    return ranked[0].team if ranked else None
