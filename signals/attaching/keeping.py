"""What happens to a file on a signal: hung there, described, made unrecognisable, taken away."""

import uuid
from collections.abc import Iterable, Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.files.pictures import decoded, encoded
from kortrijk_gebied.jobs.models import enqueue
from kortrijk_gebied.refusals import Refused
from signals.attaching.files import Ready, read_file
from signals.attaching.patches import Patch, smudged
from signals.attaching.thumbnails import ask_for_thumbnail
from signals.levels import Level
from signals.models import Attachment, AttachmentKind, EventKind, Report, Signal
from teams.models import Team, User

MOST_FILES = 6  # at once


def take_in(*, content: bytes, name: str, report: Report, by: User | None = None) -> Attachment:
    """For who has bytes and no form: a mail, an application of a partner. Raises Refused with a sentence."""
    ready = read_file(ContentFile(content, name=name))
    return attach_file(signal=report.signal, report=report, file=ready, by=by)


def attach_all(*, report: Report, files: Iterable[Ready], by: User | None) -> list[Attachment]:
    """What came along with a report."""
    return [attach_file(signal=report.signal, report=report, file=file, by=by) for file in files]


def attach_file(
    *, signal: Signal, file: Ready, by: User | None, report: Report | None = None, level: int = Level.OPEN,
    team: Team | None = None,
) -> Attachment:  # fmt: skip
    """Hang a file on a signal. Sent twice, it hangs there once. `team` keeps what is sealed."""
    made = Attachment(
        report=report, by=by, kind=file.kind, name=file.name, sha256=file.sha256, width=file.width, height=file.height,
        pages=file.pages, size=len(file.content),
    )  # fmt: skip
    made.file.save("sent", ContentFile(file.content), save=False)  # before the lock: a store may be slow
    try:
        with transaction.atomic():
            kept = _hang(made, Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk), level, team)
    except BaseException:
        made.file.delete(save=False)
        raise
    if kept is not made:
        made.file.delete(save=False)
    return kept


def _hang(made: Attachment, signal: Signal, level: int, team: Team | None) -> Attachment:
    made.signal, made.level = signal, max(level, signal.level)
    own = made.by.organisation_id if made.by else None
    # What is as secret as the signal belongs to who owns the matter, not to who happened to take the photo.
    made.organisation_id = own if own and (signal.level == Level.OPEN or level > signal.level) else signal.owner_id
    if made.level == Level.SEALED:
        made.team = team if level > signal.level else signal.team
    twins = signal.attachments.filter(sha256=made.sha256, level=made.level)
    if made.level > Level.OPEN:  # of what another organisation keeps to itself nobody must notice that it is there
        twins = twins.filter(organisation=made.organisation_id, team=made.team)
    if twin := twins.first():
        return twin
    made.save(force_insert=True)
    if made.report is None:  # with a report it came along; the course tells of the report
        _tell(made, {AttachmentKind.PHOTO: EventKind.PHOTO_ADDED, AttachmentKind.DOCUMENT: EventKind.DOCUMENT_ADDED})
    if made.is_photo:
        ask_for_thumbnail(made)
    return made


def describe(*, attachment: Attachment, description: str, name: str = "") -> None:
    """What is to be seen, for who cannot see it; and what a document is called."""
    changed = {"description": " ".join(description.split())}
    if not attachment.is_photo:
        changed["name"] = " ".join(name.split()) or attachment.name
    for field, value in changed.items():
        setattr(attachment, field, value)
    attachment.save(update_fields=list(changed))


def smudge(*, photo: Attachment, patches: Sequence[Patch], by: User) -> Attachment:
    """Paint over faces and plates. The photo as it was is gone for good, from the store and from thumbnails."""
    if not patches:
        raise Refused(_("Mark first what nobody may recognise."))
    with transaction.atomic():
        photo = Attachment.objects.select_for_update(of=("self",)).select_related("signal").get(pk=photo.pk)
        with photo.file.open("rb") as file:
            picture = encoded(smudged(decoded(file.read()), patches))
        former = [photo.file.name, photo.thumbnail.name]
        photo.file.save("smudged", ContentFile(picture.content), save=False)
        photo.thumbnail, photo.size = "", len(picture.content)
        photo.smudged_at, photo.smudged_by = timezone.now(), by
        photo.save(update_fields=["file", "thumbnail", "size", "smudged_at", "smudged_by"])
        _tell(photo, {AttachmentKind.PHOTO: EventKind.PHOTO_SMUDGED}, by=by)
        discard(former)
        ask_for_thumbnail(photo)
    return photo


def remove(*, attachment: Attachment, by: User) -> None:
    """Take a file off its signal, for good."""
    with transaction.atomic():
        attachment = Attachment.objects.select_for_update(of=("self",)).select_related("signal").get(pk=attachment.pk)
        kinds = {AttachmentKind.PHOTO: EventKind.PHOTO_REMOVED, AttachmentKind.DOCUMENT: EventKind.DOCUMENT_REMOVED}
        _tell(attachment, kinds, by=by)
        former = [attachment.file.name, attachment.thumbnail.name]
        attachment.delete()
        discard(former)


def discard(names: Iterable[str | None]) -> None:
    """Delete files once what was written is sure: here at once, and by a worker should this process die first."""
    gone = sorted({name for name in names if name})
    if not gone:
        return
    enqueue("discard-files", key=f"discard:{gone[0]}:{uuid.uuid4()}", payload={"names": gone})
    transaction.on_commit(lambda: delete_files(gone), robust=True)


def delete_files(names: Iterable[str]) -> None:
    """Deleting what is gone already does no harm."""
    for name in names:
        default_storage.delete(name)


def _tell(attachment: Attachment, kinds: dict[AttachmentKind, EventKind], by: User | None = None) -> None:
    """In the course of the signal; not of what is more secret than it, for not every reader may know of that."""
    if attachment.level == attachment.signal.level:
        attachment.signal.record(kinds[AttachmentKind(attachment.kind)], by=by or attachment.by)
