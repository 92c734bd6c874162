"""Whose tablet it is: a shift gives a pass that nobody forges, and a tablet has one name and one person at a time."""

import datetime as dt
import uuid

import pytest
from django.core import signing
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from signals.field import shifts
from signals.field.shifts import Pass, pass_of, read_pass, start
from signals.models import Shift, Tablet
from teams.models import Membership
from tests.cast import Cast


def begin(cast: Cast, name: str = "Tablet 3", *, who: str = "gemeenschapswacht", tablet: Tablet | None = None) -> Shift:
    return start(shift_id=uuid7(), by=cast[who], tablet=tablet, name=name)


class TestPass:
    def test_says_whose_shift_it_was_on_which_tablet(self, cast: Cast) -> None:
        shift = begin(cast)
        assert read_pass(pass_of(shift)) == Pass(shift.pk, cast["gemeenschapswacht"].pk, shift.tablet.pk)

    @pytest.mark.parametrize("parts", [["a", "b", "c"], [str(uuid.UUID(int=1))], 3, "abc"])
    def test_of_anything_else_proves_nothing(self, parts: object) -> None:
        assert read_pass(signing.dumps(parts, salt=shifts.SALT)) is None
        assert read_pass(signing.dumps([str(uuid.UUID(int=1))] * 3, salt="iets anders")) is None
        assert read_pass("verzonnen") is None


class TestRecovery:
    def test_is_for_coordinators_of_the_organisation_of_the_author(self, cast: Cast) -> None:
        may = {name for name, user in cast.items() if shifts.may_recover(user, cast["gemeenschapswacht"])}
        assert may == {"coordinator", "coordinator.rand"}

    def test_is_not_for_who_stopped_coordinating(self, cast: Cast) -> None:
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(user=cast["coordinator"]).update(starts=yesterday, ends=yesterday)
        assert not shifts.may_recover(cast["coordinator"], cast["gemeenschapswacht"])


