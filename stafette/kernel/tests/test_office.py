"""Working days of one office: Land, region and the house's own closing days together."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stafette.kernel.office import OfficeCalendar

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
offices = st.builds(
    OfficeCalendar,
    land=st.sampled_from(["ST", "SN", "NW", "BY"]),
    closed=st.dictionaries(days, st.just("Betriebsausflug"), max_size=8),
)


def test_closing_days_do_not_count():
    office = OfficeCalendar("ST", closed={date(2026, 3, 4): "Betriebsausflug"})
    assert not office.is_working_day(date(2026, 3, 4))
    assert office.after(date(2026, 3, 2), 2) == date(2026, 3, 5)
    assert office.before(date(2026, 3, 5)) == date(2026, 3, 3)
    assert office.between(date(2026, 3, 2), date(2026, 3, 6)) == 3
    assert list(office.skipped(date(2026, 3, 2), date(2026, 3, 9))) == [(date(2026, 3, 4), "Betriebsausflug")]


def test_zero_days_leave_a_closing_day():
    office = OfficeCalendar("ST", closed={date(2026, 3, 4): "Betriebsausflug"})
    assert office.after(date(2026, 3, 4), 0) == date(2026, 3, 5)


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert OfficeCalendar("ST").between(date(2026, 3, 6), date(2026, 3, 2)) == 0


@given(days, st.integers(0, 40), offices)
def test_counting_agrees_with_walking(start, n, office):
    day, left = start, n
    while left or not office.is_working_day(day):
        day += timedelta(days=1)
        left -= left > 0 and office.is_working_day(day)
    found = office.after(start, n)
    assert found == day
    assert office.between(start, found) == n or n == 0
