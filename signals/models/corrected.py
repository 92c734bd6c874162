"""A signal that turns out to be about something else, or to lie elsewhere: what it becomes then.

Who has it from now on, whoever corrects it decides; what the rules would do is asked in signals/correction.py.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _g

from kortrijk_gebied.refusals import Refused
from signals.levels import Level
from signals.models.categories import Category
from signals.models.events import EventKind
from signals.models.resting import Resting
from teams.models import User

if TYPE_CHECKING:
    from signals.routing import Route

MATTER = ("category", "routine", "place", "longitude", "latitude", "area", "area_ids")


@dataclass(frozen=True)
class Spot:
    """Where a signal lies: in words, on the map when that is known, and in which areas."""

    place: str = ""
    longitude: float | None = None
    latitude: float | None = None
    area_id: int | None = None
    area_ids: tuple[int, ...] = ()


class Corrected(Resting):
    class Meta(Resting.Meta):
        abstract = True

    @property
    def spot(self) -> Spot:
        return Spot(self.place, self.longitude, self.latitude, self.area_id, tuple(self.area_ids))

    def lie_at(self, spot: Spot) -> None:
        self.place, self.longitude, self.latitude = spot.place, spot.longitude, spot.latitude
        self.area_id, self.area_ids = spot.area_id, list(spot.area_ids)

    def correct(self, *, by: User, category: Category, spot: Spot, route: "Route | None") -> None:
        """Another subject, another place, or both; its owner stays until another one takes it over.

        With `route` its team, rule and term become what the rules say. A subject that is more secret makes it more
        secret, with everything that hangs on it; one that is less secret changes nothing of that.
        """
        with self.locked("correct"):
            subject, place = self.category, self.spot
            if (category.pk, spot) == (subject.pk, place):
                raise Refused(_g("It stands like this already. Change the subject or the place."))
            self.category, self.routine = category, category.routine
            self.lie_at(spot)
            if route is not None and self.level < Level.SEALED:  # to another reader sealed matter is handed over
                self.team = route.team if route.team and route.team.organisation_id == self.owner_id else None
            self.save(update_fields=[*MATTER, "team"])
            if category.level > self.level:
                self.raise_level(by=by, level=category.level)
            self._take_along_what_was_wrong(subject, place)
            at = timezone.now()  # both at one moment: by that a partner is told once
            if category.pk != subject.pk:
                self.record(EventKind.NEW_SUBJECT, by=by, at=at, old=subject.name, new=category.name)
            if spot != place:
                self.record(EventKind.NEW_PLACE, by=by, at=at, old=_words(place), new=_words(spot))

    def _take_along_what_was_wrong(self, subject: Category, place: Spot) -> None:
        """Reports that were put under the wrong subject, the place of the first, and what was joined with it.

        Of secret matter who reported it reads in their own lines what they reported: that stays as it was.
        """
        from signals.models.joinings import lock_joined

        for one in lock_joined(self.whole):
            if one.category_id == subject.pk:
                one.category, one.routine = self.category, self.routine
                one.save(update_fields=["category", "routine"])
        if self.level > Level.OPEN:
            return
        reports = self.whole.reports
        reports.filter(category=subject).update(category=self.category)
        if self.spot != place and (first := reports.order_by("received_at", "pk").first()):
            its_own = reports.filter(Q(pk=first.pk) | Q(follows=first), place=place.place)
            its_own.update(place=self.place, longitude=self.longitude, latitude=self.latitude)


def _words(spot: Spot) -> str:
    """As it is told in the course: “Overleiestraat 12 (Overleie)”, or the area alone."""
    from areas.models import Area

    area = Area.objects.defer("boundary").get(pk=spot.area_id) if spot.area_id is not None else None
    return f"{spot.place} ({area.name})" if spot.place and area else spot.place or (area.name if area else "")
