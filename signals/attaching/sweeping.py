"""The store and the rows, side by side: no file without a row, no row without a file, no photo without a thumbnail."""

import datetime as dt
import logging
from dataclasses import dataclass, field

from django.core.files.storage import default_storage
from django.utils import timezone

from kortrijk_gebied.jobs.rounds import each
from signals.attaching.thumbnails import ask_for_missing_thumbnails
from signals.models import Attachment

logger = logging.getLogger(__name__)

# A file is written before its row: a younger one may still get its row.
GRACE = dt.timedelta(hours=24)
FOLDERS = {"file": "attachments", "thumbnail": "thumbnails"}


@dataclass
class Found:
    orphans: list[str] = field(default_factory=list)  # files that no row names
    lost: list[str] = field(default_factory=list)  # rows whose file is gone: somebody must know
    back: list[str] = field(default_factory=list)  # rows whose file was gone and is there again
    thumbnails: int = 0  # photos that have none, or had one that is gone


def sweep(*, look_only: bool = False) -> Found:
    """Delete orphans, mark what is lost, ask for thumbnails. One shelf (a month) at a time, so it fits in memory."""
    found = Found()
    for column, folder in FOLDERS.items():
        for shelf in shelves(folder):
            _compare(column, shelf, found, look_only)
    if look_only:
        found.thumbnails += Attachment.objects.photos().filter(thumbnail="", lost_at=None).count()
    else:
        found.thumbnails = ask_for_missing_thumbnails()
    return found


def shelves(folder: str) -> list[str]:
    """Those that are there, and those that rows say should be."""
    months = Attachment.objects.datetimes("at", "month", tzinfo=dt.UTC)
    known = {f"{folder}/{month:%Y/%m}" for month in months}
    for year in _listed(folder)[0]:
        known |= {f"{folder}/{year}/{month}" for month in _listed(f"{folder}/{year}")[0]}
    return sorted(known)


def _listed(shelf: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(shelf)
    except FileNotFoundError:
        return [], []


def _compare(column: str, shelf: str, found: Found, look_only: bool) -> None:
    rows = dict(Attachment.objects.filter(**{f"{column}__startswith": f"{shelf}/"}).values_list(column, "lost_at"))
    files = {f"{shelf}/{name}" for name in _listed(shelf)[1]}
    before = timezone.now() - GRACE
    orphans = [name for name in sorted(files - set(rows)) if default_storage.get_modified_time(name) < before]
    # Asked once more: a file that came while the shelf was listed is not lost.
    gone = [name for name in sorted(set(rows) - files) if not default_storage.exists(name)]
    found.orphans += orphans
    if column == "thumbnail":
        found.thumbnails += len(gone)
        if not look_only:
            Attachment.objects.filter(thumbnail__in=gone).update(thumbnail="")
    else:
        _mark([name for name in gone if rows[name] is None], found.lost, look_only, gone=True)
        _mark([name for name in sorted(files & set(rows)) if rows[name]], found.back, look_only, gone=False)
    each([] if look_only else orphans, default_storage.delete, about="Deleting files that no row names")


def _mark(names: list[str], found: list[str], look_only: bool, *, gone: bool) -> None:
    found += names
    if gone and names:
        logger.error("%s files of attachments are gone from the store, such as %s.", len(names), names[0])
    if not look_only:
        Attachment.objects.filter(file__in=names).update(lost_at=timezone.now() if gone else None)
