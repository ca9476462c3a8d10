"""The whole life of a town: every night until every period is over. What is due goes, what is not due stays."""

from datetime import date, timedelta

from stafette.audit.queries import verify_chain
from stafette.kernel.clock import travel
from stafette.kernel.testing import as_owner
from stafette.retention.run import run_retention
from stafette.retention.tests.factories import TRACES, at, counts

NEVER = {"referrals.Task"}  # a task that nobody ends is open, and keeps its file


def nights(start, end, step=7):
    """Runs at a distance of a week, as they follow each other."""
    day, deleted = start, []
    while day <= end:
        with travel(at(day)):
            run = run_retention()
            deleted.append((day, run))
        day += timedelta(days=step)
    return deleted


def test_nothing_goes_before_its_day(life):
    before = counts()
    with travel(at(date(2026, 3, 3))):
        run = run_retention()
    after = counts()
    assert run.totals().get("overdue", 0) == 0
    assert before.pop("arrivals.ArrivalFile") == 1  # the raw file goes after a day
    ours = TRACES | {"audit.Event", "retention.Announcement"}
    assert {key: after.get(key) for key in before if key not in ours} == {
        key: value for key, value in before.items() if key not in ours
    }


def test_everything_goes_when_every_period_is_over_and_only_marks_and_figures_stay(life):
    seen = nights(date(2026, 3, 3), date(2031, 2, 28), step=10)
    left = set(counts()) - TRACES
    assert not any(run.totals().get("overdue") for _day, run in seen[2:]), [
        (day, dict(run.figures)) for day, run in seen if run.totals().get("overdue")
    ]
    assert left <= {"audit.Event"}, counts()
    with as_owner():
        report = verify_chain(using="default")
    assert report.faults == []
