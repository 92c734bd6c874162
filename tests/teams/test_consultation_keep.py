from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry
from kortrijk_gebied.history import steps_of
from kortrijk_gebied.ids import uuid7
from teams.models import CaseConsultation, Organisation, User
from tests.cast import Cast

type SignIn = Callable[[User], Client]

NEW = reverse("consultations:consultation-add")


def data(**fields: object) -> dict[str, object]:
    today = timezone.localdate().isoformat()
    return {"day": today, "purpose": "care", "legal_ground": "by_law", **fields}


@pytest.fixture
def held(cast: Cast) -> CaseConsultation:
    joke = cast["verpleegkundige"]
    found = CaseConsultation(
        purpose="care", legal_ground="by_law", organisation=Organisation.objects.get(people=joke), convened_by=joke
    )
    found.seat([joke, cast["wijkinspecteur.zuid"]])
    return found


def looks(organisation: str) -> list[tuple[str, str]]:
    owner = Organisation.objects.get(code=organisation)
    entries = ReadEntry.objects.of_owner(owner.pk).filter(object_type="caseconsultation").order_by("number")
    return list(entries.values_list("reader_name", "surface"))


class TestConsultation:
    def test_is_written_down_with_who_sat_there(self, cast: Cast, sign_in: SignIn) -> None:
        fields = data(participants=[cast["wijkinspecteur.zuid"].pk], outside="CAW\n\nCLB")
        assert sign_in(cast["verpleegkundige"]).post(NEW, fields).status_code == 302
        made = CaseConsultation.objects.get()
        assert set(made.participants.all()) == {cast["verpleegkundige"], cast["wijkinspecteur.zuid"]}
        assert made.outside == ["CAW", "CLB"]
        assert made.organisation.code == "ocmw"

    def test_sent_twice_is_written_down_once(self, cast: Cast, sign_in: SignIn) -> None:
        fields = data(participants=[cast["wijkinspecteur.zuid"].pk], key=str(uuid7()))
        answers = [sign_in(cast["verpleegkundige"]).post(NEW, fields) for _time in range(2)]
        assert {answer["Location"] for answer in answers} == {
            reverse("consultations:consultation", args=[CaseConsultation.objects.get().pk])
        }
        # With the key of others nothing of theirs opens, and nothing is overwritten.
        other = sign_in(cast["coordinator.ocmw"]).post(NEW, fields)
        assert other.status_code == 422
        assert CaseConsultation.objects.get().convened_by == cast["verpleegkundige"]

    def test_holds_no_field_for_the_case(self) -> None:
        assert {column.name for column in CaseConsultation._meta.get_fields() if column.name != "changes"} == {
            "id", "reference", "day", "purpose", "purpose_other", "legal_ground", "organisation", "team",
            "convened_by", "convened_at", "participants", "participant_names", "houses", "outside",
        }  # fmt: skip

    def test_warns_of_a_name_with_health(self, cast: Cast, sign_in: SignIn) -> None:
        fields = data(
            participants=[cast["wijkinspecteur.zuid"].pk], purpose="other", purpose_other="Jan Peeters is dement"
        )
        assert sign_in(cast["verpleegkundige"]).post(NEW, fields).status_code == 422
        fields["purpose_other"] = "verhuis naar een andere gemeente"
        assert sign_in(cast["verpleegkundige"]).post(NEW, fields).status_code == 302

    def test_of_tomorrow_is_not_written_down(self, cast: Cast, sign_in: SignIn) -> None:
        fields = data(participants=[cast["wijkinspecteur.zuid"].pk], day="2099-01-01")
        assert sign_in(cast["verpleegkundige"]).post(NEW, fields).status_code == 422

    @pytest.mark.parametrize("who", ["verpleegkundige", "wijkinspecteur.zuid", "dpo.ocmw", "dpo.politie"])
    def test_is_read_by_its_people_and_their_officers(
        self, cast: Cast, sign_in: SignIn, held: CaseConsultation, who: str
    ) -> None:
        address = reverse("consultations:consultation", args=[held.pk])
        assert held.reference in sign_in(cast[who]).get(address).text
        assert looks("ocmw") == looks("politie") == [(cast[who].name, "case-consultation")]

    @pytest.mark.parametrize("who", ["dpo", "beheerder.ocmw", "coordinator.ocmw", "wijkinspecteur", "gebiedswerker"])
    def test_is_not_there_for_others(self, cast: Cast, sign_in: SignIn, held: CaseConsultation, who: str) -> None:
        client = sign_in(cast[who])
        for name in ["consultation", "consultation-edit"]:
            assert client.get(reverse(f"consultations:{name}", args=[held.pk])).status_code == 404
        assert held.reference not in client.get(reverse("consultations:consultations")).text
        assert looks("ocmw") == []

    def test_is_corrected_by_who_called_it(self, cast: Cast, sign_in: SignIn, held: CaseConsultation) -> None:
        address = reverse("consultations:consultation-edit", args=[held.pk])
        fields = data(participants=[cast["verpleegkundige"].pk], purpose="housing")
        assert sign_in(cast["wijkinspecteur.zuid"]).post(address, fields).status_code == 403
        assert sign_in(cast["verpleegkundige"]).post(address, fields).status_code == 302
        held.refresh_from_db()
        assert held.purpose == "housing"
        assert sign_in(cast["wijkinspecteur.zuid"]).get(address).status_code == 404  # sat there no more
        # Their officer still sees that they were named there, and the history says who.
        held.refresh_from_db()
        assert held.reference in sign_in(cast["dpo.politie"]).get(reverse("consultations:consultations")).text
        names = {each.name: (each.old, each.new) for each in steps_of([held])[0].differences}
        joke, luc = cast["verpleegkundige"].name, cast["wijkinspecteur.zuid"].name
        assert names["Deelnemers"] == (", ".join(sorted([joke, luc])), joke)

    def test_stays_with_the_officer_of_the_house_somebody_came_for(
        self, cast: Cast, sign_in: SignIn, held: CaseConsultation
    ) -> None:
        luc = cast["wijkinspecteur.zuid"]
        luc.organisation = Organisation.objects.get(code="stad")
        luc.save(update_fields=["organisation"])
        address = reverse("consultations:consultation", args=[held.pk])
        fields = data(participants=[cast["verpleegkundige"].pk, luc.pk], purpose="housing")
        edit = reverse("consultations:consultation-edit", args=[held.pk])
        assert sign_in(cast["verpleegkundige"]).post(edit, fields).status_code == 302
        assert sign_in(cast["dpo.politie"]).get(address).status_code == 200
        assert sign_in(cast["dpo"]).get(address).status_code == 404
