"""A refusal says what to do, in a sentence of its own, and nothing that was typed is left out in silence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.refusals import Refused
from signals.forms.dossiers import MOST_AT_ONCE, EntriesForm
from signals.forms.joining import JoinForm
from signals.forms.partners import KeyForm, WebhookForm
from signals.forms.rules import RuleForm
from signals.forms.texts import TextForm
from signals.models import Signal
from signals.undoing import undo_closing
from teams.access import access_of
from teams.forms.teams import TeamForm
from teams.models import Post, Team, User
from tests.cast import Cast

type Make = Callable[..., Signal]
type SignIn = Callable[[User], Client]


def said(form: Any, name: str) -> str:
    return " ".join(form.errors.get(name, []))


class TestEmptyForm:
    @pytest.mark.parametrize("form", [KeyForm, WebhookForm, TextForm])
    def test_says_of_each_field_what_to_do(self, form: Any, cast: Cast) -> None:
        errors = form(QueryDict("happenings="), viewer=access_of(cast["beheerder"])).errors
        words = [sentence for name, sentences in errors.items() if name != "id" for sentence in sentences]
        assert len(words) >= 2
        assert [word for word in words if "verplicht" in word] == []


class TestEmptyFormOfPeople:
    """Who sits where, who is away, who is found when: what is missing is asked for, not called compulsory."""

    def test_says_of_each_field_what_to_do(self, cast: Cast, sign_in: SignIn) -> None:
        area_worker, keeper = sign_in(cast["gebiedswerker"]), sign_in(cast["beheerder"])
        post = Post.objects.filter(team__organisation__code="stad")[0]
        for client, address in (
            (area_worker, reverse("consultations:consultation-add")),
            (area_worker, reverse("teams:team-add")),
            (area_worker, reverse("teams:external-add", args=["stuurgroep-lange-munte"])),
            (area_worker, reverse("teams:absences")),
            (area_worker, reverse("teams:team-presence", args=["gebiedsteam-overleie-pius-x"])),
            (keeper, reverse("teams:team-member-add", args=["groen"])),
            (keeper, reverse("teams:post", args=[post.pk])),
        ):
            today = timezone.localdate().isoformat()
            answer = client.post(address, {"starts": today, "day": today})
            assert answer.status_code == 422
            assert "Dit veld is verplicht" not in answer.text, address


class TestNumberTooLarge:
    @pytest.mark.parametrize("days", ["261", "32768", "99999999999"])
    def test_is_refused_with_one_that_makes_sense(self, days: str, cast: Cast) -> None:
        form = RuleForm({"term_days": days}, viewer=access_of(cast["coordinator"]))
        assert said(form, "term_days") == "Een termijn is hoogstens 260 werkdagen: dat is een jaar."
        team = TeamForm({"name": "x", "report_after_working_days": days}, instance=Team(organisation=None, kind="area"))
        assert said(team, "report_after_working_days").endswith("kies hoogstens 15.")

    def test_is_not_one_that_does(self, cast: Cast) -> None:
        assert not said(RuleForm({"term_days": "260"}, viewer=access_of(cast["coordinator"])), "term_days")

    def test_is_refused_of_a_subject_too(self, cast: Cast, sign_in: SignIn) -> None:
        page = sign_in(cast["beheerder"]).post(reverse("admin:signals_category_add"), {"term_days": "40000"}).text
        assert "Een termijn is hoogstens 260 werkdagen" in page
        assert "32767" not in page


class TestReferences:
    def entries(self, text: str, by: User) -> EntriesForm:
        data = QueryDict(mutable=True)
        data["references"] = text
        return EntriesForm(data, viewer=access_of(by))

    def test_with_a_word_beside_them_are_refused_by_that_word(self, cast: Cast, report: Make) -> None:
        one = report().reference
        form = self.entries(f"{one} en S-BOKA-729, de zetel", cast["coordinator"])
        assert "“S-BOKA-729”, “de”, “zetel”" in said(form, "references")

    def test_with_a_digit_too_many_is_no_reference(self, cast: Cast, report: Make) -> None:
        assert "1”" in said(self.entries(f"{report().reference}1", cast["coordinator"]), "references")

    @pytest.mark.parametrize("between", [" ", ", ", ";", " en ", "\n", " & "])
    def test_are_taken_however_they_stand_together(self, cast: Cast, report: Make, between: str) -> None:
        two = [report().reference.lower(), report("Fietswrak").reference]
        form = self.entries(between.join(two), cast["coordinator"])
        assert form.is_valid()
        assert len(form.cleaned_data["signals"]) == 2

    def test_more_than_fit_at_once_are_not_cut_off(self, cast: Cast) -> None:
        many = " ".join(f"S-BOKA-{number}" for number in range(1000, 1001 + MOST_AT_ONCE))
        assert "51 signalen" in said(self.entries(many, cast["coordinator"]), "references")

    def test_half_a_reference_joins_nothing_with_what_lies_near(self, cast: Cast, report: Make) -> None:
        signal, near = report(), report("Fietswrak")
        data = {"near": near.reference, "reference": "S-BOKA-72"}
        form = JoinForm(data, signal=signal, viewer=access_of(cast["coordinator"]), nearby=[(near, 3)])
        assert "“S-BOKA-72”" in said(form, "reference")


class TestUndoneTwice:
    def test_says_that_it_was(self, cast: Cast, report: Make) -> None:
        signal = report()
        signal.close(by=cast["coordinator"], outcome="Weg.")
        undo_closing(signal=signal, by=cast["coordinator"])
        with pytest.raises(Refused, match="Dit was al ongedaan gemaakt"):
            undo_closing(signal=signal, by=cast["coordinator"])

    def test_says_too_late_of_what_never_was(self, cast: Cast, report: Make) -> None:
        with pytest.raises(Refused, match="Te laat om ongedaan te maken"):
            undo_closing(signal=report(), by=cast["coordinator"])
