"""The only clock of the program, so that tests and the demo can stand at another day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils import timezone

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta(0))


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return timezone.now() + _shift.get()


def today() -> date:
    """Return the calendar day in the town (settings.TIME_ZONE), on which periods are counted."""
    return timezone.localtime(now()).date()


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Let the clock run from another instant (aware) within this block."""
    token = _shift.set(to - timezone.now())
    try:
        yield
    finally:
        _shift.reset(token)
