"""What a new installation begins with; everything in it is edited in the program afterwards."""

from typing import Any

from django.core.management.base import BaseCommand

from areas.load import load_areas
from signals import seed as subjects_and_rules
from signals.models import Category, RoutingRule
from teams import seed as teams_and_grants
from teams.models import Organisation, Team


class Command(BaseCommand):
    help = "Load areas, organisations, teams with their grants, subjects and routing rules. No people, no signals."

    def handle(self, *args: Any, **options: Any) -> None:
        load_areas()
        teams_and_grants.seed()
        subjects_and_rules.seed()
        rows = {"organisations": Organisation, "teams": Team, "subjects": Category, "rules": RoutingRule}
        self.stdout.write(", ".join(f"{name} {model._default_manager.count()}" for name, model in rows.items()))
