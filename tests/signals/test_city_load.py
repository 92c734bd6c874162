"""The reference data of a new installation. The tests' own database is one on which it was loaded."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models

from signals.models import Category, RoutingRule, Signal
from teams.models import AreaGrant, Organisation, Team, TeamGrant, User

pytestmark = pytest.mark.django_db

REFERENCE: list[type[models.Model]] = [Organisation, Team, AreaGrant, TeamGrant, Category, RoutingRule]


def load() -> str:
    out = StringIO()
    call_command("load_city", stdout=out)
    return out.getvalue()


def counts(*kinds: type[models.Model]) -> list[int]:
    return [model._default_manager.count() for model in kinds]


class TestLoadCity:
    def test_brings_all_that_a_first_administrator_needs(self) -> None:
        assert load().startswith("organisations 5, teams ")
        assert all(counts(*REFERENCE))

    def test_brings_neither_people_nor_signals(self) -> None:
        before = counts(User, Signal)
        load()
        assert counts(User, Signal) == before

    def test_changes_nothing_a_second_time(self) -> None:
        load()
        before = counts(*REFERENCE)
        load()
        assert counts(*REFERENCE) == before

    def test_leaves_what_was_edited_since(self) -> None:
        load()
        Organisation.objects.filter(code="stad").update(name="Stad Kortrijk aan de Leie")
        load()
        assert Organisation.objects.get(code="stad").name == "Stad Kortrijk aan de Leie"
