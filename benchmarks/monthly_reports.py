"""How long the report of every area takes for city, OCMW and police. Writes nothing.

python -m benchmarks.monthly_reports [2026-10]
"""

import datetime as dt
import os
import sys
import time

import django


def main(month: dt.date) -> None:
    from areas.models import Area, AreaSet
    from teams import reports
    from teams.models import MonthlyReport, Organisation

    areas = Area.objects.current().filter(set__kind=AreaSet.Kind.WORKING).select_related("set")
    organisations = list(Organisation.objects.exclude(kind=Organisation.Kind.PARTNER))
    print(f"{'area':<24}{'seconds':>9}{'kB':>7}   (per copy, {len(organisations)} copies)")
    begun, times = time.perf_counter(), []
    for area in areas:
        size = 0
        for organisation in organisations:
            start = time.perf_counter()
            size += len(reports.render(MonthlyReport(area=area, organisation=organisation, month=month)))
            times.append(time.perf_counter() - start)
        mean = sum(times[-len(organisations) :]) / len(organisations)
        print(f"{area.name:<24}{mean:>9.2f}{size / len(organisations) / 1000:>7.0f}")
    print(f"{len(times)} copies in {time.perf_counter() - begun:.0f} s, slowest {max(times):.2f} s")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kortrijk_gebied.settings")
    django.setup()
    main(dt.datetime.strptime(sys.argv[1], "%Y-%m").date() if len(sys.argv) > 1 else dt.date(2026, 10, 1))
