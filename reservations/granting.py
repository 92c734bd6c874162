"""Which team may do what in a building: seen, given and taken back by who keeps it."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kortrijk_gebied.refusals import Refused
from reservations.models import Building, BuildingGrant
from teams.models import Membership, Team, User

type Actions = frozenset[str]

NOTHING: Actions = frozenset()
# Everybody who is signed in may look a house up: `view` comes and goes with the others.
VIEW = "view"
ACTIONS: dict[str, Promise] = {
    "book": gettext_lazy("book"),
    "approve": gettext_lazy("say yes or no"),
    "manage": gettext_lazy("keep the house"),
}
# Without somebody who does these a house answers nobody, or is nobody's.
NEEDED: dict[str, Promise] = {
    "manage": gettext_lazy("Somebody has to keep this house: leave that to one team at least, with people in it."),
    "approve": gettext_lazy("Somebody has to answer requests: leave that to one team at least, with people in it."),
}


def rights_in(building: Building) -> dict[Team, Actions]:
    """By team, as far as one may anything."""
    rows = BuildingGrant.objects.filter(content_object=building).values_list("group__team", "permission__codename")
    found: dict[int, set[str]] = defaultdict(set)
    for team, codename in rows:
        found[team].add(codename.removesuffix("_building"))
    teams = Team.objects.filter(pk__in=found).select_related("organisation").order_by("organisation__name", "name")
    return {team: frozenset(found[team.pk]) for team in teams}


def version_of(rights: Mapping[Team, Actions]) -> str:
    """Of what stood on the screen of who changes it."""
    said = sorted(f"{team.pk}:{','.join(sorted(actions))}" for team, actions in rights.items())
    return hashlib.sha256(" ".join(said).encode()).hexdigest()[:16]


@transaction.atomic
def give(building: Building, wanted: Mapping[Team, Actions], *, seen: str) -> None:
    """These teams may do this there, and no more; of others nothing changes. Sent twice it is done once."""
    Building.objects.select_for_update(no_key=True).get(pk=building.pk)
    before = rights_in(building)
    asked = {team: _whole(actions) for team, actions in wanted.items()}
    if all(before.get(team, NOTHING) == actions for team, actions in asked.items()):
        return
    if version_of(before) != seen:
        raise Refused(_("Meanwhile somebody changed who may do what here. Look at it again."))
    _check_somebody_is_left(before, {**before, **asked})
    for team, actions in asked.items():
        had = before.get(team, NOTHING)
        BuildingGrant.objects.filter(
            content_object=building, group=team.group_id, permission__codename__in=_codenames(had - actions)
        ).delete()
        write([(building, team, actions - had)])


def write(given: Iterable[tuple[Building, Team, Iterable[str]]]) -> None:
    """Give; what was given before stays."""
    permissions = {each.codename: each for each in Permission.objects.filter(content_type__model="building")}
    BuildingGrant.objects.bulk_create(
        (
            BuildingGrant(group_id=team.group_id, permission=permissions[f"{action}_building"], content_object=building)
            for building, team, actions in given
            for action in sorted(actions)
        ),
        ignore_conflicts=True,
    )


def _whole(actions: Actions) -> Actions:
    known = actions & set(ACTIONS)
    return known | {VIEW} if known else NOTHING


def _codenames(actions: Iterable[str]) -> list[str]:
    return [f"{action}_building" for action in actions]


def _check_somebody_is_left(before: Mapping[Team, Actions], after: Mapping[Team, Actions]) -> None:
    for action, refusal in NEEDED.items():
        if _somebody_may(action, before) and not _somebody_may(action, after):
            raise Refused(str(refusal))


def _somebody_may(action: str, rights: Mapping[Team, Actions]) -> bool:
    teams = [team.pk for team, actions in rights.items() if action in actions]
    return Membership.objects.valid_on(timezone.localdate()).filter(team__in=teams).exists()


# --- what was given and taken back -----------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """In one act of one person to or from one team."""

    at: dt.datetime
    who: str
    team: str
    actions: list[str]
    is_taken: bool


def given_in(building: Building, most: int = 50) -> list[Given]:
    """By people, the latest first: what a house began with nobody gave."""
    changes: Any = apps.get_model("reservations", "BuildingGrantChange")
    rows = changes.objects.filter(content_object_id=building.pk, pgh_context__metadata__has_key="user")
    found = list(rows.select_related("pgh_context").order_by("-pgh_id")[: most * len(ACTIONS)])
    names = dict(Permission.objects.filter(content_type__model="building").values_list("pk", "codename"))
    teams = dict(Team.objects.values_list("group_id", "name"))
    people = _people(found)
    acts = []
    for (_context, group, label), some in groupby(found, lambda row: (row.pgh_context_id, row.group_id, row.pgh_label)):
        lines = list(some)
        done = [names[row.permission_id].removesuffix("_building") for row in lines]
        said = [str(words) for action, words in ACTIONS.items() if action in done]
        if said:
            who = people.get(str(lines[0].pgh_context.metadata["user"]), "")
            acts.append(Given(lines[0].pgh_created_at, who, teams.get(group, ""), said, label == "delete"))
    return acts[:most]


def _people(rows: Iterable[Any]) -> dict[str, str]:
    users = {row.pgh_context.metadata["user"] for row in rows} - {None}
    return {str(person.pk): person.name for person in User.objects.filter(pk__in=users)}
