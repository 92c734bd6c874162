"""Rules and calendars to look at: one to try, one by night for a post, one that broke, and days that do not count."""

import datetime as dt

from django.utils import timezone

from kortrijk_gebied.workdays import holidays_of
from signals.models import Category, RoutingRule, Task
from teams.access import grant
from teams.models import ClosingDay, Organisation, Post, Team, WorkingWeek

THURSDAY, TUESDAY = 3, 1
A_DAY = dt.timedelta(days=1)


def add_rules() -> None:
    """Safe to run again. After the reports: what came in before went by the rules Kortrijk started with."""
    _calendars()
    areas = RoutingRule.objects.get(name="Geluidshinder wijk Noord").area_ids
    _rule("Geluidshinder Noord, 's nachts", "Geluidshinder", "wijkwerking-noord", area_ids=areas, term_days=1,
          time_from=dt.time(22), time_until=dt.time(6), post_function="ward_inspector")  # fmt: skip
    _rule("Gestort naast een container", "Sluikstort", "gemeenschapswachten", words="container, glasbol",
          active=False)  # fmt: skip
    _rule("Kermis in de buurt", "Verkeersoverlast", _ended_team().code, words="kermis, foor")
    _ask_posts()


def _rule(name: str, subject: str, team: str, **conditions: object) -> None:
    if RoutingRule.objects.filter(name=name).exists():
        return
    rule = RoutingRule(
        name=name, category=Category.objects.get(name=subject), team=Team.objects.get(code=team), **conditions
    )
    rule.save()
    rule.enter()


def _ended_team() -> Team:
    """A team of before: the rule that still names it warns its owner."""
    today = timezone.localdate()
    team, created = Team.objects.get_or_create(
        code="kermisploeg",
        defaults={
            "name": "Kermisploeg (voorbeeld)", "kind": "service", "organisation": Organisation.objects.get(code="stad"),
            "starts": today - dt.timedelta(days=400), "ends": today - dt.timedelta(days=20),
        },
    )  # fmt: skip
    if created:
        grant(team, "work", team)
    return team


def _calendars() -> None:
    """The police works every day of the week; the city makes the bridge, as an example."""
    WorkingWeek.objects.get_or_create(
        organisation=Organisation.objects.get(code="politie"),
        defaults={"weekdays": list(range(7)), "opens": dt.time(7), "closes": dt.time(22), "keeps_holidays": False},
    )
    city, today = Organisation.objects.get(code="stad"), timezone.localdate()
    for holiday in [*holidays_of(today.year), *holidays_of(today.year + 1)]:
        bridge = {THURSDAY: holiday + A_DAY, TUESDAY: holiday - A_DAY}.get(holiday.weekday())
        if bridge and today < bridge < today + dt.timedelta(days=365):
            ClosingDay.objects.get_or_create(organisation=city, day=bridge, defaults={"name": "Brugdag (voorbeeld)"})


def _ask_posts() -> None:
    """A few tasks of the ward team are for its inspector of the area."""
    posts = {post.area_id: post for post in Post.objects.filter(team__code="wijkwerking-noord")}
    tasks = Task.objects.live().filter(team__code="wijkwerking-noord", signal__area__in=posts, post=None)
    for task in tasks.select_related("signal").order_by("offered_at", "pk")[:6]:
        task.post = posts[task.signal.area_id or 0]
        task.save(update_fields=["post"])
