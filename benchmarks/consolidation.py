"""What closing each building would mean, and how few would do, in the year of the demo city.

    python -m benchmarks.consolidation [--metres 3000] [--shift 30] [--days 365] [--only-fewest]

Reads the database of DATABASE_URL (`manage.py load_demo` fills it) and writes nothing. Everything has to be under a
minute; each line says how far the answer may be from the best there is.
"""

import argparse
import datetime as dt
import time


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--metres", type=int)
    asked.add_argument("--shift", type=int, default=0)
    asked.add_argument("--days", type=int, default=365)
    asked.add_argument("--only-fewest", action="store_true")
    show(asked.parse_args())


def show(asked: argparse.Namespace) -> None:
    from django.db.models import Max

    from reservations.consolidation.asking import shifts_of
    from reservations.consolidation.placement import Question
    from reservations.consolidation.reading import SURE, read_town
    from reservations.consolidation.smallest import fewest_buildings
    from reservations.consolidation.town import Terms
    from reservations.models import Booking, Building

    last = Booking.objects.filter(state__in=SURE).aggregate(last=Max("starts"))["last"].date()
    begun = time.perf_counter()
    town = read_town(last - dt.timedelta(days=asked.days - 1), last)
    print(
        f"{len(town.needs)} bookings in {len(town.places)} rooms of {len(town.buildings)} buildings, "
        f"read in {time.perf_counter() - begun:.1f} s"
    )
    names = dict(Building.objects.values_list("pk", "name"))
    terms = Terms(asked.metres, shifts_of(asked.shift))
    if not asked.only_fewest:
        question = Question(town, terms)
        for building in town.buildings:
            begun = time.perf_counter()
            done = question.place_again({building})
            print(
                f"{names[building][:40]:40} moved {len(done.chosen):5} nowhere {len(done.left):5} "
                f"gap {done.gap}  {time.perf_counter() - begun:5.1f} s"
            )
    begun = time.perf_counter()
    found = fewest_buildings(town, terms)
    closing = ", ".join(names[building] for building in town.buildings if building not in found.stay)
    print(
        f"fewest: {len(found.stay)} of {len(town.buildings)}, at least {found.at_least}, "
        f"{len(found.days)} days decide, {time.perf_counter() - begun:.1f} s; closing: {closing}"
    )


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    main()
