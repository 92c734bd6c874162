"""A plan that is public and changed since, with a long word in it, and what is not finished yet."""

import datetime as dt

from django.db import transaction
from django.urls import reverse

from teams.models import Phenomenon, User
from teams.plans.publishing import publish
from tests.teams.plans import a_goal, a_plan, an_action

LONG = "Verkeersbelemmerend-overhangende-takkenverwijderingsaanvraag-Kasteelbrakelsesteenwegverlengde"
AGO = dt.date.today() - dt.timedelta(days=40)


@transaction.atomic  # the branches of a plan are hung up under its lock
def plan_pages(people: dict[str, User]) -> dict[str, str]:
    by = people["gebiedswerker"]
    plan = a_plan("Wijkprogramma Overleie", foreword=LONG, cycle=LONG, ends=dt.date(2028, 12, 31))
    at = None
    for depth in range(1, 6):
        at = a_goal(plan, f"{LONG} {depth}", below=at, kind="item" if depth == 5 else "theme", dimension="preventive",
                    owner="groen", why=LONG, evaluation=LONG, evaluated_on=AGO)  # fmt: skip
    assert at is not None
    at.phenomena.set(Phenomenon.objects.all()[:3])
    an_action(at, LONG, by=by, audience="public", due_on=AGO)
    an_action(at, "Een bank", by=by, status="done")
    at.adopt(by=by)
    publish(plan, by=by)
    a_goal(plan, "Sindsdien geschreven", owner="groen", dimension="reactive")
    draft = a_plan("Programma in ontwerp")
    a_goal(draft, LONG)
    related = a_plan("Zonaal veiligheidsplan", "related", keeper="PZ Vlas", cycle="zesjaarlijks")
    return {
        "plan": plan.get_absolute_url(), "plan-draft": draft.get_absolute_url(),
        "plan-related": related.get_absolute_url(),
        "plan-next": f"{reverse('plans:plan-add')}?na={plan.code}",
        "goal-action": f"{reverse('inventory:action-add')}?doel={at.pk}", "goal": at.get_absolute_url(),
        "plan-public": reverse("plan-public", args=[plan.code]),
    }  # fmt: skip
