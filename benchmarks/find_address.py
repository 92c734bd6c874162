"""How long an address register of 60,000 rows takes to import, and how long it takes to find a place in it.

    python -m benchmarks.find_address [ADDRESSES]

The register is made up: street names from Flemish parts, doors along lines inside the city. Uses a database of
its own on the server of DATABASE_URL (as tests do), removed afterwards.
"""

import csv
import os
import random
import resource
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import django

AIM = 50.0  # milliseconds
FIRST = (
    "Kapel",
    "Molen",
    "Kasteel",
    "Hoeve",
    "Linden",
    "Beuken",
    "Eiken",
    "Veld",
    "Water",
    "Brug",
    "Kerk",
    "School",
    "Leie",
    "Meers",
    "Rozen",
    "Tulpen",
    "Zwaluw",
    "Leeuwerik",
    "Gulden",
    "Sporen",
    "Graaf Boudewijn",
    "Vlas",
    "Burgemeester Nolf",
    "Sint-Anna",
    "Sint-Rochus",
    "Oude Gentse",
    "Nieuwe Doornikse",
    "Abdij",
    "Wolf",
    "Vos",
    "Haze",
    "Reiger",
    "Klaver",
    "Koren",
    "Tarwe",
    "Haver",
    "Spinner",
    "Wever",
    "Ververs",
    "Smede",
    "Bakker",
)
MIDDLE = ("", "berg", "dal", "bos", "kouter", "akker", "hof", "bilk", "broek", "heule")  # fmt: skip
LAST = ("straat", "laan", "steenweg", "dreef", "plein", "pad", "weg", "kaai")


def main() -> None:
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 60_000)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def measure(count: int) -> None:
    from django.db import connection

    from areas.address_import import Importer
    from areas.load import load_areas
    from areas.models import Address, Place
    from kortrijk_gebied.tables import opened

    load_areas(overlaps=False)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "adressen.csv"
        write_register(path, count)
        for what in ("import", "import again"):
            begun, before = time.perf_counter(), peak_megabytes()
            with path.open("rb") as file, opened(file) as table:
                counts = Importer().run(table.header, table.rows)
            took = time.perf_counter() - begun
            say(f"{what}: {counts}")
            say(f"  {took:.1f} s, {counts.rows / took:.0f} rows per second, peak memory {before:.0f} MB before,"
                f" {peak_megabytes():.0f} MB after")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    say(f"\n{Address.objects.count()} addresses, {Place.objects.count()} names")
    say(f"{'typed':32}{'median':>9}{'slowest':>9}{'of the aim of 50 ms':>22}")
    for what, typed in questions().items():
        report(what, typed)


def write_register(path: Path, count: int) -> None:
    from pyproj import Transformer

    from areas.geometry import LAMBERT_72, WGS84, shape_of
    from areas.models import Area

    dice = random.Random("a city")
    to_lambert = Transformer.from_crs(WGS84, LAMBERT_72, always_xy=True)
    villages = [shape_of(area.boundary) for area in Area.objects.in_set("deelgemeenten8")]
    names = [f"{a}{b}{c}" for a in FIRST for b in MIDDLE for c in LAST]
    dice.shuffle(names)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["straatnaam", "huisnummer", "busnummer", "postcode", "gemeente", "x", "y"])
        written = 0
        for name in names * 9:
            middle = dice.choice(villages).representative_point()
            x, y = to_lambert.transform(middle.x, middle.y)
            x, y = x + dice.uniform(-400, 400), y + dice.uniform(-400, 400)
            for number in range(1, dice.randint(5, 75)):
                if written == count:
                    return
                letter = dice.choice(["", "", "", "A", "bis"])
                writer.writerow([name, f"{number}{letter}", "", "8500", "Kortrijk", f"{x + number:.2f}", f"{y:.2f}"])
                written += 1


def questions() -> dict[str, list[str]]:
    """What people type, a hundred of each kind."""
    from areas.models import Address

    dice = random.Random("people")
    doors = list(Address.objects.filter(is_example=False).select_related("street").order_by("?")[:100])
    return {
        "a street": [door.street.name for door in doors],
        "a street and a number": [f"{door.street.name} {door.label}" for door in doors],
        "a wrong letter, and a number": [f"{misspelt(door.street.name, dice)} {door.label}" for door in doors],
        "the village too": [f"{door.street.name} {door.label}, {door.street.locality}" for door in doors],
        "the first four letters": [door.street.name[:4] for door in doors],
        "nothing that exists": [f"{misspelt('qwxzv', dice)}{door.low}" for door in doors],
    }


def misspelt(word: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    return word[:at] + dice.choice("aeijkln") + word[at + 1 :]


def report(what: str, typed: list[str]) -> None:
    from areas.search import find

    times = []
    for words in typed:
        begun = time.perf_counter()
        find(words)
        times.append((time.perf_counter() - begun) * 1000)
    middle, slowest = statistics.median(times), max(times)
    say(f"{what:32}{middle:6.1f} ms{slowest:6.1f} ms{middle / AIM:14.0%} {slowest / AIM:6.0%}")


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
