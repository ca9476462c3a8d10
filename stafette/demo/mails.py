"""The demo's post: what the program told its people during the last days, as it would stand in the outbox."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from stafette.accounts.queries import watch_actor
from stafette.kernel.clock import now, today, travel
from stafette.kernel.scope import acting
from stafette.outbox import delivery, packing
from stafette.outbox.models import Note
from stafette.referrals.duty import run_deadlines

DAYS = 8


def tell_lately() -> None:
    """Watch the dates as of today, and send the post of the last days on those days; what is older was read."""
    first = today() - timedelta(days=DAYS)
    run_deadlines()
    with acting(watch_actor()):
        Note.objects.filter(created_at__date__lt=first).delete()
    for day in (first + timedelta(days=number) for number in range(DAYS + 1)):
        for hour in (7, 17):
            moment = datetime.combine(day, time(hour, 5), tzinfo=ZoneInfo(settings.TIME_ZONE))
            if moment < now():
                with travel(moment):
                    packing.pack()
                    delivery.sweep()
