"""What a worker does for photos and documents."""

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import handles
from signals.attaching import keeping, sweeping, thumbnails


@handles("attachment-thumbnail")
def make_thumbnail(job: Job) -> None:
    thumbnails.make_thumbnail(job.payload["attachment"])


@handles("discard-files")
def discard_files(job: Job) -> None:
    keeping.delete_files(job.payload["names"])


@handles("sweep-attachments")
def sweep_attachments(job: Job) -> None:
    found = sweeping.sweep()
    job.result = {"orphans": len(found.orphans), "lost": len(found.lost), "back": len(found.back)}
    job.save(update_fields=["result"])
