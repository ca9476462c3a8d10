"""What an invitation to one arrival would say."""

from __future__ import annotations

from datetime import datetime

from stafette.accounts.models import Unit
from stafette.arrivals import letters
from stafette.arrivals.models import Arrival


def language_choices() -> list[tuple[str, str]]:
    """Languages with a translated invitation, by their own names."""
    return list(letters.language_names().items())


def invitation_for(
    arrival: Arrival, *, language: str = "", appointment_at: datetime | None = None
) -> letters.Invitation:
    """The invitation in the language of the household; with a locked address it names no address at all."""
    unit = Unit.objects.select_related("authority").get(pk=arrival.unit_id)
    address = arrival.household.shown_address
    return letters.Invitation(
        sender=letters.Sender(unit.name, unit.authority.name, unit.place, unit.phone, unit.email),
        language=language or arrival.language or "de",
        recipient=(arrival.household.label, *(address.lines if address else [])),
        appointment_at=appointment_at or arrival.talk_at,
    )


def message_for(arrival: Arrival, *, language: str = "") -> str:
    """The text to copy into a messenger, an SMS or a mail."""
    return letters.message(invitation_for(arrival, language=language))
