"""On Today, for who coordinates: the week ahead, posts without a holder, and rules that no longer work."""

from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.sections import Content, Request, section
from signals import worklist
from signals.forecast import forecast
from signals.models import RoutingRule
from signals.soundness import Soundness
from signals.today_sections import ON_TODAY, task_list
from teams.models import Function

MOST_TEAMS = 5


@section(
    key="today-posts", title=_("For a post that nobody holds today"), template="signals/today_tasks.html", on=ON_TODAY,
    order=12,
)  # fmt: skip
def posts(request: Request) -> Content:
    return task_list(request, worklist.without_holder(request.viewer))


@section(
    key="today-rules", title=_("Rules that no longer work"), template="signals/today_rules.html", on=ON_TODAY, order=14
)
def rules(request: Request) -> Content:
    """Only the viewer's own: what they catch waits to be divided until somebody mends them."""
    soundness = Soundness()
    found = [(rule, list(soundness.faults(rule).values()))
             for rule in RoutingRule.objects.writable(request.viewer).in_order().whole()]  # fmt: skip
    broken = [(rule, faults) for rule, faults in found if faults]
    return {"broken": broken} if broken else None


@section(key="today-week", title=_("The week ahead"), template="signals/today_week.html", on=ON_TODAY, order=35)
def week(request: Request) -> Content:
    if not request.viewer.holds(Function.COORDINATOR):
        return None
    made = forecast(request.viewer)
    more = len(made.teams) - MOST_TEAMS
    return {"forecast": made, "teams": made.teams[:MOST_TEAMS], "more": max(0, more)} if made.teams else None
