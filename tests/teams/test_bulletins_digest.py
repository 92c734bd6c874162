import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kortrijk_gebied.jobs.models import Message
from kortrijk_gebied.workdays import BRUSSELS
from teams.bulletins.digests import send_digests
from teams.models import Bulletin, DigestChoice
from tests.cast import Cast, area
from tests.teams.bulletins import bulletin

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
# Teams begin on the day of the test: a Monday after it.
TODAY = dt.datetime.now(BRUSSELS).replace(hour=7, minute=0, second=20, microsecond=0)
MONDAY = TODAY + DAY * (14 - TODAY.weekday())


def choose(cast: Cast, who: str, rhythm: str, name: str = "Overleie", since: dt.datetime = MONDAY - 7 * DAY) -> None:
    DigestChoice.objects.create(user=cast[who], area=area(name), rhythm=rhythm, told_until=since)


def at(made: Bulletin, moment: dt.datetime) -> None:
    Bulletin.objects.filter(pk=made.pk).update(published_at=moment)


def run(moment: dt.datetime) -> list[Message]:
    before = set(Message.objects.values_list("pk", flat=True))
    with time_machine.travel(moment, tick=False):
        send_digests()
    return list(Message.objects.exclude(pk__in=before))


class TestChoosing:
    URL = "/gebieden/berichten/mail/"

    def told(self) -> set[tuple[str, str]]:
        return {(choice.area.name, choice.rhythm) for choice in DigestChoice.objects.select_related("area")}

    def test_is_done_for_some_areas_and_undone(self, cast: Cast, sign_in: Any) -> None:
        client, here = sign_in(cast["wijkinspecteur"]), [area("Overleie").pk, area("Pius X").pk]
        assert client.post(self.URL, {"areas": here, "rhythm": "weekly"}).status_code == 302
        assert self.told() == {("Overleie", "weekly"), ("Pius X", "weekly")}
        DigestChoice.objects.update(told_until=MONDAY)
        client.post(self.URL, {"areas": here[:1], "rhythm": "daily"})
        assert self.told() == {("Overleie", "daily")}
        assert DigestChoice.objects.get().told_until == MONDAY  # nothing is told twice
        form = client.get(self.URL).context["form"]
        assert (form["areas"].value(), form["rhythm"].value()) == (here[:1], "daily")
        client.post(self.URL, {"rhythm": "daily"})
        assert not DigestChoice.objects.exists()

    def test_asks_how_often(self, cast: Cast, sign_in: Any) -> None:
        for rhythm in ("", "hourly"):
            sent = {"areas": [area("Overleie").pk], "rhythm": rhythm}
            assert sign_in(cast["wijkinspecteur"]).post(self.URL, sent).status_code == 422
        assert not DigestChoice.objects.exists()

    def test_is_of_areas_that_one_may_view(self, cast: Cast, sign_in: Any) -> None:
        client = sign_in(cast["wijkinspecteur"])
        assert client.post(self.URL, {"areas": [area("Marke").pk], "rhythm": "daily"}).status_code == 422
        client.post(self.URL, {"everywhere": "on", "rhythm": "daily"})
        told = {name for name, _rhythm in self.told()}
        assert "Overleie" in told
        assert "Marke" not in told

    def test_asks_to_sign_in(self, db: None) -> None:
        assert Client().get(reverse("bulletins:digests")).status_code == 302


class TestDigest:
    def test_tells_once_what_is_new(self, cast: Cast) -> None:
        choose(cast, "wijkinspecteur", "daily")
        made = bulletin(cast, title="Nieuwe bank", text="Met een geheime tekst.")
        at(made, MONDAY - DAY / 2)
        [mail] = run(MONDAY)
        assert mail.to == cast["wijkinspecteur"].email
        assert mail.reader_id == cast["wijkinspecteur"].pk
        assert "Nieuwe bank" in mail.body
        assert made.get_absolute_url() in mail.body
        assert "geheime tekst" not in mail.body
        for later in (dt.timedelta(0), dt.timedelta(hours=1), DAY):
            assert run(MONDAY + later) == []

    def test_is_one_mail_for_all_areas(self, cast: Cast) -> None:
        choose(cast, "wijkinspecteur", "daily")
        choose(cast, "wijkinspecteur", "weekly", "Pius X")
        at(bulletin(cast, areas=("Overleie", "Pius X")), MONDAY - DAY)
        at(bulletin(cast, title="Ander", areas=("Pius X",)), MONDAY - DAY)
        [mail] = run(MONDAY)
        assert mail.body.count("http") == 3  # two bulletins, and where to choose

    def test_comes_each_monday_or_each_day(self, cast: Cast) -> None:
        choose(cast, "wijkinspecteur", "weekly", since=MONDAY)
        choose(cast, "buurtwerker", "daily", since=MONDAY)
        at(bulletin(cast), MONDAY + DAY / 2)
        assert [mail.to for mail in run(MONDAY + DAY)] == [cast["buurtwerker"].email]
        assert [mail.to for mail in run(MONDAY + 7 * DAY)] == [cast["wijkinspecteur"].email]

    def test_waits_for_seven_and_makes_up_for_a_beat_that_slept(self, cast: Cast) -> None:
        choose(cast, "wijkinspecteur", "weekly")
        at(bulletin(cast), MONDAY - DAY)
        assert run(MONDAY.replace(hour=6)) == []
        assert len(run(MONDAY + 2 * DAY)) == 1

    def test_holds_what_may_be_read_and_not_ones_own(self, cast: Cast) -> None:
        choose(cast, "wijkinspecteur", "daily")
        choose(cast, "gebiedswerker", "daily")
        at(bulletin(cast, by="buurtwerker", team="buurtwerk", title="Intern OCMW"), MONDAY - DAY)
        at(bulletin(cast, title="Van Els"), MONDAY - DAY)
        [mail] = run(MONDAY)
        assert (mail.to, "Intern OCMW" in mail.body) == (cast["wijkinspecteur"].email, False)

    def test_stops_with_the_account(self, cast: Cast) -> None:
        choose(cast, "wijkinspecteur", "daily")
        at(bulletin(cast), MONDAY - DAY)
        cast["wijkinspecteur"].is_active = False
        cast["wijkinspecteur"].save(update_fields=["is_active"])
        assert run(MONDAY) == []

    def test_leaves_what_is_written_at_this_moment_for_the_next_mail(self, cast: Cast) -> None:
        choose(cast, "wijkinspecteur", "daily")
        at(bulletin(cast, title="Van gisteren"), MONDAY - DAY)
        at(bulletin(cast, title="Van daarnet"), MONDAY - dt.timedelta(seconds=10))
        [first], [second] = run(MONDAY), run(MONDAY + DAY)
        assert ("Van gisteren" in first.body, "Van daarnet" in first.body) == (True, False)
        assert ("Van gisteren" in second.body, "Van daarnet" in second.body) == (False, True)

    def test_says_nothing_when_nothing_is_new(self, cast: Cast) -> None:
        choose(cast, "wijkinspecteur", "daily")
        assert run(MONDAY) == []
