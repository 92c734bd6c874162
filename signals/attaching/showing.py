"""What a page says of photos and documents."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from signals.levels import Level
from signals.models import Attachment

# When to look again whether a thumbnail is there, in seconds; after the last time one waits for the next visit.
LOOK_AGAIN = (2, 4, 8, 15, 30)


@dataclass(frozen=True)
class Shown:
    """One of those a viewer may read; photos and documents are counted apart."""

    attachment: Attachment
    number: int
    count: int
    times: int = 0  # looked for its thumbnail already

    @property
    def alt(self) -> str:
        """What a photo says to who cannot see it."""
        return self.attachment.description or self.heading

    @property
    def heading(self) -> str:
        if not self.attachment.is_photo:
            return self.attachment.name
        return _("Photo %(number)s of %(count)s") % {"number": self.number, "count": self.count}

    @property
    def for_whom(self) -> str:
        """Of what not every reader of the signal may read."""
        attachment = self.attachment
        if attachment.level == attachment.signal.level:
            return ""
        return str(attachment.team if attachment.level == Level.SEALED else attachment.organisation)

    @property
    def waits(self) -> bool:
        return self.attachment.is_photo and not self.attachment.thumbnail and self.attachment.lost_at is None

    @property
    def look_again(self) -> int | None:
        return LOOK_AGAIN[self.times] if self.waits and self.times < len(LOOK_AGAIN) else None


def shown(attachments: Iterable[Attachment], times: int = 0) -> list[Shown]:
    """Photos first."""
    rows = list(attachments)
    photos, documents = [row for row in rows if row.is_photo], [row for row in rows if not row.is_photo]
    return [
        Shown(row, number, len(same), times) for same in (photos, documents) for number, row in enumerate(same, start=1)
    ]
