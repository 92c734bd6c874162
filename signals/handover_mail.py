"""Who hears by mail of what was asked of others. Never what it is about: that stands behind the sign-in."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from signals.levels import Level
from signals.models import Handover
from signals.workflow import HandoverState
from teams.access import who_may
from teams.models import Team, User


def tell_who_is_asked(*, handover: Handover) -> None:
    """Members of the team who wish a mail."""
    if handover.team is None:
        return
    for person in members_of(handover.team):
        if person.mail_offers:
            post(
                key=f"handover:{handover.pk}:asked:{person.pk}",
                to=person.email,
                reader_id=person.pk,
                subject=_("Asked of %(team)s") % {"team": handover.receiver},
                body=_(
                    "Hello %(name)s\n\n%(what)s, asked of %(receiver)s by %(giver)s. An answer is expected by %(day)s."
                    "\n\nRead what it is and answer: %(link)s"
                )
                % {**_words(handover, person), "day": date_format(timezone.localtime(handover.due_at), "j F Y")},
            )


def tell_who_asked(*, handover: Handover) -> None:
    """That there is an answer, not what it says."""
    if handover.state == HandoverState.WITHDRAWN or handover.ended_by_id == handover.by_id:
        return
    for person in who_asked(handover):
        post(
            key=f"handover:{handover.pk}:answered{'' if person == handover.by else f':{person.pk}'}",
            to=person.email,
            reader_id=person.pk,
            subject=_("An answer of %(receiver)s") % {"receiver": handover.receiver},
            body=_("Hello %(name)s\n\n%(what)s of %(day)s: %(state)s by %(receiver)s.\n\nThe answer: %(link)s")
            % {**_words(handover, person), "state": handover.get_state_display()},
        )


def tell_of_retraction(*, handover: Handover, by: User, confirmed_by: User | None) -> None:
    """Who asked it, and who had said yes, unless it is they who take that back."""
    people = {*who_asked(handover), *([confirmed_by] if confirmed_by and confirmed_by.is_active else [])}
    for person in people - {by}:
        post(
            key=f"handover:{handover.pk}:retracted:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_("A confirmation was taken back"),
            body=_(
                "Hello %(name)s\n\n%(what)s to %(receiver)s, asked on %(day)s: the confirmation was a mistake and was "
                "taken back.\n\nSee how it stands: %(link)s"
            )
            % _words(handover, person),
        )


def tell_that_nobody_answers(handover: Handover, people: Iterable[User], key: str) -> None:
    for person in people:
        words = {**_words(handover, person), "site": settings.SITE_URL}
        post(
            key=f"handover:{handover.pk}:{key}:{person.pk}",
            to=person.email,
            reader_id=person.pk,
            subject=_("Still waiting for an answer of %(receiver)s") % words,
            body=_(
                "Hello %(name)s\n\n%(what)s, asked by %(giver)s on %(day)s: no answer of %(receiver)s yet.\n\n%(site)s"
            )
            % words,
        )


def _words(handover: Handover, person: User) -> dict[str, str]:
    return {
        "name": person.name,
        "what": capfirst(handover.get_kind_display()),
        "giver": handover.giver,
        "receiver": handover.receiver,
        "day": date_format(timezone.localtime(handover.at), "j F Y"),
        "link": f"{settings.SITE_URL}{reverse('signals:handover', args=[handover.pk])}",
    }


# --- who that is ----------------------------------------------------------------------------------------


def who_answers(handover: Handover) -> Iterable[User]:
    """The team that was asked; of a referral outside, who must see to it that they confirm."""
    return members_of(handover.team) if handover.team else who_asked(handover)


def who_asked(handover: Handover) -> Iterable[User]:
    """That person; once gone, the team that asked, or else the coordinators of its organisation in the area."""
    if handover.by.is_active:
        return [handover.by]
    if handover.from_team or handover.signal.level == Level.SEALED:
        return members_of(handover.from_team)
    return who_may("route", handover.signal.area_id, handover.from_organisation_id)


def who_decides(handover: Handover) -> Iterable[User]:
    """The coordinators of both sides in the area. Of sealed matter no coordinator knows: then both teams."""
    signal, sides = handover.signal, {handover.from_organisation_id}
    if handover.team and handover.team.organisation_id and signal.area_id:
        sides.add(handover.team.organisation_id)
    if signal.level == Level.SEALED:
        return {*members_of(handover.team), *members_of(handover.from_team), *who_asked(handover)}
    return {person for side in sides for person in who_may("route", signal.area_id, side)}


def members_of(team: Team | None) -> Iterable[User]:
    """Who works there today, and still does."""
    if team is None:
        return []
    members = team.memberships.valid_on(timezone.localdate()).values("user")
    return User.objects.filter(pk__in=members, is_active=True)