class TestCookie:
    @pytest.mark.parametrize("secure", [True, False])
    def test_tells_which_tablet_it_is_to_the_pages_of_the_tablet_alone(self, cast: Cast, secure: bool) -> None:
        tablet, response = begin(cast).tablet, HttpResponse()
        shifts.remember(response, tablet, secure=secure)
        cookie = response.cookies["veldtablet"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (
            "/veld/", True, "Strict", secure,
        )  # fmt: skip
        assert cookie["max-age"] == 2 * 365 * 24 * 3600
        request = RequestFactory().get("/veld/")
        request.COOKIES["veldtablet"] = cookie.value
        assert shifts.tablet_of(request) == tablet
        request.COOKIES["veldtablet"] = f"{cookie.value[:-1]}!"
        assert shifts.tablet_of(request) is None

    def test_is_none_on_another_machine(self, db: None) -> None:
        assert shifts.tablet_of(RequestFactory().get("/veld/")) is None


class TestStart:
    def test_asked_twice_is_the_same_shift(self, cast: Cast) -> None:
        pk = uuid7()
        first = start(shift_id=pk, by=cast["gemeenschapswacht"], tablet=None, name="Tablet 3")
        assert start(shift_id=pk, by=cast["gemeenschapswacht"], tablet=None, name="Tablet 3") == first
        assert (first.pk, first.user, first.ended_at) == (pk, cast["gemeenschapswacht"], None)
        assert (Shift.objects.count(), Tablet.objects.count()) == (1, 1)

    def test_under_the_id_of_a_shift_of_another_is_refused(self, cast: Cast) -> None:
        theirs = begin(cast, who="agent")
        with pytest.raises(Refused, match=r"^Deze dienst is van iemand anders\. Begin opnieuw\.$"):
            start(shift_id=theirs.pk, by=cast["gemeenschapswacht"], tablet=None, name="Tablet 4")
        assert Shift.objects.get(pk=theirs.pk).user == cast["agent"]

    def test_ends_the_shift_that_somebody_forgot(self, cast: Cast) -> None:
        former, other = begin(cast), begin(cast, "Tablet 4", who="agent")
        new = begin(cast, tablet=former.tablet, who="uitvoerder")
        former.refresh_from_db()
        other.refresh_from_db()
        assert (former.ended_at is not None, new.tablet, other.ended_at) == (True, former.tablet, None)
        assert shifts.running(cast["uitvoerder"], former.tablet) == new
        assert shifts.running(cast["gemeenschapswacht"], former.tablet) is None
        assert shifts.running(cast["uitvoerder"], other.tablet) is None
        assert shifts.running(cast["uitvoerder"], None) is None

    def test_leaves_a_shift_that_ended_as_it_ended(self, cast: Cast) -> None:
        former = begin(cast)
        long_ago = timezone.now() - dt.timedelta(days=2)
        Shift.objects.filter(pk=former.pk).update(started_at=long_ago, ended_at=long_ago)
        begin(cast, tablet=former.tablet)
        assert Shift.objects.get(pk=former.pk).ended_at == long_ago

    def test_is_refused_on_a_tablet_that_is_out_of_use(self, cast: Cast) -> None:
        tablet = begin(cast).tablet
        Tablet.objects.get().revoke(by=cast["coordinator"])
        with pytest.raises(Refused, match=r"^Deze tablet is buiten gebruik gesteld\. Geef ze aan je coördinator\.$"):
            begin(cast, tablet=tablet, who="agent")


class TestEnd:
    def test_ends_what_one_runs_on_this_tablet(self, cast: Cast) -> None:
        mine, theirs = begin(cast), begin(cast, "Tablet 4", who="agent")
        elsewhere = begin(cast, "Tablet 5")
        shifts.end(by=cast["gemeenschapswacht"], tablet=mine.tablet)
        ended = {shift.pk: shift.ended_at is not None for shift in Shift.objects.all()}
        assert ended == {mine.pk: True, theirs.pk: False, elsewhere.pk: False}

    def test_is_not_ended_by_another(self, cast: Cast) -> None:
        mine = begin(cast)
        shifts.end(by=cast["agent"], tablet=mine.tablet)
        assert Shift.objects.get().ended_at is None

    def test_ends_it_once(self, cast: Cast) -> None:
        mine = begin(cast)
        long_ago = timezone.now() - dt.timedelta(days=2)
        Shift.objects.filter(pk=mine.pk).update(started_at=long_ago, ended_at=long_ago)
        shifts.end(by=cast["gemeenschapswacht"], tablet=mine.tablet)
        assert Shift.objects.get().ended_at == long_ago


class TestName:
    def name(self, cast: Cast, wanted: str, who: str = "gemeenschapswacht") -> str:
        return begin(cast, wanted, who=who).tablet.name

    def test_is_what_was_typed_without_what_nobody_sees(self, cast: Cast) -> None:
        assert self.name(cast, "  Tablet \x00\n van   Mo \ud83d") == "Tablet van Mo"
        made = Tablet.objects.get()
        assert (made.created_by, made.organisation) == (
            cast["gemeenschapswacht"],
            cast["gemeenschapswacht"].organisation,
        )

    def test_is_the_day_when_nothing_was_typed(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda: dt.date(2026, 11, 22))
        assert self.name(cast, " ") == "Tablet van 22 november 2026"

    def test_is_cut_off_where_no_more_fits(self, cast: Cast) -> None:
        assert [self.name(cast, "a" * 99) for _time in range(2)] == ["a" * 60, f"{'a' * 56} 2"]

    def test_gets_a_number_when_another_of_the_organisation_has_it(self, cast: Cast) -> None:
        names = [self.name(cast, name) for name in ("Tablet 3", "TABLET 3", "tablet 3")]
        assert names == ["Tablet 3", "TABLET 3 2", "tablet 3 3"]
        assert self.name(cast, "Tablet 3", who="wijkinspecteur") == "Tablet 3"

    def test_gets_a_number_when_another_took_it_at_this_moment(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        create = Tablet.objects.create
        taken: list[object] = []

        def late(**details: object) -> Tablet:
            if not taken:
                taken.append(details)
                raise IntegrityError
            return create(**details)

        monkeypatch.setattr(Tablet.objects, "create", late)
        assert self.name(cast, "Tablet 3") == "Tablet 3 2"

    def test_is_refused_after_ninety_nine_of_it(self, cast: Cast) -> None:
        organisation = cast["gemeenschapswacht"].organisation
        names = ["Tablet", *(f"Tablet {number}" for number in range(2, 100))]
        Tablet.objects.bulk_create(Tablet(organisation=organisation, name=name) for name in names)
        with pytest.raises(Refused, match=r"^Een andere tablet heeft deze naam al\.$"):
            begin(cast, "Tablet")
        Tablet.objects.filter(name="Tablet 99").delete()
        assert self.name(cast, "Tablet") == "Tablet 99"

    def test_is_given_by_somebody_of_an_organisation(self, cast: Cast) -> None:
        cast["gemeenschapswacht"].organisation = None
        with pytest.raises(Refused, match=r"^Je account hoort nog bij geen organisatie\."):
            begin(cast)
