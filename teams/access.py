"""Who may do what where. The only module that asks guardian for grants.

A person's rights are the grants of the groups of the teams they are a member of *today*. Guardian hangs
grants on groups; Django would join those to `user.groups`, which knows no dates, so we never do.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.utils import timezone
from guardian.shortcuts import assign_perm

from areas.models import Area
from teams.models import AreaGrant, Function, Membership, Organisation, Team, TeamGrant, User

type Grants = Mapping[str, frozenset[int]]

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Access:
    """What one viewer may do on one day. Also made for an organisation as a reader of a report."""

    user_id: uuid.UUID | None = None
    organisation_id: int | None = None
    functions: frozenset[str] = frozenset()
    team_ids: frozenset[int] = NOBODY
    area_grants: Grants = field(default_factory=dict)
    team_grants: Grants = field(default_factory=dict)

    def areas(self, action: str) -> frozenset[int]:
        """Areas on which `action` (view, register, route, work, view_reporter, manage) is granted."""
        return self.area_grants.get(action, NOBODY)

    def teams(self, action: str) -> frozenset[int]:
        """Teams on which `action` (view, work, view_sealed, manage) is granted."""
        return self.team_grants.get(action, NOBODY)

    @property
    def sealed_team_ids(self) -> frozenset[int]:
        return self.teams("view_sealed")

    def holds(self, *functions: Function) -> bool:
        return bool(self.functions.intersection(functions))

    def holds_all_of(self, former: "Access") -> bool:
        """Whether nothing of what somebody might do before was taken away since."""
        return (
            (self.user_id, self.organisation_id) == (former.user_id, former.organisation_id)
            and self.functions >= former.functions
            and self.team_ids >= former.team_ids
            and all(self.areas(action) >= granted for action, granted in former.area_grants.items())
            and all(self.teams(action) >= granted for action, granted in former.team_grants.items())
        )

    def may(self, action: str) -> bool:
        """Whether the action is granted anywhere at all: for menus and for the first guard of a view."""
        return bool(self.areas(action) or self.teams(action))


def access_of(user: User | AnonymousUser, on: dt.date | None = None) -> Access:
    """The access of a person on a day (today by default), in three queries, kept on the user object."""
    if not isinstance(user, User) or not user.is_active:
        return Access()
    day = on or timezone.localdate()
    kept: tuple[dt.date, Access] | None = getattr(user, "_access", None)
    if kept is None or kept[0] != day:
        kept = (day, _read_access(user, day))
        user._access = kept  # type: ignore[attr-defined]
    return kept[1]


def _read_access(user: User, day: dt.date) -> Access:
    return accesses_of([user], day)[user.pk]


def may_still(former: Access) -> bool:
    """Whether somebody may at this moment what they might when something long began; read anew."""
    person = User.objects.filter(pk=former.user_id).first() if former.user_id else None
    return person is not None and access_of(person).holds_all_of(former)


def accesses_of(users: Collection[User], on: dt.date | None = None) -> dict[uuid.UUID, Access]:
    """The access of many people on a day, by their key; in three queries, however many they are."""
    held: dict[uuid.UUID, list[tuple[int, int, str]]] = {user.pk: [] for user in users if user.is_active}
    valid = Membership.objects.valid_on(on or timezone.localdate()).filter(user__in=held)
    for user, team, group, function in valid.values_list("user_id", "team_id", "team__group_id", "function"):
        held[user].append((team, group, function))
    groups = {group for memberships in held.values() for _team, group, _function in memberships}
    on_areas, on_teams = _granted_to(AreaGrant, groups, "_area"), _granted_to(TeamGrant, groups, "_team")
    return {user.pk: _access(user, held.get(user.pk), on_areas, on_teams) for user in users}


def _access(
    user: User, memberships: list[tuple[int, int, str]] | None, on_areas: "ByGroup", on_teams: "ByGroup"
) -> Access:
    if memberships is None:  # stopped
        return Access()
    groups = {group for _team, group, _function in memberships}
    return Access(
        user_id=user.pk,
        organisation_id=user.organisation_id,
        functions=frozenset(function for _team, _group, function in memberships),
        team_ids=frozenset(team for team, _group, _function in memberships),
        area_grants=_together(on_areas, groups),
        team_grants=_together(on_teams, groups),
    )


type ByGroup = Mapping[int, list[tuple[str, int]]]


def _granted_to(model: Any, groups: set[int], suffix: str) -> ByGroup:
    """What each group was granted: an action, and the key of what it may be done on."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = model.objects.filter(group__in=groups).values_list("group_id", "permission__codename", "content_object_id")
    for group, codename, pk in rows:
        found[group].append((codename.removesuffix(suffix), pk))
    return found


