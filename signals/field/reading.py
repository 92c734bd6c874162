"""What a tablet carries along to read without network: made for one person, and sealed there with a key that lives in
memory. Nothing that is sealed here ever goes on a tablet; of what is limited only what this person may read."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from areas.models import Area, AreaSet
from areas.within import working_areas
from signals import raised, worklist
from signals.briefing_sections import CARRIED_ELSEWHERE
from signals.left_behind import left_for
from signals.levels import Level
from signals.models import Category, Channel, Feedback, PatrolRound, Report, Signal
from signals.presence import inner_zones
from signals.raised import hears_how_it_ends
from signals.reading import looked_at
from signals.worklist import Item
from teams.access import Access, access_of
from teams.briefing.made import areas_of as briefing_areas
from teams.briefing.made import blocks_of
from teams.models import BriefingRead, User
from teams.rota.own import zone_today
from teams.start import own_areas

MOST_TASKS, MOST_NEARBY, MOST_LINES, MOST_NOTES, MOST_AREAS = 50, 500, 50, 5, 5
COUNTED_FOR = dt.timedelta(days=90)


def reading_of(user: User, since: dt.datetime) -> dict[str, Any]:
    """Everything at once, in a fixed number of questions to the database for each area of this person. What is limited
    goes in the read log as given along, once since this shift began: what is looked at without network nobody knows."""
    access = access_of(user)
    return {
        "as_of": timezone.now().isoformat(),
        "tiles": _tiles(),
        "tasks": _tasks(user, access, since),
        "nearby": _nearby(access),
        "feedback": _feedback(user, since),
        "raised": _raised(user),
        "zone": _zone(user, access, since),
        "briefing": _briefing(user, access),
        "notes": _notes(user, access),
        "zones": _zones(user, access),
        "round": _round(user),
    }


def _tiles() -> list[dict[str, Any]]:
    """The most used first. How often somebody asks for help decides no place: those tiles stand last."""
    recent = Report.objects.filter(channel=Channel.WARDEN, received_at__gte=timezone.now() - COUNTED_FOR)
    used = dict(
        recent.filter(category__on_tablet=True, category__level=Level.OPEN)
        .order_by()
        .values_list("category")
        .annotate(times=Count("pk"))
    )
    tiles = Category.objects.choosable().filter(on_tablet=True)
    in_order = sorted(tiles, key=lambda tile: (tile.about_persons, -used.get(tile.pk, 0), tile.order, tile.name))
    return [
        {"id": tile.pk, "name": tile.name, "icon": tile.icon or "question", "about_persons": tile.about_persons}
        for tile in in_order
    ]


def _tasks(user: User, access: Access, since: dt.datetime) -> list[dict[str, Any]]:
    found = worklist.own_tasks(access).filter(level__lt=Level.SEALED, signal__level__lt=Level.SEALED)
    items = worklist.items_of(found, access, MOST_TASKS)
    here = {area.pk for area in working_areas(own_areas(user, access))}
    return [_task(item, here) for item in worklist.shown(items, by=user, surface="tablet", once_since=since)]


def _task(item: Item, here: Collection[int]) -> dict[str, Any]:
    """`here` is where this person works today; who has no place of their own works everywhere, and what has no place
    is for everybody."""
    task, signal = item.task, item.signal
    return {
        "here": not here or signal is None or signal.area_id is None or signal.area_id in here,
        "id": str(task.pk), "title": task.title, "status": task.status, "team": task.team.name,
        "due": task.due_at.isoformat() if task.due_at else None, "late": item.is_late, "may_work": item.may_work,
        "reference": signal.reference if signal else None, "subject": signal.category.name if signal else "",
        "place": signal.place if signal else "", "area": signal.area.name if signal and signal.area else "",
        "words": signal.description if signal else "",
        "longitude": signal.longitude if signal else None, "latitude": signal.latitude if signal else None,
    }  # fmt: skip


def _nearby(access: Access) -> list[dict[str, Any]]:
    """What runs in the areas where this person registers, and everybody there may read: to join with one tap."""
    found = (
        Signal.objects.readable(access)
        .open()
        .filter(level=Level.OPEN, area__in=access.areas("register"), longitude__isnull=False)
    )
    rows = found.order_by("-last_reported_at").select_related("category")[:MOST_NEARBY]
    return [
        {
            "id": str(signal.pk), "reference": signal.reference, "category": signal.category_id,
            "subject": signal.category.name, "place": signal.place, "longitude": signal.longitude,
            "latitude": signal.latitude, "reported_at": signal.last_reported_at.isoformat(),
            "status": signal.get_status_display(),
        }
        for signal in rows
    ]  # fmt: skip


def _feedback(user: User, since: dt.datetime) -> list[dict[str, Any]]:
    """One's own lines, unread first; to carry them along is to have been able to read them."""
    lines = list(Feedback.objects.of(user).unread_first().select_related("signal")[:MOST_LINES])
    heard = [line.signal for line in lines if hears_how_it_ends(line.signal, user)]
    looked_at(heard, by=user, surface="tablet", once_since=since)
    return [
        {
            "id": str(line.pk), "subject": line.subject, "text": line.text, "at": line.at.isoformat(),
            "unread": line.read_at is None,
        }
        for line in lines
    ]  # fmt: skip


