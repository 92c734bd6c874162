"""What plans say about an area: their goals and how far they are, on its page and in its monthly report."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.sections import Content, Place, Request, section
from teams.models import Action, Plan
from teams.models.plans import PlanKind
from teams.plans.freezing import Frozen, contents
from teams.plans.progress import counts, roll_up

MOST = 6


@section(
    key="plans", title=_("Plans"), template="teams/plans/section.html", on={Place.AREA, Place.REPORT}, order=70,
    folded=True,
)  # fmt: skip
def plans(request: Request) -> Content:
    """The plans of the area itself that run today, with the top of their tree; in the report only what is published:
    a draft is of who writes it."""
    if request.area is None:
        return None
    found = Plan.objects.readable(request.viewer).of_area(request.area).valid_on(timezone.localdate())
    found = found.exclude(kind=PlanKind.RELATED).select_related("team")
    is_person = request.viewer.user_id is not None
    if not is_person:
        found = found.public()
    shown = []
    for plan in found.distinct()[:MOST]:
        written = Frozen.of(contents(plan) if is_person else plan.versions.get(ended_at=None).contents)
        actions = Action.objects.readable(request.viewer)
        together = roll_up(written.tops, counts(actions, (node.key for node in written.nodes)))
        shown.append({"plan": plan, "tops": written.tops, "together": together})
    return {"shown": shown, "for_people": is_person} if shown else None
