"""What a provider sees of its own entries, by link or account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from stafette.directory.cards import ServiceCard, card
from stafette.directory.models import EntryProposal, Organization, Service
from stafette.directory.queries import services
from stafette.directory.words import LANGUAGES
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.upkeep.access import own_organizations
from stafette.upkeep.models import EntryLink
from stafette.upkeep.tokens import digest_of

Room = Service.Room
SOON = timedelta(days=14)
SHOWN = timedelta(days=60)  # how long a provider still reads what became of its wish


@dataclass(frozen=True)
class Opening:
    """What a token opens: an organisation, or nothing any more; `organization_id` is known for an old link, too.

    `replacing_id` names a link that was wished for: at its first button those before it end.
    """

    is_open: bool
    organization_id: UUID | None = None
    language: str = "de"
    replacing_id: UUID | None = None


@dataclass(frozen=True)
class Entry:
    """One service as its provider sees it; `proposed_on` is the day of a wish that editors have not decided yet."""

    service: Service
    card: ServiceCard
    languages: tuple[str, ...]
    available: int | None
    proposed_on: date | None
    is_gone: bool
    refused_on: date | None = None
    refused_because: str = ""

    @property
    def pk(self) -> UUID:
        """The identifier of the service."""
        return self.service.pk

    @property
    def is_confirmed(self) -> bool:
        """Whether it was confirmed and need not be again soon."""
        return self.service.assured_at is not None and self.service.confirm_on > today() + SOON

    @property
    def room_word(self) -> str:
        """Whether there is room, in words."""
        return str(Room(self.service.room).label)


@dataclass(frozen=True)
class OwnEntries:
    """An organisation with its entries; `new` are names of services that it proposed and no editor decided yet."""

    organization: Organization
    entries: tuple[Entry, ...]
    new: tuple[str, ...] = ()

    @property
    def open_count(self) -> int:
        """How many still ask for a click."""
        return sum(not one.is_confirmed and one.proposed_on is None for one in self.entries)


def opening(token: str) -> Opening:
    """What stands behind a token; whatever opens nothing looks the same."""
    link = EntryLink.objects.select_related("organization").filter(digest=digest_of(token)).first()
    if link is None or not link.organization.is_active:
        return Opening(False)
    is_open = link.revoked_at is None and link.expires_at > now()
    replacing = link.pk if link.asked_again else None
    return Opening(is_open, link.organization_id, link.organization.language, replacing)


def own_entries(*, actor: Actor) -> list[OwnEntries]:
    """The organisations for which the actor answers, each with its listed services."""
    found = []
    for organization in own_organizations(actor).order_by("name", "pk"):
        rows = services().filter(organization=organization).prefetch_related("capacities")
        wishes = _latest_wishes(organization)
        entries = tuple(_entry(row, wishes.get(row.pk)) for row in rows)
        new = tuple(one.data.get("name", "") for one in _new_wishes(organization))
        found.append(OwnEntries(organization, entries, new))
    return found


def own_service(*, actor: Actor, service_id: UUID) -> Entry | None:
    """One of these services; None where the actor does not answer for it."""
    rows = services().filter(organization__in=own_organizations(actor).values("pk"))
    row = rows.prefetch_related("capacities").filter(pk=service_id).first()
    return None if row is None else _entry(row, _latest_wishes(row.organization).get(row.pk))


def own_organization(*, actor: Actor, organization_id: UUID) -> Organization | None:
    """One of these organisations."""
    return own_organizations(actor).filter(pk=organization_id).first()


def _latest_wishes(organization: Organization) -> dict[UUID | None, EntryProposal]:
    """The newest wish for each service that waits or was decided lately."""
    rows = organization.proposals.exclude(service=None).order_by("proposed_at", "pk")
    lately = Q(state=EntryProposal.State.OPEN) | Q(decided_at__gt=now() - SHOWN)
    return {one.service_id: one for one in rows.filter(lately)}


def _new_wishes(organization: Organization) -> QuerySet[EntryProposal]:
    rows = organization.proposals.filter(state=EntryProposal.State.OPEN, service=None)
    return rows.filter(data__has_key="organization")


def _entry(row: Service, wish: EntryProposal | None) -> Entry:
    capacity = next(iter(sorted(row.capacities.all(), key=lambda one: (one.position, one.pk))), None)
    is_open = wish is not None and wish.state == EntryProposal.State.OPEN
    is_refused = wish is not None and wish.state == EntryProposal.State.REFUSED
    return Entry(
        service=row,
        card=card(row),
        languages=tuple(str(LANGUAGES.get(code, code)) for code in row.languages),
        available=capacity.available if capacity else None,
        proposed_on=_day(wish.proposed_at) if wish and is_open else None,
        is_gone=bool(wish and is_open and wish.data.get("status") == "defunct"),
        refused_on=_day(wish.decided_at) if wish and is_refused and wish.decided_at else None,
        refused_because=wish.reason if wish and is_refused else "",
    )


def _day(at: datetime) -> date:
    return localtime(at).date()
