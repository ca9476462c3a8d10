"""`stafette deadlines run` and the worker's hourly look."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.management import call_command

from stafette.kernel.clock import travel
from stafette.referrals import tasks
from stafette.referrals.tests import scenes
from stafette.referrals.tests.test_deadline_run import FRIDAY, MONDAY, due, head, notices

__all__ = ["head"]


def said(*words: str) -> str:
    out = io.StringIO()
    call_command("deadlines", "run", *words, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_told(town, head):
    due(scenes.sent(town), FRIDAY)
    assert "1  Meldungen an Leitungen" in said("--on", "2026-06-15", "--dry-run")
    assert notices() == []
    assert "1  Meldungen an Leitungen" in said("--on", "2026-06-15")
    assert "nichts zu melden" in said("--on", "2026-06-15")


def test_the_worker_looks_on_the_day_on_which_it_runs(town, head):
    due(scenes.sent(town), FRIDAY)
    with travel(datetime(2026, 6, 15, 9, tzinfo=ZoneInfo("Europe/Berlin"))):
        tasks.watch_deadlines(timestamp=0)
    assert [step for step, _day in notices()] == ["head"]
    assert MONDAY.isoweekday() == 1


def test_no_two_looks_wait_in_the_queue():
    assert tasks.watch_deadlines.queueing_lock == tasks.watch_deadlines.name
