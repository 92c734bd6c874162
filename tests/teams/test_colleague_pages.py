"""Each page of who is who opens, in Dutch, with a form that says what it is for."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from teams.models import User
from tests.cast import Cast
from tests.permissions import colleagues

type SignIn = Callable[[User], Client]

PAGES = [
    ("gebiedswerker", "teams:absences", "", "Waarom iemand afwezig is, wordt niet bewaard"),
    ("gebiedswerker", "teams:absence", "absence", "Vroeger terug"),
    ("gebiedswerker", "teams:reach", "", "Waar ik elke week ben"),
    ("gebiedswerker", "teams:team-add", "", "Klaar wanneer"),
    ("beheerder", "teams:team-add", "", "Nieuw gezamenlijk team|Een nieuw gezamenlijk team"),
    ("gebiedswerker", "teams:external", "external member", "geen account"),
    ("verpleegkundige", "consultations:consultation-edit", "consultation", "Schrijf niets over de zaak"),
    ("verpleegkundige", "consultations:consultation-add", "", "Wettelijke grond"),
    ("verpleegkundige", "consultations:consultations", "", "Niets over de zaak zelf"),
    ("verpleegkundige", "consultations:consultation", "consultation", "bewaart het nergens"),
]


class TestPage:
    @pytest.mark.parametrize(("who", "name", "on", "words"), PAGES)
    def test_opens(self, cast: Cast, sign_in: SignIn, who: str, name: str, on: str, words: str) -> None:
        made = colleagues.everything(cast)
        answer = sign_in(cast[who]).get(reverse(name, args=made[on] if on else []))
        assert answer.status_code == 200
        assert any(each in answer.text for each in words.split("|"))
        assert "blocktranslate" not in answer.text
