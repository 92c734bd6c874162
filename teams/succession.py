"""What organisations and teams have in a division goes over to its successor."""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from areas.models import AreaSet
from areas.succession import Areas, predecessors, successors
from teams.models import (
    Action,
    AreaFlag,
    AreaGrant,
    Bulletin,
    DigestChoice,
    Organisation,
    Plan,
    Post,
    PostHolder,
    PresenceHour,
    Team,
)
from teams.models.places import Placed, name_again

# What is of areas (`areas`, many of them) and still runs when these are replaced: it is then also of what came after
# them. What is over stays where it was.
_running: list[Callable[[], QuerySet[Any]]] = [
    lambda: Action.objects.open(),
    lambda: AreaFlag.objects.open(),
    lambda: Bulletin.objects.filter(archived_at__isnull=True),  # drafts too
    lambda: Plan.objects.valid_on(timezone.localdate()),
]


def register_running(rows: Callable[[], QuerySet[Any]]) -> None:
    """For a room above this one."""
    _running.append(rows)


@transaction.atomic
def follow(former: AreaSet, area_set: AreaSet) -> None:
    """Working sets, areas of teams, rights and posts, and what runs there. What teams have on the former areas they
    keep: what was closed lies there for ever, and last month's report is still of them."""
    became = successors(former, area_set)
    Organisation.objects.filter(working_set__code=area_set.code).exclude(working_set=area_set).update(
        working_set=area_set
    )
    for team in Team.objects.filter(areas__in=became).distinct():
        team.areas.add(*(new for old in team.areas.filter(set=former) for new in became[old.pk]))
    pass_on_rights(became)
    let_read_what_was(predecessors(former, area_set))
    for rows in _running:
        lie_there_too(rows(), became)
    for choice in DigestChoice.objects.filter(area__in=became):
        keep_telling(choice, became[choice.area_id])
    for hours in PresenceHour.objects.not_over(timezone.localdate()).filter(area__in=became):
        be_there_too(hours, became[hours.area_id] if hours.area_id else [])
    for post in Post.objects.filter(area__set=former).select_related("area").order_by("area__position", "pk"):
        move_post(post, became[post.area_id])


def lie_there_too(rows: QuerySet[Any], became: Areas) -> None:
    """Of the former area too, so that who looks back finds it; in a few statements, however many rows."""
    through, mine = rows.model.areas.through, f"{rows.model._meta.model_name}_id"
    here = through.objects.filter(area__in=became, **{f"{mine}__in": rows.order_by().values("pk")})
    there = [{mine: row, "area_id": new} for row, old in here.values_list(mine, "area_id") for new in became[old]]
    through.objects.bulk_create([through(**each) for each in there], ignore_conflicts=True)
    if issubclass(rows.model, Placed):
        moved: QuerySet[Any] = rows.model._default_manager.filter(pk__in={each[mine] for each in there})
        name_again(moved)


def keep_telling(choice: DigestChoice, news: Collection[int]) -> None:
    told = {"rhythm": choice.rhythm, "told_until": choice.told_until}
    for new in news:
        DigestChoice.objects.get_or_create(user_id=choice.user_id, area_id=new, defaults=told)


def be_there_too(hours: PresenceHour, news: Collection[int]) -> None:
    """Who is found at a place of the former area is looked for in those that came after it."""
    same = {name: getattr(hours, name) for name in ("user", "team", "weekday", "opens", "closes", "place", "starts")}
    more = {name: getattr(hours, name) for name in ("service_point", "is_public", "note", "ends")}
    for new in news:
        PresenceHour.objects.get_or_create(**same, area_id=new, defaults=more)


def pass_on_rights(became: Areas) -> None:
    rights = AreaGrant.objects.filter(content_object__in=became)
    AreaGrant.objects.bulk_create(
        [
            AreaGrant(permission_id=right.permission_id, group_id=right.group_id, content_object_id=new)
            for right in rights
            for new in became[right.content_object_id]
        ],
        ignore_conflicts=True,
    )


def let_read_what_was(came_from: Areas) -> None:
    """Who may view an area may view those it took a part of: its closed signals lie there."""
    views = AreaGrant.objects.filter(permission__codename="view_area", content_object__in=came_from)
    AreaGrant.objects.bulk_create(
        [
            AreaGrant(permission_id=view.permission_id, group_id=view.group_id, content_object_id=old)
            for view in views
            for old in came_from[view.content_object_id]
        ],
        ignore_conflicts=True,
    )


def move_post(post: Post, news: list[int]) -> None:
    """To the area most of it went to, with its holders, and as a copy to the others."""
    for new in news[1:]:
        copy, _created = Post.objects.get_or_create(
            team=post.team, area_id=new, function=post.function, defaults={"phone": post.phone}
        )
        copy_holders(post, copy)
    twin = Post.objects.filter(team=post.team, area_id__in=news[:1], function=post.function).first()
    if twin:  # two areas became one
        copy_holders(post, twin)
        post.delete()
    elif news:
        post.area_id = news[0]
        post.save(update_fields=["area"])


def copy_holders(post: Post, other: Post) -> None:
    known = set(other.holders.values_list("user", flat=True))
    PostHolder.objects.bulk_create(
        PostHolder(post=other, user_id=holder.user_id, starts=holder.starts, ends=holder.ends, by_rota=holder.by_rota)
        for holder in post.holders.all()
        if holder.user_id not in known
    )
