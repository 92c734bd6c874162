"""The read log: every look at what is limited or sealed, in a chain that shows tampering."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kortrijk_gebied.audit.models import ReadEntry, broken_links
from signals.levels import Level
from signals.models import Signal
from signals.reading import looked_at
from teams.access import access_of
from tests.cast import KOOIGEM, Cast

type Make = Callable[..., Signal]


class TestReadLog:
    def test_keeps_who_saw_what_where(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand", at=KOOIGEM)
        looked_at([signal], by=cast["verpleegkundige"], surface="signal")
        entry = ReadEntry.objects.get()
        assert (entry.reader_name, entry.reference, entry.surface, entry.owner_id) == (
            cast["verpleegkundige"].name, signal.reference, "signal", signal.owner_id,
        )  # fmt: skip

    def test_leaves_out_what_is_open_and_what_showed_no_words(self, cast: Cast, report: Make) -> None:
        report()
        report("Burenruzie")
        seen = Signal.objects.listed(access_of(cast["coordinator"]))
        assert seen.count() == 2
        looked_at(seen, by=cast["coordinator"], surface="inbox")
        assert not ReadEntry.objects.exists()

    def test_tells_once_what_is_given_along(self, cast: Cast, report: Make) -> None:
        """From a moment on, for this reader, there, as secret as it is now; and the chain goes on."""
        sealed, limited, nurse = report("Bezorgd om iemand"), report("Burenruzie"), cast["verpleegkundige"]
        start = timezone.now()
        for _twice in range(2):
            looked_at([sealed, limited], by=nurse, surface="tablet", once_since=start)
        assert ReadEntry.objects.count() == 2
        looked_at([limited], by=nurse, surface="inbox", once_since=start)
        looked_at([limited], by=cast["wijkinspecteur"], surface="tablet", once_since=start)
        looked_at([limited], by=nurse, surface="tablet", once_since=timezone.now())
        limited.level = Level.SEALED
        looked_at([limited], by=nurse, surface="tablet", once_since=start)
        looked_at([limited], by=nurse, surface="tablet")
        assert ReadEntry.objects.of_owner(limited.owner_id).count() == 6
        assert broken_links(limited.owner_id) == broken_links(sealed.owner_id) == []

    def test_chains_the_entries_of_each_owner(self, cast: Cast, report: Make) -> None:
        sealed, limited = report("Bezorgd om iemand"), report("Burenruzie")
        for _ in range(3):
            looked_at([sealed, limited], by=cast["verpleegkundige"], surface="inbox")
        assert broken_links(sealed.owner_id) == broken_links(limited.owner_id) == []
        assert ReadEntry.objects.of_owner(sealed.owner_id).count() == 3

    def test_cannot_be_changed_or_emptied(self, cast: Cast, report: Make) -> None:
        looked_at([report("Bezorgd om iemand")], by=cast["verpleegkundige"], surface="inbox")
        with pytest.raises(DatabaseError), transaction.atomic():
            ReadEntry.objects.update(reader_name="Iemand")
        with pytest.raises(DatabaseError), transaction.atomic():
            ReadEntry.objects.all().delete()

    def test_shows_where_somebody_with_the_keys_of_the_database_tampered(self, cast: Cast, report: Make) -> None:
        signal = report("Bezorgd om iemand")
        for _ in range(3):
            looked_at([signal], by=cast["verpleegkundige"], surface="inbox")
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_readentry DISABLE TRIGGER USER")
            cursor.execute("UPDATE audit_readentry SET reader_name = 'Iemand' WHERE number = 2")
            cursor.execute("ALTER TABLE audit_readentry ENABLE TRIGGER USER")
        assert broken_links(signal.owner_id) == [2]
