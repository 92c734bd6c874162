"""The holidays of the schools by the rule of the decree, checked on dates that were published."""

import datetime as dt

import pytest
from dateutil.easter import easter
from django.core.management import call_command

from reservations.models import SchoolHoliday, SchoolWeek
from reservations.school_holidays import SchoolCalendar, load_school_holidays

pytestmark = pytest.mark.django_db
YEARS = range(2025, 2030)

type Holiday = tuple[str, dt.date, dt.date]


def monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def by_the_decree(year: int) -> list[Holiday]:
    """Article 7 of the decision of 31 August 2001, for the school year that begins in `year`."""
    one = dt.timedelta(days=1)
    saints, christmas, sunday = dt.date(year, 11, 1), dt.date(year, 12, 25), easter(year + 1)
    autumn = saints + one if saints.weekday() == 6 else monday(saints)
    winter = monday(christmas) + dt.timedelta(weeks=christmas.weekday() >= 5)
    spring = monday(dt.date(year + 1, 4, 7))  # the first Monday of April
    if sunday.month == 3:
        spring = sunday + one
    elif sunday > dt.date(year + 1, 4, 15):
        spring = sunday - dt.timedelta(days=13)
    carnival = sunday - dt.timedelta(days=48)
    return [
        ("Herfstvakantie", autumn, autumn + dt.timedelta(days=6)),
        ("Kerstvakantie", winter, winter + dt.timedelta(days=13)),
        ("Krokusvakantie", carnival, carnival + dt.timedelta(days=6)),
        ("Paasvakantie", spring, spring + dt.timedelta(days=13)),
        ("Zomervakantie", dt.date(year + 1, 7, 1), dt.date(year + 1, 8, 31)),
    ]


@pytest.fixture
def calendar() -> SchoolCalendar:
    load_school_holidays()
    return SchoolCalendar(SchoolHoliday.objects.all())


class TestRule:
    @pytest.mark.parametrize(
        ("year", "starts"),
        [  # as schools published them
            (2007, "2007-10-29 2007-12-24 2008-02-04 2008-03-24"),
            (2009, "2009-11-02 2009-12-21 2010-02-15 2010-04-05"),
            (2018, "2018-10-29 2018-12-24 2019-03-04 2019-04-08"),
            (2021, "2021-11-01 2021-12-27 2022-02-28 2022-04-04"),
            (2023, "2023-10-30 2023-12-25 2024-02-12 2024-04-01"),
            (2025, "2025-10-27 2025-12-22 2026-02-16 2026-04-06"),
        ],
    )
    def test_gives_the_published_dates(self, year: int, starts: str) -> None:
        assert " ".join(str(first) for _name, first, _last in by_the_decree(year)[:4]) == starts


class TestLoading:
    def test_brings_what_the_rule_gives_with_its_source(self) -> None:
        load_school_holidays()
        expected = {holiday for year in YEARS for holiday in by_the_decree(year)}
        assert set(SchoolHoliday.objects.values_list("name", "starts", "ends")) == expected
        assert not SchoolHoliday.objects.filter(source="").exists()

    def test_again_adds_nothing_and_leaves_what_was_moved(self) -> None:
        call_command("load_buildings", verbosity=0)
        SchoolHoliday.objects.filter(name="Herfstvakantie", starts="2026-11-02").update(starts="2026-11-03")
        assert load_school_holidays() == 0
        assert SchoolHoliday.objects.count() == 25


class TestWeek:
    def test_is_a_in_the_week_of_the_first_school_day_of_september(self, calendar: SchoolCalendar) -> None:
        assert calendar.week(dt.date(2026, 9, 1)) == SchoolWeek.A  # a Tuesday
        assert calendar.week(dt.date(2026, 8, 31)) is None  # still a holiday
        assert calendar.week(dt.date(2029, 9, 3)) == SchoolWeek.A  # 1 September is a Saturday

    def test_alternates_over_the_weeks_with_school_alone(self, calendar: SchoolCalendar) -> None:
        before, during, after = dt.date(2026, 10, 26), dt.date(2026, 11, 4), dt.date(2026, 11, 9)
        assert [calendar.week(day) for day in (before, during, after)] == [SchoolWeek.A, None, SchoolWeek.B]
        assert calendar.week(dt.date(2026, 12, 14)) != calendar.week(dt.date(2027, 1, 4))  # two weeks of Christmas
