"""Keeping what checks of addresses and numbers found: a hint is opened once, and settles itself when it is over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from stafette.accounts.queries import home_unit
from stafette.audit.record import record
from stafette.directory.books import books_of
from stafette.directory.models import Service, Signal, SignalKind
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.upkeep.fetching import OK
from stafette.upkeep.models import WebCheck
from stafette.upkeep.queries.checked import listed_services_of
from stafette.upkeep.rules import count_of


@command
def keep_web_check(*, actor: Actor, url: str, code: str, day: date) -> WebCheck:
    """Keep the answer of a web address. A second failure on the same day counts no second time.

    Only after failures on several days (rules/upkeep.toml, broken_after) it is a hint: a server may rest for a night.
    """
    actor.require(Permission.DUTY_WATCH, unit=home_unit())
    kept = WebCheck.objects.select_for_update().filter(url=url).first() or WebCheck(url=url, checked_on=day)
    if code == OK:
        kept.good_on, kept.failures, kept.code = day, 0, ""
    else:
        is_new_day = kept.failures == 0 or kept.checked_on != day
        kept.failures, kept.code = min(kept.failures + is_new_day, 999), code[:12]
    kept.checked_on = day
    kept.save()
    is_broken = kept.failures >= count_of("broken_after", day)
    for service in listed_services_of(url):
        if is_broken or code == OK:
            note = f"{url} ({kept.code})"[:400] if is_broken else ""
            _record_hint(actor, service, SignalKind.LINK_BROKEN, note, day)
    return kept


@command
def keep_number_check(*, actor: Actor, service_id: UUID, numbers: str, day: date) -> bool:
    """Keep which numbers of a service cannot be dialled; none settles the hint. Returns whether that is news."""
    service = (
        Service.objects.select_for_update(of=("self",)).select_related("organization").get(pk=service_id)
    )
    actor.require(Permission.DUTY_WATCH, unit=books_of(service.organization))
    return _record_hint(actor, service, SignalKind.PHONE_WRONG, numbers, day)


def _record_hint(actor: Actor, service: Service, kind: SignalKind, note: str, day: date) -> bool:
    """Open, renew or settle the one open hint of this kind; an event only when something changed."""
    rows = Signal.objects.select_for_update().filter(service=service, kind=kind, settled_on=None)
    found = rows.order_by("noted_on", "id").first()
    if (found.note if found else "") == note:
        return False
    if not note:
        rows.update(settled_on=day)
    elif found:
        rows.filter(pk=found.pk).update(note=note)
        return True
    else:
        Signal(service=service, kind=kind, noted_on=day, note=note).save(force_insert=True)
    word = "signal.noted" if note else "signal.settled"
    record(actor, word, service, unit=books_of(service.organization), code=service.code, signal=kind.value)
    return True
