"""`manage.py import_reports`: rows become signals as if they had come in one by one."""

import csv
import datetime as dt
import io
import math
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from areas.distance import METRES_PER_DEGREE, metres_between
from kortrijk_gebied.jobs.models import Message
from signals.importing.mapping import NAMED
from signals.intake import Contact, register
from signals.models import Category, EventKind, Feedback, Report, ReportKind, Signal, SignalEvent, Task
from signals.vicinity import JOIN_WITHIN, JOIN_WITHIN_METRES
from signals.workflow import OPEN
from tests.cast import MARKE, OVERLEIE

HEADER = list(NAMED["1777"].values())

type Import = Callable[..., str]


def row(number: str = "1", at: tuple[float, float] | None = OVERLEIE, **given: Any) -> dict[str, str]:
    """A row as the call line writes it: a closed report of dumped rubbish in Overleie, unless said otherwise."""
    spot = (
        {"Lengtegraad": f"{at[0]:.6f}".replace(".", ","), "Breedtegraad": f"{at[1]:.6f}".replace(".", ",")}
        if at
        else {}
    )
    return {
        "Meldingsnr": number, "Datum melding": "03/03/2026 09:15", "Kanaal": "telefoon", "Onderwerp": "Sluikstort",
        "Omschrijving": "Zakken gestort.", "Straat": "Overleiestraat", "Deelgemeente": "Kortrijk",
        "Status": "Afgehandeld", "Datum afgehandeld": "05/03/2026 10:00", "Behandelende dienst": "Openbaar domein",
        "Eerstelijns": "nee", **spot, **{name.replace("_", " "): value for name, value in given.items()},
    }  # fmt: skip


def still_open(number: str = "1", **given: Any) -> dict[str, str]:
    return row(number, **{"Status": "Open", "Datum_afgehandeld": "", **given})


@pytest.fixture
def import_rows(kortrijk: None, tmp_path: Path) -> Import:
    def run(*rows: dict[str, str], **options: Any) -> str:
        path = tmp_path / "meldingen.csv"
        with path.open("w", encoding="cp1252", newline="") as file:
            writer = csv.DictWriter(file, HEADER, delimiter=";", restval="")
            writer.writeheader()
            writer.writerows(rows)
        said = io.StringIO()
        call_command("import_reports", path, stdout=said, stderr=said, **options)
        return said.getvalue().strip()

    return run


def signal(number: str = "1") -> Signal:
    return Report.objects.get(external_number=number).signal


class TestImport:
    def test_ends_with_the_three_counts(self, import_rows: Import) -> None:
        assert import_rows(row("1"), row("2", Onderwerp="Groenbeheer")) == "imported 2, already known 0, rejected 0"

    def test_tells_the_past_at_the_reports_own_date(self, import_rows: Import) -> None:
        import_rows(row())
        made = signal()
        events = list(made.events.order_by("at", "pk").values_list("kind", "by"))
        assert [kind for kind, _by in events[:3]] == ["registered", "offered", "accepted"]
        assert {kind for kind, _by in events[3:]} == {"completed", "closed"}
        assert {by for _kind, by in events} == {None}
        assert timezone.localtime(made.reported_at).strftime("%d/%m/%Y %H:%M") == "03/03/2026 09:15"
        assert made.closed_at is not None
        assert timezone.localtime(made.closed_at).strftime("%d/%m/%Y %H:%M") == "05/03/2026 10:00"
        assert (made.outcome, made.tasks.get().status) == ("Behandeld door Openbaar domein.", "done")

    def test_routes_by_the_rules(self, import_rows: Import) -> None:
        import_rows(still_open(), still_open("2", Onderwerp="Straatverlichting"))
        assert signal("1").tasks.get().team.code == "team-net-noord"
        assert signal("1").status == "in_progress"
        lamp = signal("2").tasks.get()
        assert (lamp.team.code, lamp.status, lamp.signal.status) == ("fluvius-verlichting", "offered", "routed")

    def test_closes_what_was_answered_at_once(self, import_rows: Import) -> None:
        import_rows(row(Eerstelijns="ja", Datum_afgehandeld="03/03/2026 09:14"))
        made = signal()
        assert (made.status, made.closed_at, made.tasks.count()) == ("closed", made.reported_at, 0)

    def test_keeps_secret_what_is_about_persons(self, import_rows: Import) -> None:
        import_rows(still_open(Onderwerp="Zorgwekkende woonsituatie"))
        made = signal()
        assert (made.level, made.owner.code) == (2, "ocmw")
        assert set(made.events.values_list("level", flat=True)) == {2}

    def test_sends_nobody_anything(self, import_rows: Import) -> None:
        import_rows(row(), row("2", Kanaal="gemeenschapswacht"), row("3", Eerstelijns="ja"))
        assert not Message.objects.exists()
        assert not Feedback.objects.exists()

    def test_writes_nothing_in_a_dry_run(self, import_rows: Import) -> None:
        assert import_rows(row(), dry_run=True) == "imported 1, already known 0, rejected 0"
        assert not Report.objects.exists()

    def test_knows_a_question_from_a_report(self, import_rows: Import) -> None:
        import_rows(row(Onderwerp="Vraag of suggestie"))
        assert Report.objects.get().kind == ReportKind.QUESTION


