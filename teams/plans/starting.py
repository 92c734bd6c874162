"""What a new plan starts with: the headings its kind asks for, to be filled in. Words of the town, so in Dutch."""

from dataclasses import dataclass

from teams.models.goals import Goal, GoalKind
from teams.models.plans import Plan, PlanKind


@dataclass(frozen=True)
class Start:
    kind: GoalKind
    titles: tuple[str, ...]
    cycle: str = ""


STARTS: dict[str, Start] = {
    PlanKind.SAFETY: Start(
        GoalKind.DOMAIN,
        (
            "Drugs", "Buurtveiligheid", "Jeugd", "Ruimte, wonen en milieu", "Veilig ondernemen",
            "Herstelgerichte aanpak", "Ondersteuning",
        ),
        "zesjaarlijks, samen met het zonaal veiligheidsplan",
    ),
    PlanKind.NINE_POINT: Start(GoalKind.ITEM, tuple(f"Punt {number}" for number in range(1, 10))),
    PlanKind.PROGRAMME: Start(
        GoalKind.THEME,
        (
            "Openbaar domein en netheid", "Verkeer en bereikbaarheid", "Samenleven en ontmoeten", "Wonen",
            "Veiligheid en overlast", "Zorg en welzijn",
        ),
        "drie jaar, elk jaar bijgesteld",
    ),
    PlanKind.PARTICIPATION: Start(
        GoalKind.DOMAIN,
        (
            "Wie: doelgroepen en wie we missen", "Waarover: wat vastligt en wat open is", "Hoe: momenten en kanalen",
            "Wat ermee gebeurt: terugkoppeling",
        ),
    ),
}  # fmt: skip


def start(plan: Plan) -> None:
    """The headings of a plan that was just made."""
    if (found := STARTS.get(plan.kind)) is None:
        return
    rows = [
        Goal(plan=plan, kind=found.kind, title=title, position=position)
        for position, title in enumerate(found.titles, start=1)
    ]
    Goal.objects.bulk_create(rows)
