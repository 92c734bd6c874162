"""For the matrix: a plan of the team of Overleie that is public, and one of Marke that is a draft."""

from teams.plans.publishing import publish
from tests.cast import Cast
from tests.teams.plans import a_goal, a_plan


def everything(people: Cast) -> dict[str, list[object]]:
    here, elsewhere = a_plan("Programma"), a_plan("Programma Marke", team="gebiedsteam-marke", areas=["Marke"])
    goals = {plan: a_goal(plan, "Een bank", owner="groen") for plan in (here, elsewhere)}
    version = publish(here, by=people["gebiedswerker"])
    return {
        "plan": [here.code], "plan elsewhere": [elsewhere.code], "goal of plan": [goals[here].pk],
        "goal of plan elsewhere": [goals[elsewhere].pk], "version of plan": [here.code, version.number],
    }  # fmt: skip
