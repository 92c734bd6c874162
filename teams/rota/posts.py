"""The posts of a team follow its rota: work goes to the post of a zone, and so to who serves there that day."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from teams.models import Post, PostHolder, Rota
from teams.models.rota import SERVING
from teams.rota.facts import A_DAY, Days, Key, Plan
from teams.rota.reading import from_today


@dataclass(frozen=True)
class Held:
    who: Key
    days: Days


def follow(rota: Rota, plan: Plan) -> None:
    """What is past stays; what runs ends or goes on; what was to come is written anew."""
    for zone in plan.zones:
        post, _created = Post.objects.get_or_create(team_id=rota.team_id, area_id=zone, function=SERVING)
        wanted = [Held(turn.who, days) for turn in plan.turns if turn.zone == zone and (days := from_today(turn.days))]
        _hold(post, wanted, timezone.localdate())


def _hold(post: Post, wanted: list[Held], today: dt.date) -> None:
    post.holders.filter(starts__gt=today).delete()
    now = {held.who: held for held in wanted if held.days.starts == today}
    for holder in post.holders.filter(starts__lte=today).exclude(ends__lt=today):
        if held := now.pop(holder.user_id, None):
            wanted.remove(held)
            ends = held.days.ends
        else:
            ends = today - A_DAY
        if ends < holder.starts:
            holder.delete()
        elif holder.ends != ends:
            holder.ends = ends
            holder.save(update_fields=["ends"])
    PostHolder.objects.bulk_create(
        PostHolder(post=post, user_id=held.who, starts=held.days.starts, ends=held.days.ends) for held in wanted
    )
