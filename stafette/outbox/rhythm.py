"""When which note goes out: pure decisions, computed once, without a look at the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from stafette.accounts.models import MailChoice
from stafette.accounts.roles import Role
from stafette.kernel.office import OfficeCalendar

TOWN_TIME = ZoneInfo("Europe/Berlin")
DIGEST_AT = time(7, 0)
FLOOD = 5  # more than that at once go out in one mail, also to those who want them one by one
DAILY_ROLES = {Role.HEAD, Role.COORDINATION}
ESCALATIONS = {"head", "steering", "orphaned"}  # no pause holds these back
SINGLE, DAILY = MailChoice.Rhythm.SINGLE, MailChoice.Rhythm.DAILY


class Told(Protocol):
    """What counts of a note here."""

    id: UUID
    kind: str
    unit_id: UUID
    created_at: datetime


@dataclass(frozen=True)
class Reader:
    """Somebody who gets mail, with everything that decides when."""

    user_id: UUID
    address: str
    rhythm: str
    home_id: UUID
    units: frozenset[UUID]
    office: OfficeCalendar
    paused_until: date | None = None
    deputy_id: UUID | None = None

    def is_paused(self, day: date) -> bool:
        """Whether mails wait on that day; the last day of the pause still belongs to it."""
        return self.paused_until is not None and day <= self.paused_until

    def books_of(self, note: Told) -> UUID:
        """In which unit's books the mail stands: the note's own where one works there, else one's first unit."""
        return note.unit_id if note.unit_id in self.units else self.home_id


@dataclass(frozen=True)
class Parcel:
    """What goes out in one mail; two units never share one, because each may read its own mails only."""

    unit_id: UUID
    notes: tuple[Told, ...]
    is_digest: bool

    @property
    def key(self) -> str:
        """Name the occasion; a note goes out in one mail only, so its first one names the mail."""
        return f"{'digest' if self.is_digest else 'note'}:{self.notes[0].id}"


def rhythm_for(roles: Iterable[str], chosen: str = "") -> str:
    """Tell how somebody hears of things: as chosen, else once a day for those who lead, at once for the others."""
    if chosen:
        return chosen
    return DAILY if DAILY_ROLES & set(roles) else SINGLE


def last_digest(now: datetime, office: OfficeCalendar) -> datetime:
    """Return the last instant at which a digest was due: 7 o'clock in the town on a working day of the office.

    A worker that was down at that time thus finds out, whenever it comes up, what should have gone.
    """
    local = now.astimezone(TOWN_TIME)
    day = local.date() if local.time() >= DIGEST_AT else local.date() - timedelta(days=1)
    while not office.is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, DIGEST_AT, TOWN_TIME).astimezone(UTC)


def parcels_for(reader: Reader, notes: Sequence[Told], now: datetime) -> list[Parcel]:
    """Sort what is untold into mails that go out now; the rest stays for later."""
    alone: dict[UUID, list[Told]] = {}
    together: dict[UUID, list[Told]] = {}
    for note in notes:
        if is_due(reader, note, now):
            piles = together if _waits_for_digest(reader, note) else alone
            piles.setdefault(reader.books_of(note), []).append(note)
    parcels = [Parcel(unit, tuple(pile), is_digest=True) for unit, pile in together.items()]
    for unit, several in alone.items():
        flood = len(several) > FLOOD
        parts = [several] if flood else [[note] for note in several]
        parcels += [Parcel(unit, tuple(part), is_digest=flood) for part in parts]
    return parcels


def is_due(reader: Reader, note: Told, now: datetime) -> bool:
    """Tell whether the note goes out now. A pause never holds an escalation back that nobody else would get."""
    if reader.is_paused(now.astimezone(TOWN_TIME).date()):
        return note.kind in ESCALATIONS and reader.deputy_id is None
    return not _waits_for_digest(reader, note) or note.created_at < last_digest(now, reader.office)


def _waits_for_digest(reader: Reader, note: Told) -> bool:
    """Those who want it daily, and everybody for what came during their pause."""
    came_on = note.created_at.astimezone(TOWN_TIME).date()
    return reader.rhythm == DAILY or (
        reader.is_paused(came_on) and not (note.kind in ESCALATIONS and reader.deputy_id is None)
    )
