"""Keep what readers of the public pages say about an entry or a page; nobody is asked who they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.directory.models import LISTED, Service, Signal, SignalKind
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.kernel.rules.retention import delete_on
from stafette.portal.models import PageRemark
from stafette.web.ratelimit import TooManyCalls

BESIDE = ": "  # between the reason and what the reader wrote; no reason holds it
Hint = TypeVar("Hint", PageRemark, Signal)
MOST_A_DAY = 2000  # of all readers; one corner of the internet alone cannot fill it (portal/brake.py)


@command
def note_feedback(
    *,
    actor: Actor,
    unit_id: UUID,
    reason: str,
    text: str = "",
    service: str = "",
    page: str = "",
    language: str = "de",
) -> Signal | PageRemark:
    """Give the editors a hint: about a service it joins its other signals, about a page it stands for itself.

    A code of a service that is not public counts as a page: nobody learns whether it exists. Raises TooManyCalls where
    programs have filled the day.
    """
    public = Service.objects.select_for_update(of=("self",)).filter(
        code=service, is_public=True, organization__is_public=True, status__in=LISTED
    )
    row = public.first() if service else None
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    noted = PageRemark.objects.filter(noted_on=today()).count()
    noted += Signal.objects.filter(kind=SignalKind.FEEDBACK, noted_on=today()).count()
    if noted >= MOST_A_DAY:
        raise TooManyCalls(_("Heute kamen schon sehr viele Hinweise. Bitte versuchen Sie es morgen wieder."))
    found: Signal | PageRemark
    if row is not None:
        words = f"{REASONS[reason]}{BESIDE}{text}" if text else REASONS[reason]
        found = Signal(service=row, kind=SignalKind.FEEDBACK, noted_on=today(), note=words[:400])
    else:
        found = PageRemark(
            page=page or "home", language=language, reason=reason, text=text[:400], noted_on=today()
        )
    found.save(force_insert=True)
    record(actor, "portal.feedback", found, unit=unit_id, reason=reason)
    return found


@command
def settle_remark(*, actor: Actor, unit_id: UUID, remark_id: UUID) -> PageRemark:
    """Say that a remark about a page is dealt with."""
    row = PageRemark.objects.select_for_update(of=("self",)).get(pk=remark_id)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    row.settled_on = row.settled_on or today()
    row.save(update_fields=["settled_on"])
    record(actor, "portal.remark_settled", row, unit=unit_id)
    return row


@command
def forget_words(*, actor: Actor, unit_id: UUID) -> int:
    """Take the readers' own words away half a year after they came (class L2); day and reason stay for the figures.

    The form asks for no names, but nothing keeps anybody from typing one (Art. 5(1)(e) GDPR). Returns how many hints
    lost their words; run once a day, again without harm.
    """
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    last = today() - timedelta(days=150)  # earlier than any half year ends, so that few rows are looked at
    remarks = _over(PageRemark.objects.select_for_update().filter(noted_on__lt=last).exclude(text=""))
    hints = Signal.objects.select_for_update(of=("self",)).filter(kind=SignalKind.FEEDBACK, noted_on__lt=last)
    signals = _over(hints.filter(note__contains=BESIDE))
    for remark in remarks:
        remark.text = ""
        remark.save(update_fields=["text"])
    for signal in signals:
        signal.note = signal.note.split(BESIDE)[0]
        signal.save(update_fields=["note"])
    for row in (*remarks, *signals):
        record(actor, "portal.words_forgotten", row, unit=unit_id)
    return len(remarks) + len(signals)


def _over(rows: Iterable[Hint]) -> list[Hint]:
    return [row for row in rows if (ends := delete_on("L2", row.noted_on)) is not None and ends <= today()]


REASONS = {
    "closed": "gibt es nicht mehr oder ist geschlossen",
    "phone": "Telefonnummer stimmt nicht",
    "address": "Adresse stimmt nicht",
    "hours": "Zeiten stimmen nicht",
    "language": "diese Sprache wird dort nicht gesprochen",
    "text": "Text ist falsch oder unverständlich",
    "other": "etwas anderes",
}
