"""What a worker does for signals."""

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import Hopeless, handles
from kortrijk_gebied.tables import Unreadable
from signals import bulk, retention, succession  # noqa: F401  (they register their own)
from signals.attaching import jobs as attaching  # noqa: F401  (registers its own)
from signals.importing.run import run
from signals.incoming import jobs as incoming  # noqa: F401  (registers its own)
from signals.models import ReportImport
from signals.suggesting import training  # noqa: F401  (registers its own)
from signals.webhooks import jobs as webhooks  # noqa: F401  (registers its own)


@handles("import-reports")
def import_reports(job: Job) -> None:
    try:
        run(ReportImport.objects.get(pk=job.payload["import"]), advance=job.advance)
    except Unreadable as reason:
        raise Hopeless(str(reason)) from reason
