"""How what a tablet sent came in, told beside the signal and in the list: later than it was noted, without its photos
yet, by a clock that was wrong."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signals.field.sightings import of_another
from signals.models import DeliveredPhoto, Delivery, Signal
from signals.models.tablets import CLOCK_MAY_DIFFER, how_far

# What arrives sooner came as it were at once.
AT_ONCE = dt.timedelta(minutes=10)


def deliveries_on(signal: Signal) -> list[Delivery]:
    """Those about the signal as a whole, and about tasks that are no more secret than it."""
    open_to_its_readers = Q(task__isnull=True) | Q(task__level__lte=signal.level)
    found = Delivery.objects.filter(open_to_its_readers, signal=signal).select_related(
        "author", "by", "tablet", "report"
    )
    return list(found.prefetch_related("photos").order_by("received_at"))


def notices_on(signal: Signal) -> list[str]:
    """What a colleague has to know of how it came, a sentence each."""
    return [sentence for delivery in deliveries_on(signal) for sentence in _sentences(delivery)]


def photos_to_come(signals: Iterable[Signal]) -> dict[uuid.UUID, list[str]]:
    """For signals of a list: such as “photo follows 1/3”, by signal."""
    keys = [signal.pk for signal in signals]
    photos = DeliveredPhoto.objects.filter(
        Q(delivery__task__isnull=True) | Q(delivery__task__level__lte=F("delivery__signal__level")),
        delivery__signal__in=keys,
    ).order_by()  # fmt: skip
    count: dict[uuid.UUID, list[bool]] = {}
    for pk, arrived_at in photos.values_list("delivery__signal", "arrived_at"):
        count.setdefault(pk, []).append(arrived_at is not None)
    return {pk: [_following(sum(here), len(here))] for pk, here in count.items() if not all(here)}


def _following(here: int, all_: int) -> str:
    return _("photo follows %(here)s/%(all)s") % {"here": here, "all": all_}


def _sentences(delivery: Delivery) -> list[str]:
    said = []
    if (noted := _noted_at(delivery)) and delivery.received_at - noted > AT_ONCE:
        said.append(
            _("Noted on the tablet %(noted)s, here since %(here)s.")
            % {"noted": _moment(noted), "here": _moment(delivery.received_at)}
        )
    photos = list(delivery.photos.all())
    here = sum(photo.arrived_at is not None for photo in photos)
    if here < len(photos):
        words = _("Photos follow: %(here)s of %(all)s are here.")
        said.append(words % {"here": here, "all": len(photos)})
    said += [photo.problem for photo in photos if photo.problem]
    offset = dt.timedelta(milliseconds=delivery.clock_offset_ms or 0)
    if abs(offset) > CLOCK_MAY_DIFFER:
        words = _("The clock of the tablet was %(much)s slow.") if offset > dt.timedelta() else _(
            "The clock of the tablet was %(much)s fast."
        )  # fmt: skip
        said.append(words % {"much": how_far(offset, delivery.received_at)})
    if delivery.locked:
        said.append(_("Written after a restart of the tablet, before the PIN was given again."))
    if delivery.writer:
        said.append(of_another(delivery.writer, delivery.author))
    if delivery.by_id != delivery.author_id:
        said.append(_("Brought in by %(who)s.") % {"who": delivery.by.name})
    # After its photos a tablet asks once more whether all is here: that is no repetition.
    again = delivery.replays - bool(photos and here == len(photos))
    if again > 0:
        words = ngettext(
            "Sent %(n)s more time; it stands here once.", "Sent %(n)s more times; it stands here once.", again
        )
        said.append(words % {"n": again})
    if delivery.different_at:
        said.append(_("Something else came under the same number. That is still on the tablet."))
    return said


def _noted_at(delivery: Delivery) -> dt.datetime | None:
    return delivery.report.received_at if delivery.report and delivery.kind == "signal" else None


def _moment(at: dt.datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")
