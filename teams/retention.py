"""The read log is kept as long as promised. How rows leave it is the log's own affair."""

from kortrijk_gebied.audit.retention import erase_before
from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.retention import kept_since


@handles("retention-read-log")
def erase_old_entries(job: Job) -> None:
    job.count(erased=0)
    erase_before(kept_since("read_log_years"), counted=lambda number: job.count(erased=number))
