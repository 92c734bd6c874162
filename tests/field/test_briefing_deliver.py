"""That a briefing was read, as the tablet sends it."""

import datetime as dt

from django.utils import timezone

from signals.models import Delivery
from teams.models import BriefingRead
from tests.cast import Cast, area
from tests.field.tablet import NOTED, FieldTablet, reading, works_in


class TestBriefing:
    def test_was_read_by_whom_the_shift_is(self, tablet: FieldTablet) -> None:
        wanted = [area("Overleie").pk, area("Marke").pk, 999999, "x", None]
        for _twice in range(2):
            answer = tablet.send(tablet.save("briefing", {"areas": wanted}, changes={"schema": 3, "writer": ""}))
            assert (answer.status_code, answer.json()["result"]) == (201, "noted")
        [read] = BriefingRead.objects.all()  # Marke is no area of the wardens
        assert (read.user, read.area) == (tablet.user, area("Overleie"))
        assert Delivery.objects.count() == 2

    def test_reads_what_the_tablet_carried_and_not_what_came_since(self, tablet: FieldTablet) -> None:
        carried = dt.datetime.fromisoformat(NOTED) - dt.timedelta(hours=2)
        content = {"areas": [area("Overleie").pk], "as_of": carried.isoformat()}
        tablet.send(tablet.save("briefing", content, changes={"schema": 4, "writer": ""}), at=NOTED)
        assert BriefingRead.objects.get().at == carried

    def test_of_nothing_is_no_mistake(self, tablet: FieldTablet) -> None:
        answer = tablet.send(tablet.save("briefing", {"areas": "alles"}, changes={"schema": 3, "writer": ""}))
        assert answer.status_code == 201
        assert not BriefingRead.objects.exists()

    def test_is_whole_when_each_area_was_read(self, tablet: FieldTablet, cast: Cast) -> None:
        works_in(cast, "Overleie")
        works_in(cast, "Pius X")
        carried = reading(tablet)["briefing"]
        assert len(carried["areas"]) == 2
        for areas, is_read in ((carried["areas"][:1], False), (carried["areas"], True)):
            tablet.send(tablet.save("briefing", {"areas": areas, "as_of": timezone.now().isoformat()}))
            assert (reading(tablet)["briefing"]["read_at"] is not None) is is_read

    def test_is_told_to_the_tablet(self, tablet: FieldTablet) -> None:
        found = tablet.client.get("/veld/gegevens/").json()["briefing"]
        assert found["read_at"] is None
        tablet.send(tablet.save("briefing", {"areas": found["areas"]}, changes={"schema": 3, "writer": ""}), at=NOTED)
        again = tablet.client.get("/veld/gegevens/").json()["briefing"]
        assert again["areas"] == found["areas"]
        assert (again["read_at"] is not None) == (BriefingRead.objects.filter(day=timezone.localdate()).exists())
