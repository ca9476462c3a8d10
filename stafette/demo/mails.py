"""The demo's post: what the program told its people during the last days, as it would stand in the outbox."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from stafette.accounts.queries import watch_actor
from stafette.kernel.clock import now, today, travel
from stafette.kernel.scope import acting
from stafette.kernel.workdays import add_working_days, is_working_day
from stafette.outbox import delivery, packing
from stafette.outbox.models import Note
from stafette.referrals.duty import run_deadlines

LAND = "ST"
DAYS = 8


def tell_lately() -> None:
    """Watch the dates as of this morning, and send the post of the last days on those days; older post was read.

    Whoever opens the demo on a Sunday finds what the last working day told: on a day off nobody is told anything.
    """
    first = today() - timedelta(days=DAYS)
    with travel(_last_morning()):
        run_deadlines()
    with acting(watch_actor()):
        Note.objects.filter(created_at__date__lt=first).delete()
    for day in (first + timedelta(days=number) for number in range(DAYS + 1)):
        for hour in (7, 17):
            moment = _at(day, hour)
            if moment < now():
                with travel(moment):
                    packing.pack()
                    delivery.sweep()


def _last_morning() -> datetime:
    """Before anybody came to work, so that the daily mail of that day tells it."""
    this = _at(today(), 6)
    has_begun = is_working_day(today(), LAND) and this < now()
    return this if has_begun else _at(add_working_days(today(), -1, LAND), 6)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 5), tzinfo=ZoneInfo(settings.TIME_ZONE))
