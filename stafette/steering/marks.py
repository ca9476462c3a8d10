"""What the numbers of a tally mean; migration 0002 writes them, queries read them.

Kinds: COHORT counts what was sent in a quarter (period: its first Monday), FLOW what happened in a week (period: its
Monday), LOAD what lies open (period: next date, or the
day of sending for OLDEST; to_unit holds it, from_unit is the other side), WAITING what has no answer yet
(period: day by which it is due; mark: number of the quarter of sending). OPEN_NOW is only read, never kept.
STAMP is one row whose count changes with every other (migration 0003).
"""

from datetime import date, timedelta

STAMP, COHORT, FLOW, LOAD, WAITING, OPEN_NOW = range(6)

SENT, WITHDRAWN, ANSWERED, IN_TIME, DECLINED, RETURNED, DONE = range(7)
REASONS = {
    "no_capacity": 10,
    "not_responsible": 11,
    "already_known": 12,
    "incomplete": 13,
    "no_need": 14,
}
OUTCOMES = {
    "helped": 20,
    "ongoing": 21,
    "checked": 22,
    "handled": 23,
    "forwarded": 24,
    "no_answer": 25,
    "declined_by_person": 26,
    "not_reachable": 27,
    "came_no_need": 28,
    "moved_away": 29,
}
TAKEN_IN, REACHED_IN, NO_CAPACITY_IN, NOT_RESPONSIBLE_IN = (
    40,
    60,
    80,
    100,
)  # plus the week of the quarter, 0 to 13
ANSWER_DAYS, CONTACT_DAYS, MOST_DAYS = 1000, 1300, 250  # plus the days it took
FLOW_SENT, FLOW_IN_TIME, FLOW_LATE, FLOW_DECLINED, FLOW_REACHED, FLOW_ENDED = range(6)
OPEN, OLDEST = 0, 1
WEEKS = 14


def monday(day: date) -> date:
    """The Monday of that day's ISO week."""
    return day - timedelta(days=day.weekday())


def quarter_of(day: date) -> date:
    """First Monday of the quarter: weeks 1 to 13, 14 to 26, 27 to 39, 40 to 52 or 53 of the ISO year."""
    _year, week, _weekday = day.isocalendar()
    return monday(day) - timedelta(weeks=week - 1 - 13 * _place(week))


def quarter_number(day: date) -> int:
    """Count quarters through the years, so that neighbours differ by one."""
    year, week, _weekday = day.isocalendar()
    return year * 4 + _place(week)


def quarter_before(start: date) -> date:
    """First Monday of the quarter before."""
    return quarter_of(start - timedelta(days=1))


def quarter_end(start: date) -> date:
    """Last Sunday of the quarter."""
    return quarter_of(start + timedelta(weeks=WEEKS)) - timedelta(days=1)


def _place(week: int) -> int:
    return min((week - 1) // 13, 3)
