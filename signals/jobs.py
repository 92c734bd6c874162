"""What a worker does for signals."""

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import Hopeless, handles
from kortrijk_gebied.tables import Unreadable
from signals import retention  # noqa: F401  (registers its own)
from signals.importing.run import run
from signals.models import ReportImport


@handles("import-reports")
def import_reports(job: Job) -> None:
    try:
        run(ReportImport.objects.get(pk=job.payload["import"]), advance=job.advance)
    except Unreadable as reason:
        raise Hopeless(str(reason)) from reason