def _together(granted: ByGroup, groups: Collection[int]) -> Grants:
    found: dict[str, set[int]] = defaultdict(set)
    for group in groups:
        for action, pk in granted.get(group, []):
            found[action].add(pk)
    return {action: frozenset(pks) for action, pks in found.items()}


def _grants(model: Any, groups: set[int], suffix: str) -> Grants:
    return _together(_granted_to(model, groups, suffix), groups)


def access_of_team(team: Team, on: dt.date | None = None) -> Access:
    """What a team reads, for a program that asks in its name. Nothing sealed: that is for people."""
    day = on or timezone.localdate()
    if not Team.objects.valid_on(day).filter(pk=team.pk).exists():
        return Access(organisation_id=team.organisation_id)
    grants = dict(_grants(TeamGrant, {team.group_id}, "_team"))
    grants.pop("view_sealed", None)
    return Access(
        organisation_id=team.organisation_id,
        team_ids=frozenset([team.pk]),
        area_grants=_grants(AreaGrant, {team.group_id}, "_area"),
        team_grants=grants,
    )


def access_of_organisation(organisation: Organisation, area: Area) -> Access:
    """A report for an organisation shows what *every* reader of it there may read: open matter of the area
    and what is limited to the organisation; nothing sealed, no team's own."""
    return Access(organisation_id=organisation.pk, area_grants={"view": frozenset([area.pk])})


def granted(viewer: Access, model: Any, action: str) -> frozenset[int]:
    """Rows of a higher room (buildings) on which the viewer's teams hold `action`; `model` is its grant."""
    rows = model.objects.filter(group__team__in=viewer.team_ids, permission__codename__startswith=f"{action}_")
    return frozenset(rows.values_list("content_object_id", flat=True))


def grant(team: Team, action: str, on: Model) -> None:
    """Give a team a right on an area, a team or a building. Safe to repeat."""
    assign_perm(f"{action}_{on._meta.model_name}", team.group, on)


def teams_that_work(on: dt.date | None = None) -> QuerySet[Team]:
    """Teams a task can go to: of one organisation, valid that day, and with somebody allowed to do it."""
    working = TeamGrant.objects.filter(permission__codename="work_team").values("content_object_id")
    return Team.objects.executing().valid_on(on or timezone.localdate()).filter(pk__in=working)


def who_may(action: str, area_id: int | None, organisation_id: int, on: dt.date | None = None) -> QuerySet[User]:
    """The people of an organisation whom one of their teams lets do something in an area; of what lies nowhere, in
    any area."""
    grants = AreaGrant.objects.filter(permission__codename=f"{action}_area")
    groups = (grants if area_id is None else grants.filter(content_object_id=area_id)).values("group")
    members = Membership.objects.valid_on(on or timezone.localdate()).filter(team__group__in=groups)
    return User.objects.filter(pk__in=members.values("user"), organisation_id=organisation_id)


def keeps_sealed_matter(team: Team) -> bool:
    """Whether somebody can read today what is sealed to this team."""
    return teams_that_keep_sealed_matter().filter(pk=team.pk).exists()


def teams_that_keep_sealed_matter(on: dt.date | None = None) -> QuerySet[Team]:
    """Teams valid that day with somebody who may read what is sealed to them. A right that nobody holds reads
    nothing: what is sealed to such a team is lost to everybody."""
    day = on or timezone.localdate()
    reading = Membership.objects.valid_on(day).values("team__group")
    return Team.objects.valid_on(day).filter(pk__in=_sealed_grants().filter(group__in=reading).values("content_object"))


@dataclass(frozen=True)
class Reader:
    """A membership that lets a person read what is sealed to a team."""

    membership_id: int
    user_id: uuid.UUID
    through_id: int  # the team of the membership, mostly the one that keeps
    team_id: int
    organisation_id: int | None


def readers_of_sealed_matter(on: dt.date) -> list[Reader]:
    """All of them on a day, in two queries."""
    kept: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    grants = _sealed_grants().filter(content_object__in=Team.objects.valid_on(on))
    for group, team, organisation in grants.values_list(
        "group", "content_object", "content_object__organisation"
    ):  # fmt: skip
        kept[group].append((team, organisation))
    members = Membership.objects.valid_on(on).filter(team__group__in=kept)
    return [
        Reader(membership, user, through, team, organisation)
        for membership, user, through, group in members.values_list("pk", "user", "team", "team__group")
        for team, organisation in kept[group]
    ]


def _sealed_grants() -> QuerySet[TeamGrant]:
    return TeamGrant.objects.filter(permission__codename="view_sealed_team")
