"""The nightly look at what entries say: numbers always, web addresses only where the server has a way out."""

from __future__ import annotations

from datetime import date
from time import monotonic

from django.conf import settings

from stafette.accounts.queries import watch_actor
from stafette.directory.models import SignalKind
from stafette.kernel.clock import today
from stafette.upkeep import fetching
from stafette.upkeep.commands import keep_number_check, keep_web_check
from stafette.upkeep.queries.checked import addresses_to_check, open_signals, wrong_numbers

MOST_ADDRESSES = 500  # in one night; the rest waits for the next
MOST_SECONDS = 45 * 60  # in one night: before the offices open the worker has other things to do


def run_checks(day: date | None = None) -> dict[str, int]:
    """Check what is to be checked; returns how many were looked at and how many of them do not work."""
    on = day or today()
    counts = check_numbers(on)
    if settings.STAFETTE_CHECK_LINKS:
        counts |= check_links(on)
    return counts


def check_numbers(day: date) -> dict[str, int]:
    """Look at all telephone numbers; only what changed is written."""
    actor, known, counts = watch_actor(), open_signals(SignalKind.PHONE_WRONG), {"services": 0, "wrong": 0}
    for service, numbers in list(wrong_numbers()):
        counts["services"] += 1
        counts["wrong"] += bool(numbers)
        if known.get(service.pk, "") != numbers:
            keep_number_check(actor=actor, service_id=service.pk, numbers=numbers, day=day)
    return counts


def check_links(day: date) -> dict[str, int]:
    """Ask for each web address; no transaction is open while the answer is awaited.

    What the night has no time for waited longest in the next one, and comes first then.
    """
    actor, counts, until = watch_actor(), {"links": 0, "unreachable": 0}, monotonic() + MOST_SECONDS
    for url in addresses_to_check(MOST_ADDRESSES):
        if monotonic() + fetching.SECONDS > until:
            break
        code = fetching.check(url)
        counts["links"] += 1
        counts["unreachable"] += code != fetching.OK
        keep_web_check(actor=actor, url=url, code=code, day=day)
    return counts
