"""What editors have to do today so that the directory stays true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.timezone import localtime

from stafette.directory.models import LISTED, EntryProposal, Organization, Service, Signal, SignalKind
from stafette.kernel.clock import today
from stafette.upkeep.models import ConfirmationRound
from stafette.upkeep.queries.checked import OF_PHONES
from stafette.upkeep.queries.due import address_of, open_rounds, services_due
from stafette.upkeep.queries.figures import HINTS
from stafette.upkeep.rules import days_of

MOST, MOST_NUMBERS = 100, 3
State = ConfirmationRound.State


@dataclass(frozen=True)
class Call:
    """An organisation that must be asked by telephone, or whose address must be put right."""

    round: ConfirmationRound
    organization: Organization
    phones: tuple[str, ...]
    address: str
    services: tuple[Service, ...]


@dataclass(frozen=True)
class Wish:
    """A proposal that waits, since how many days, and what it is about."""

    proposal: EntryProposal
    name: str
    provider: str
    days: int


@dataclass(frozen=True)
class Hint:
    """What was noted about one service, several of a kind together."""

    service: Service
    kind: SignalKind
    count: int
    last_on: date
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """The whole page; `asked` and `reminded` are under way and need nobody."""

    calls: tuple[Call, ...]
    bounced: tuple[Call, ...]
    wishes: tuple[Wish, ...]
    broken: tuple[Hint, ...]
    wrong: tuple[Hint, ...]
    feedback: tuple[Hint, ...]
    refused: tuple[Hint, ...]
    asked: int
    reminded: int

    @property
    def is_clear(self) -> bool:
        """Whether there is nothing to do."""
        parts = (self.calls, self.bounced, self.wishes, self.broken, self.wrong, self.feedback, self.refused)
        return not any(parts)


def board(on: date | None = None) -> Board:
    """Everything that waits for an editor, the oldest first."""
    day = on or today()
    rounds = list(open_rounds())
    hints = _hints(day)
    return Board(
        calls=_calls(rounds, State.CALL, day),
        bounced=_calls(rounds, State.BOUNCED, day),
        wishes=_wishes(day),
        broken=hints[SignalKind.LINK_BROKEN],
        wrong=hints[SignalKind.PHONE_WRONG],
        feedback=hints[SignalKind.FEEDBACK],
        refused=hints[SignalKind.AT_CAPACITY] + hints[SignalKind.NOT_RESPONSIBLE],
        asked=sum(one.state == State.ASKED for one in rounds),
        reminded=sum(one.state == State.REMINDED for one in rounds),
    )


def _calls(rounds: Iterable[ConfirmationRound], state: str, day: date) -> tuple[Call, ...]:
    found = [one for one in rounds if one.state == state][:MOST]
    due = services_due(day + days_of("bundle_ahead", day)).filter(
        organization__in=[one.organization_id for one in found]
    )
    by_organization = defaultdict[UUID, list[Service]](list)
    for service in due.prefetch_related(*OF_PHONES).order_by("name", "id"):
        by_organization[service.organization_id].append(service)
    prefetch_related_objects([one.organization for one in found], "phones")
    return tuple(_call(one, tuple(by_organization[one.organization_id])) for one in found)


def _call(round_: ConfirmationRound, services: tuple[Service, ...]) -> Call:
    organization = round_.organization
    groups = [organization.phones]
    for service in services:
        places = list(service.places.all())
        groups += [service.phones, *(one.phones for one in places), *(one.location.phones for one in places)]
    numbers = dict.fromkeys(phone.number for group in groups for phone in group.all())
    return Call(round_, organization, tuple(numbers)[:MOST_NUMBERS], address_of(organization), services)


def _wishes(day: date) -> tuple[Wish, ...]:
    rows = EntryProposal.objects.filter(state=EntryProposal.State.OPEN).select_related(
        "organization", "service"
    )
    return tuple(
        Wish(
            one,
            one.service.name if one.service else str(one.data.get("name", one.organization.name)),
            one.organization.name,
            (day - localtime(one.proposed_at).date()).days,
        )
        for one in rows[:MOST]
    )


def _hints(day: date) -> dict[SignalKind, tuple[Hint, ...]]:
    """Open hints of services that are still listed. Full ones that say so already are no news."""
    rows = Signal.objects.filter(settled_on=None, service__status__in=LISTED)
    rows = rows.exclude(kind=SignalKind.ACCEPTED).select_related("service__organization")
    since = day - days_of("signal_days", day)
    groups = defaultdict[tuple[SignalKind, UUID], list[Signal]](list)
    for one in rows.order_by("noted_on", "id"):
        kind = SignalKind(one.kind)
        says_so = kind is SignalKind.AT_CAPACITY and one.service.room != Service.Room.OPEN
        if kind in HINTS or (one.noted_on >= since and not says_so):
            groups[kind, one.service_id].append(one)
    found = defaultdict[SignalKind, tuple[Hint, ...]](tuple)
    for (kind, _service_id), signals in groups.items():
        notes = tuple(dict.fromkeys(one.note for one in signals if one.note))
        hint = Hint(signals[0].service, kind, len(signals), signals[-1].noted_on, notes)
        found[kind] = (*found[kind], hint)[:MOST]
    return found
