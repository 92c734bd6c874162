"""The posts of a team follow its rota: work goes to the post of a zone, and so to who serves there that day.

Who was named by hand, for who fell ill this morning or before there was a rota, is nobody's to lose: they stay, unless
who publishes says that the rota takes their place."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from teams.models import Post, PostHolder, Rota
from teams.models.rota import SERVING
from teams.rota.facts import A_DAY, Days, Key, Plan
from teams.rota.reading import FOR_EVER, from_today


@dataclass(frozen=True)
class Held:
    who: Key
    days: Days


def named_by_hand(rota: Rota, zones: Collection[Key]) -> QuerySet[PostHolder]:
    """Who holds the post of a zone, or will, without the rota."""
    posts = Post.objects.filter(team=rota.team_id, area__in=zones, function=SERVING)
    named = PostHolder.objects.filter(post__in=posts, by_rota=False).not_over(timezone.localdate())
    rows = named.select_related("user", "post__area").defer("post__area__boundary")
    return rows.order_by("post__area__position", "starts", "pk")


def beside_the_rota(named: Iterable[PostHolder], plan: Plan) -> list[PostHolder]:
    """Those whom the plan does not put there in all of these days."""
    return [each for each in named if without(days_of(each), _of_plan(plan, each.post.area_id, each.user_id))]


def _of_plan(plan: Plan, zone: Key, who: Key) -> list[Days]:
    return [turn.days for turn in plan.turns if (turn.zone, turn.who) == (zone, who)]


def days_of(holder: PostHolder) -> Days:
    """What of it is still to come."""
    return Days(max(holder.starts, timezone.localdate()), holder.ends or FOR_EVER)


def without(days: Days, others: Iterable[Days]) -> list[Days]:
    """What is left of these days."""
    left = [days]
    for other in others:
        left = [part for each in left for part in _outside(each, other)]
    return left


def _outside(days: Days, other: Days) -> list[Days]:
    before = Days(days.starts, min(days.ends, other.starts - A_DAY))
    after = Days(max(days.starts, other.ends + A_DAY), days.ends)
    return [part for part in (before, after) if part.starts <= part.ends] if days.common(other) else [days]


def follow(rota: Rota, plan: Plan, *, replaces: Collection[PostHolder] = ()) -> None:
    """What is past stays; what runs ends or goes on; what the rota had put there to come is written anew. Those of
    `replaces`, named by hand, make place for the rota."""
    today = timezone.localdate()
    for holder in replaces:
        make_place(holder, today)
    for zone in plan.zones:
        post, _created = Post.objects.get_or_create(team_id=rota.team_id, area_id=zone, function=SERVING)
        by_hand: dict[Key, list[Days]] = {}
        for holder in post.holders.filter(by_rota=False).not_over(today):
            by_hand.setdefault(holder.user_id, []).append(days_of(holder))
        turns = [turn for turn in plan.turns if turn.zone == zone]
        coming = [(turn.who, days) for turn in turns if (days := from_today(turn.days))]
        wanted = [Held(who, part) for who, days in coming for part in without(days, by_hand.get(who, ()))]
        _hold(post, wanted, today)


def _hold(post: Post, wanted: list[Held], today: dt.date) -> None:
    mine = post.holders.filter(by_rota=True)
    mine.filter(starts__gt=today).delete()
    now = {held.who: held for held in wanted if held.days.starts == today}
    for holder in mine.not_over(today):
        if held := now.pop(holder.user_id, None):
            wanted.remove(held)
            until(holder, held.days.ends)
        else:
            make_place(holder, today)
    PostHolder.objects.bulk_create(
        PostHolder(post=post, user_id=held.who, starts=held.days.starts, ends=held.days.ends, by_rota=True)
        for held in wanted
    )


def make_place(holder: PostHolder, today: dt.date) -> None:
    if holder.starts >= today:
        holder.delete()
    else:
        until(holder, today - A_DAY)


def until(holder: PostHolder, ends: dt.date) -> None:
    if holder.ends != ends:
        holder.ends = ends
        holder.save(update_fields=["ends"])
