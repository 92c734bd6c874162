"""Files of an import hold what people told us: they are erased after a month, what came of them is told on."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import Job, enqueue
from signals.models import ReportImport
from tests.cast import Cast


@pytest.fixture
def upload(cast: Cast) -> Callable[..., ReportImport]:
    def make(*, days_ago: int, state: str = "done", **details: object) -> ReportImport:
        by = cast["agent"]
        upload = ReportImport(
            organisation=by.organisation, by=by, name="meldingen.csv", at=timezone.now() - dt.timedelta(days=days_ago),
            **details,
        )  # fmt: skip
        upload.file.save(f"{upload.pk}.data", ContentFile(b"x"), save=False)
        upload.rejects.save("geweigerd.csv", ContentFile(b"x"), save=False)
        if state:
            upload.job = enqueue("import-reports", key=f"import:{upload.pk}")
            over = {"done": timezone.now(), "failed": timezone.now()}.get(state)
            Job.objects.filter(pk=upload.job.pk).update(state=state, finished_at=over)
        upload.save()
        return upload

    return make


def erase() -> dict[str, int]:
    job = enqueue("retention-imports", key=f"a{Job.objects.count()}")
    tasks.run_job(str(job.pk))
    job.refresh_from_db()
    result: dict[str, int] = job.result
    return result


class TestErasing:
    @pytest.mark.parametrize("state", ["done", "failed"])
    def test_takes_the_files_and_leaves_the_counts(self, upload: Callable[..., ReportImport], state: str) -> None:
        old = upload(days_ago=31, state=state, imported=5, rejected=2)
        names = [str(old.file), str(old.rejects)]
        assert erase() == {"erased": 1}
        old.refresh_from_db()
        assert not any(map(default_storage.exists, names))
        assert (old.file.name, old.rejects.name, old.imported, old.rejected) == ("", "", 5, 2)
        assert erase() == {"erased": 0}

    def test_leaves_what_is_younger_or_still_runs(self, upload: Callable[..., ReportImport]) -> None:
        kept = [upload(days_ago=29), upload(days_ago=31, state="waiting")]
        assert erase() == {"erased": 0}
        assert all(default_storage.exists(str(one.rejects)) for one in kept)

    def test_takes_away_what_was_never_set_to_work(self, upload: Callable[..., ReportImport]) -> None:
        old = upload(days_ago=31, state="")
        erase()
        assert not default_storage.exists(str(old.file))
        assert not ReportImport.objects.filter(pk=old.pk).exists()

    def test_says_on_the_page_that_the_file_is_gone(
        self, upload: Callable[..., ReportImport], cast: Cast, sign_in: Callable[..., Client]
    ) -> None:
        old = upload(days_ago=31, rejected=2)
        erase()
        html = sign_in(cast["agent"]).get(f"/signalen/import/{old.pk}/").content.decode()
        assert "gewist" in html
        assert "Elke rij" not in html