class TestPlace:
    def test_finds_the_area_on_the_map(self, import_rows: Import) -> None:
        import_rows(row())
        assert str(signal().area) == "Overleie"
        assert len(signal().area_ids) > 3

    def test_takes_the_sub_municipality_where_it_is_one_area(self, import_rows: Import) -> None:
        import_rows(row("1", at=None, Deelgemeente="Kooigem"), row("2", at=None, Deelgemeente="Heule"))
        assert str(signal("1").area) == "Kooigem"
        assert signal("2").area is None, "Heule has three areas"

    def test_puts_what_has_no_place_in_the_queue_of_who_divides(self, import_rows: Import, cast: Any) -> None:
        from teams.access import access_of

        import_rows(still_open(at=None))
        seen = Signal.objects.readable(access_of(cast["coordinator"]))
        assert list(seen.filter(area__isnull=True)) == [signal()]


class TestRefusal:
    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"Meldingsnr": ""}, "Het nummer ontbreekt."),
            ({"Meldingsnr": "x" * 61}, "Het nummer is langer dan 60 tekens."),
            ({"Datum melding": ""}, "De datum van de melding ontbreekt."),
            ({"Datum melding": "31/02/2026"}, "is niet leesbaar als dag/maand/jaar."),
            ({"Datum melding": "03/03/2099 09:15"}, "ligt in de toekomst."),
            ({"Datum melding": "03/03/1026"}, "ligt te ver in het verleden."),
            ({"Datum afgehandeld": "01/03/2026"}, "Afgehandeld voor ze begon: op 01/03/2026."),
            ({"Datum afgehandeld": ""}, "Afgehandeld, maar de datum van afhandeling ontbreekt."),
            ({"Uiterste datum": "01/01/2026"}, "Uiterste datum “01/01/2026” ligt vóór de melding."),
            ({"Onderwerp": "Vliegende schotel"}, "Onderwerp “Vliegende schotel” is niet bekend."),
            ({"Kanaal": "postduif"}, "Kanaal “postduif” is niet bekend."),
            ({"Status": "misschien"}, "Status “misschien” is niet bekend."),
            ({"Omschrijving": "x" * 5001}, "De omschrijving is langer dan 5000 tekens."),
            ({"Lengtegraad": ""}, "Een van de twee coördinaten ontbreekt."),
            ({"Lengtegraad": "nan"}, "zijn niet leesbaar als graden."),
            ({"Lengtegraad": "4,35", "Breedtegraad": "50,85"}, "De plaats ligt buiten Kortrijk."),
            ({"Lengtegraad": "50,8335", "Breedtegraad": "3,2620"}, "Breedtegraad en lengtegraad zijn verwisseld"),
        ],
    )
    def test_says_why_and_takes_the_others(self, import_rows: Import, change: dict[str, str], reason: str) -> None:
        said = import_rows({**row("bad"), **change}, row("good"))
        assert said.endswith("imported 1, already known 0, rejected 1")
        assert f"row 2: {reason}" in said or reason in said.splitlines()[0]
        assert signal("good").status == "closed"

    def test_takes_the_first_of_two_rows_with_one_number(self, import_rows: Import) -> None:
        said = import_rows(row("7"), row("7", Onderwerp="Groenbeheer"))
        assert "row 3: Nummer 7 staat al op rij 2 van dit bestand." in said
        assert signal("7").category.name == "Sluikstort"

    def test_gives_the_refused_rows_in_a_file_without_formulas(self, import_rows: Import, tmp_path: Path) -> None:
        import_rows(row("1", Onderwerp="=CMD()", Omschrijving="-3,2"), rejects=tmp_path / "refused.csv")
        header, refused = csv.reader((tmp_path / "refused.csv").read_text("utf-8-sig").splitlines(), delimiter=";")
        assert header == [*HEADER, "Rij in het bestand", "Reden"]
        assert dict(zip(header, refused, strict=True))["Onderwerp"] == "'=CMD()"
        assert dict(zip(header, refused, strict=True))["Omschrijving"] == "-3,2"
        assert '"-3,2"' in (tmp_path / "refused.csv").read_text("utf-8-sig"), "or a comma begins a cell"

    def test_refuses_a_file_whose_columns_are_others(self, kortrijk: None, tmp_path: Path) -> None:
        path = tmp_path / "other.csv"
        path.write_text("Nummer;Wanneer\n1;gisteren\n")
        with pytest.raises(CommandError, match=r"Niet gevonden: “Meldingsnr”.* In het bestand staan: Nummer, Wanneer"):
            call_command("import_reports", path)


