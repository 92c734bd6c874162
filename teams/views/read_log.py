"""Who read what is limited or sealed: for the data protection officer of the organisation that owns it."""

import datetime as dt
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kortrijk_gebied.audit.models import ReadEntry, broken_links
from kortrijk_gebied.audit.words import LEVELS, OBJECTS, surface_word
from kortrijk_gebied.sheets import Cell, broken_off, csv_parts
from teams.access import Access, may_still
from teams.decorators import functions, viewer
from teams.forms.read_log import ReadLogFilter
from teams.models import Function, Organisation

PER_PAGE = 50
AT_ONCE = 2_000  # rows of the file
officers = functions(Function.DATA_PROTECTION_OFFICER)


@officers
@require_safe
def read_log(request: HttpRequest) -> HttpResponse:
    return _page(request)


@officers
@require_POST
def read_log_check(request: HttpRequest) -> HttpResponse:
    """Recompute the chain: a row that was taken out, added or changed afterwards breaks it."""
    return _page(request, checked=True, broken=broken_links(_owner_id(request)))


@officers
@require_safe
def read_log_csv(request: HttpRequest) -> StreamingHttpResponse:
    entries = _filtered(_entries(request), ReadLogFilter(request.GET))
    response = StreamingHttpResponse(csv_lines(entries, viewer(request)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="leeslogboek-{timezone.localdate()}.csv"'
    return response


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    form = ReadLogFilter(request.GET)
    page = Paginator(_filtered(_entries(request), form), PER_PAGE).get_page(request.GET.get("page"))
    names = organisation_names()
    rows = [(entry, names.get(entry.reader_organisation_id, ""), *said(entry)) for entry in page]
    context |= {"page": page, "rows": rows, "form": form, "is_filtered": any(request.GET.values())}
    return render(request, "teams/read_log.html", context)


def _owner_id(request: HttpRequest) -> int:
    """The organisation whose log this is: always the reader's own, never one from the address."""
    organisation_id = viewer(request).organisation_id
    if organisation_id is None:
        raise PermissionDenied
    return organisation_id


def _entries(request: HttpRequest) -> QuerySet[ReadEntry]:
    return ReadEntry.objects.of_owner(_owner_id(request))


def _filtered(entries: QuerySet[ReadEntry], form: ReadLogFilter) -> QuerySet[ReadEntry]:
    if not form.is_valid():
        return entries.none()
    wanted = form.cleaned_data
    if wanted["person"]:
        entries = entries.filter(reader_name__icontains=wanted["person"].strip())
    if wanted["reference"]:
        entries = entries.filter(reference__iexact=wanted["reference"].strip())
    if wanted["since"]:
        entries = entries.filter(at__gte=midnight(wanted["since"]))
    if wanted["until"]:
        # Nothing is logged ahead of time, and the last day of the calendar has no next one.
        last = min(wanted["until"], timezone.localdate())
        entries = entries.filter(at__lt=midnight(last + dt.timedelta(days=1)))
    return entries


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def said(entry: ReadEntry) -> tuple[str, str, str]:
    """In words: what of the signal, how secret, where in the program."""
    what, level = OBJECTS.get(entry.object_type, ""), LEVELS.get(entry.level, entry.level)
    return str(what), str(level), surface_word(entry.surface)


def organisation_names() -> dict[int | None, str]:
    return dict(Organisation.objects.values_list("pk", "name"))


def csv_lines(entries: QuerySet[ReadEntry], reader: Access) -> Iterator[bytes]:
    """Rows for a spreadsheet, oldest last, read from the database piece by piece."""
    heading = [
        _("number"), _("when"), _("who"), _("organisation"), _("reference"), _("part"), _("level"), _("where"),
        _("hash"),
    ]  # fmt: skip
    yield from csv_parts(heading, cells_of(entries, reader))


def cells_of(entries: QuerySet[ReadEntry], reader: Access) -> Iterator[list[Cell]]:
    names = organisation_names()
    for batch in batched(entries.iterator(chunk_size=AT_ONCE), AT_ONCE, strict=False):
        if not may_still(reader):
            yield [broken_off()]
            return
        for entry in batch:
            what, level, surface = said(entry)
            yield [
                str(entry.number), timezone.localtime(entry.at).isoformat(timespec="seconds"), entry.reader_name,
                names.get(entry.reader_organisation_id, ""), entry.reference, what, level, surface, entry.hash,
            ]  # fmt: skip
