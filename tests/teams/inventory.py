"""Actions for tests."""

from typing import Any

from teams.models import Action, Team, User
from tests.cast import Cast, area

NORTH = "gebiedsteam-overleie-pius-x"


def action(
    by: User, title: str = "Bank aan het pleintje", *, at: str = "Overleie", team: str = NORTH, **given: Any
) -> Action:
    made = Action.objects.create(title=title, team=Team.objects.get(code=team), created_by=by, **given)
    if at:
        made.areas.add(area(at))
    return made


def words(cast: Cast, **given: object) -> dict[str, object]:
    """The form of an action as it is sent."""
    sent: dict[str, object] = {
        "kind": "action", "title": "Bank aan het pleintje", "text": "", "owner": "", "due_on": "",
        "team": Team.objects.get(code=NORTH).pk, "areas": [area("Overleie").pk], "audience": "partners",
    }  # fmt: skip
    return {**sent, **given}
