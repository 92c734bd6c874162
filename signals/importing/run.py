"""An uploaded file: looked at, set to work, and done by a worker."""

from collections.abc import Callable
from itertools import islice

from django.core.files.base import ContentFile
from django.db import transaction

from kortrijk_gebied.jobs.models import enqueue
from kortrijk_gebied.refused_rows import RefusalFile
from kortrijk_gebied.tables import opened
from signals.importing.importer import Counts, Importer
from signals.importing.mapping import FIELDS, Columns, positions
from signals.importing.placing import Placer
from signals.importing.rows import Rejected, Row, RowReader
from signals.models import ReportImport
from teams.models import User

PREVIEWED = 20
SHOWN = ("number", "received_at", "category", "channel", "place", "locality", "status")


class Preview:
    """The first rows of a file as these columns read them. Raises Unreadable when they do not fit."""

    def __init__(self, upload: ReportImport, columns: Columns) -> None:
        with upload.file.open("rb") as file, opened(file) as table:
            self.header, self.total = table.header, table.total
            lines = list(islice(table.rows, PREVIEWED))
        at = positions(columns, self.header)
        self.fields = [field for field in SHOWN if field in at]
        reader, problems, rows = RowReader(columns, self.header), dict[int, str](), list[Row]()
        for line, cells in lines:
            try:
                rows.append(reader.read(line, cells))
            except Rejected as reason:
                problems[line] = str(reason)
        problems |= {row.line: reason for row, reason in Placer().place(rows)}
        self.rows = [
            (
                line,
                [cells[at[field]] if at[field] < len(cells) else "" for field in self.fields],
                problems.get(line, ""),
            )
            for line, cells in lines
        ]
        self.problems = len(problems)

    @property
    def labels(self) -> list[str]:
        return [str(FIELDS[field]) for field in self.fields]


def start(upload: ReportImport, *, columns: Columns, by: User) -> None:
    """Hand the file to a worker, once however often it is asked."""
    with transaction.atomic():
        upload.mapping = dict(columns)
        upload.job = enqueue(
            "import-reports", key=f"import:{upload.pk}", payload={"import": str(upload.pk)}, by_id=by.pk
        )
        upload.save(update_fields=["mapping", "job"])


def run(upload: ReportImport, *, advance: Callable[[int, int], None]) -> None:
    """Read the file to its end. A worker that takes over after another died goes on with its count.

    Then the upload is erased: its rows are signals now, each for the eyes that may see it.
    """
    if not upload.file:  # read to its end by a worker that died before it could say so
        return
    before = upload.imported
    with (
        upload.file.open("rb") as file,
        opened(file) as table,
        RefusalFile(table.header) as refusals,
    ):

        def advanced(counts: Counts) -> None:
            # In the transaction of the batch, so that what is counted is what is written.
            upload.imported = before + counts.imported
            upload.already_known, upload.rejected = max(0, counts.already_known - before), counts.rejected
            upload.save(update_fields=["imported", "already_known", "rejected"])
            advance(counts.rows, max(table.total, counts.rows))

        Importer(refusals.add, advanced).run(RowReader(upload.mapping, table.header), table.rows)
        if refusals.count:
            upload.rejects.save("geweigerd.csv", ContentFile(refusals.content()), save=False)
    erased, upload.file = upload.file.name, ""
    upload.save(update_fields=["file", "rejects"])
    # Last: a row that names a file which is gone could not be taken over.
    upload.file.storage.delete(erased)