class TestAgain:
    def test_changes_nothing(self, import_rows: Import) -> None:
        rows = [row(), still_open("2"), still_open("3", at=MARKE)]
        import_rows(*rows)
        before = _everything()
        assert import_rows(*rows) == "imported 0, already known 3, rejected 0"
        assert _everything() == before

    def test_takes_what_came_since(self, import_rows: Import) -> None:
        import_rows(row("1"))
        assert import_rows(row("1"), row("2")) == "imported 1, already known 1, rejected 0"

    @pytest.mark.django_db(transaction=True)
    def test_takes_each_row_once_when_two_run_at_the_same_time(self, import_rows: Import, tmp_path: Path) -> None:
        rows = [row(str(n), at=(3.25 + n / 5000, 50.83)) for n in range(60)]
        import_rows(*rows, dry_run=True)  # leaves the file

        def run(_turn: int) -> str:
            said = io.StringIO()
            try:
                call_command("import_reports", tmp_path / "meldingen.csv", stdout=said)
            finally:
                connection.close()
            return said.getvalue().strip()

        with ThreadPoolExecutor(2) as two:
            said = sorted(two.map(run, range(2)))
        assert said == ["imported 0, already known 60, rejected 0", "imported 60, already known 0, rejected 0"]
        assert Report.objects.count() == 60


def _everything() -> list[Any]:
    return [
        list(Signal.objects.order_by("pk").values()),
        list(Task.objects.order_by("pk").values()),
        SignalEvent.objects.count(),
    ]


class TestJoining:
    def test_joins_what_is_near_and_running(self, import_rows: Import) -> None:
        import_rows(row("1"), row("2", Datum_melding="04/03/2026 08:00"))
        assert signal("1") == signal("2")
        assert signal("1").report_count == 2
        assert signal("1").events.filter(kind=EventKind.JOINED).count() == 1

    @pytest.mark.parametrize(
        "change",
        [
            {"Datum_melding": "05/03/2026 10:00", "Datum_afgehandeld": "06/03/2026"},  # it had just ended
            {"Datum_melding": "04/03/2026 08:00", "Onderwerp": "Zwerfvuil"},
        ],
    )
    def test_begins_a_new_signal_otherwise(self, import_rows: Import, change: dict[str, Any]) -> None:
        import_rows(row("1"), row("2", **change))
        assert signal("1") != signal("2")

    def test_counts_fourteen_days_from_the_last_report(self, import_rows: Import) -> None:
        import_rows(
            still_open("1", Datum_melding="01/03/2026 12:00"), still_open("2", Datum_melding="15/03/2026 12:00"),
            still_open("3", Datum_melding="29/03/2026 12:01"),
        )  # fmt: skip
        assert signal("1") == signal("2") != signal("3")

    def test_never_joins_what_is_about_persons(self, import_rows: Import) -> None:
        about = {"Onderwerp": "Zorgwekkende woonsituatie"}
        import_rows(still_open("1", **about), still_open("2", **about))
        assert signal("1") != signal("2"), "under one roof live two families"

    def test_ends_with_the_last_of_its_reports(self, import_rows: Import) -> None:
        import_rows(row("1"), row("2", Datum_melding="04/03/2026 08:00", Datum_afgehandeld="09/03/2026 16:00"))
        made = signal()
        assert made.closed_at is not None
        assert timezone.localdate(made.closed_at) == dt.date(2026, 3, 9)
        assert made.tasks.get().ended_at == made.closed_at

    def test_ends_later_when_a_later_file_says_so(self, import_rows: Import) -> None:
        import_rows(row("1"))
        import_rows(row("2", Datum_melding="04/03/2026 08:00", Datum_afgehandeld="09/03/2026 16:00"))
        made = signal()
        assert (made.report_count, signal("2")) == (2, made)
        assert made.closed_at is not None
        assert timezone.localdate(made.closed_at) == dt.date(2026, 3, 9)
        endings = made.events.filter(kind__in=["completed", "closed"]).values_list("at", flat=True)
        assert [*endings, made.tasks.get().ended_at] == [made.closed_at] * 3

    def test_opens_again_when_a_report_in_a_later_file_is_open(self, import_rows: Import) -> None:
        import_rows(row("1"))
        import_rows(still_open("2", Datum_melding="04/03/2026 08:00"))
        made = signal()
        assert (made.status, made.outcome, made.tasks.get().status) == ("in_progress", "", "accepted")
        assert not made.events.filter(kind__in=["completed", "closed"]).exists()

    def test_leaves_the_end_that_a_colleague_gave_it(self, import_rows: Import, cast: Any) -> None:
        import_rows(still_open("1"))
        made = signal()
        made.close(by=cast["coordinator"], outcome="Opgeruimd.")
        import_rows(still_open("2", Datum_melding="04/03/2026 08:00"))
        made.refresh_from_db()
        assert (made.report_count, made.status, made.outcome) == (2, "closed", "Opgeruimd.")