def mark_read(user: User, keys: list[Any]) -> None:
    """The person saw these lines on the tablet."""
    known = {str(pk): pk for pk in Feedback.objects.of(user).unread().values_list("pk", flat=True)}
    seen = [known[key] for key in keys if isinstance(key, str) and key in known]
    Feedback.objects.of(user).unread().filter(pk__in=seen).update(read_at=timezone.now())


def _raised(user: User) -> dict[str, Any]:
    figures = raised.own_figures(user)
    return {"all": figures.all, "words": figures.words}


def _zone(user: User, access: Access, since: dt.datetime) -> list[dict[str, Any]]:
    """The briefing of one's own areas, as the page has it; less what the tablet shows on a place of its own."""
    found = []
    for area in briefing_areas(user, access)[:MOST_AREAS]:
        for block in blocks_of(user, access, area, without=CARRIED_ELSEWHERE, given_along=since):
            context = {"content": block.content, "section": block.section, "area": area}
            html = render_to_string(block.section.template, context)
            title = str(block.section.title)
            found.append({"key": block.section.key, "area": area.name, "title": title, "html": html})
    return found


def _briefing(user: User, access: Access) -> dict[str, Any] | None:
    """Of which areas, and whether it was read today: with one tap for all of them."""
    areas = briefing_areas(user, access)[:MOST_AREAS]
    if not areas:
        return None
    read = BriefingRead.objects.filter(user=user, area__in=areas, day=timezone.localdate())
    first = read.order_by("at").first()
    is_read = first is not None and read.count() == len(areas)
    return {"areas": [area.pk for area in areas], "read_at": first.at.isoformat() if first and is_read else None}


def _notes(user: User, access: Access) -> list[dict[str, Any]]:
    """What colleagues left for who comes after where this person works today; who has no place works everywhere."""
    return [
        {"who": left.who, "zone": left.zone, "text": left.text, "at": left.at.isoformat()}
        for left in left_for(access, MOST_NOTES, working_areas(own_areas(user, access)))
    ]


def _zones(user: User, access: Access) -> list[dict[str, Any]]:
    """Where a round can be: the zones of the inner city, and the areas where this person registers. `own` is the zone
    of today's rota."""
    own, areas = zone_today(user), Area.objects.current().defer("boundary").order_by("position", "pk")
    groups = [
        (_("Zones"), inner_zones()),
        (_("Areas"), areas.filter(set__kind=AreaSet.Kind.WORKING, pk__in=access.areas("register"))),
    ]
    return [
        {"id": area.pk, "name": area.name, "group": str(group), "own": area.pk == own}
        for group, found in groups
        for area in found
    ]


def _round(user: User) -> dict[str, Any] | None:
    found = PatrolRound.objects.running().filter(by=user).select_related("zone").defer("zone__boundary").first()
    if found is None:
        return None
    activities = [
        {"kind": each.kind, "label": capfirst(each.get_kind_display()), "at": each.at.isoformat(), "text": each.text}
        for each in found.activities.all()
    ]
    return {
        "id": str(found.pk), "zone": found.zone.name if found.zone else _("no zone"),
        "started": found.started_at.isoformat(), "activities": activities,
    }  # fmt: skip