class TestRepetition:
    """The third report around a spot in a month lifts its signal, by the rule that intake follows."""

    def test_lifts_at_the_moment_of_the_third(self, import_rows: Import) -> None:
        import_rows(*[still_open(str(n), Datum_melding=f"0{n}/03/2026 08:00") for n in (1, 2, 3)])
        made = signal("1")
        assert (made.surfaced_why, made.events.get(kind=EventKind.REPEATED).data) == ("repeated", {"count": 3})
        assert made.surfaced_at == signal("3").last_reported_at

    @given(seed=st.integers(0, 10_000))
    @settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_gives_what_registering_one_by_one_gives(self, import_rows: Import, seed: int) -> None:
        for model in (SignalEvent, Task, Report, Signal):
            model._default_manager.all().delete()
        reports = _street(random.Random(seed))  # noqa: S311
        import_rows(*[_as_row(number, *told) for number, told in enumerate(reports)])
        imported = _shape()
        for model in (SignalEvent, Task, Report, Signal):
            model._default_manager.all().delete()
        for number, told in enumerate(reports):
            _register(number, *told)
        assert imported == _shape()


type Told = tuple[str, float, float, dt.datetime]


def _street(dice: random.Random) -> list[Told]:
    """Thirty reports in ten weeks along two hundred metres of street."""
    start = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
    told = [
        (
            dice.choice(["Sluikstort", "Zwerfvuil"]),
            round(OVERLEIE[0] + dice.uniform(0, 200) / METRES_PER_DEGREE / math.cos(math.radians(OVERLEIE[1])), 6),
            OVERLEIE[1],
            start + dt.timedelta(minutes=dice.randrange(10 * 7 * 24 * 60)),
        )
        for _report in range(30)
    ]
    return sorted(told, key=lambda one: one[3])


def _as_row(number: int, subject: str, x: float, y: float, at: dt.datetime) -> dict[str, str]:
    when = timezone.localtime(at).strftime("%d/%m/%Y %H:%M")
    return still_open(str(number), at=(x, y), Onderwerp=subject, Datum_melding=when)


def _register(number: int, subject: str, x: float, y: float, at: dt.datetime) -> None:
    """What an agent does who joins whenever the rule says so."""
    category = Category.objects.get(name=subject)
    running = Signal.objects.filter(category=category, status__in=OPEN, last_reported_at__gte=at - JOIN_WITHIN)
    near = [
        (metres_between(x, y, one.longitude, one.latitude), one.reported_at, one)
        for one in running
        if one.longitude is not None and one.latitude is not None
    ]
    near = [found for found in near if found[0] <= JOIN_WITHIN_METRES]
    contact = Contact(
        category=category, description="Zakken.", longitude=x, latitude=y, received_at=at, external_number=str(number)
    )  # fmt: skip
    register(contact, join=min(near, key=lambda found: found[:2])[2] if near else None)


def _shape() -> list[tuple[Any, ...]]:
    """For each report the first report of its signal, and what became of the signal."""
    signals = Signal.objects.annotate(events_count=Count("events", distinct=True))
    state = {
        one.pk: (one.status, one.report_count, one.surfaced_why, one.events_count, one.last_reported_at)
        for one in signals
    }
    first: dict[Any, str | None] = {}
    shape = []
    for report in Report.objects.order_by("received_at", "external_number"):
        first.setdefault(report.signal_id, report.external_number)
        shape.append((report.external_number, first[report.signal_id], *state[report.signal_id]))
    return shape
