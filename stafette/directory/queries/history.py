"""What entries said before, and what differs from then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from stafette.directory import data as d
from stafette.directory.cards import inherited
from stafette.directory.differing import changed_names, is_service, wished
from stafette.directory.models import EntryProposal, EntryVersion, Organization, Service
from stafette.directory.plain import from_plain, to_plain
from stafette.directory.queries.entries import entry_names
from stafette.directory.queries.listed import all_services
from stafette.directory.reading import OF_ORGANIZATION, OF_SERVICE, organization_data, service_data
from stafette.directory.showing import label, texts
from stafette.directory.words import SOURCES

MOST = 100  # proposals on one page
KINDS: dict[str, type[Any]] = {
    "service": d.ServiceData,
    "organization": d.OrganizationData,
    "location": d.LocationData,
}


@dataclass(frozen=True)
class Change:
    """One field before and after, in words."""

    label: str
    left: str
    right: str
    differs: bool = True


@dataclass(frozen=True)
class Step:
    """One version: when, by whom, which way, and what it changed against the one before it."""

    number: int
    made_at: datetime
    made_by: str
    source: str
    changes: list[Change]
    is_latest: bool


def steps(subject_id: UUID) -> list[Step]:
    """All versions of an entry, the latest first."""
    rows = list(EntryVersion.objects.filter(subject_id=subject_id).order_by("-number"))
    names = entry_names() if rows else {}
    older = [*rows[1:], None][: len(rows)]
    return [
        Step(
            number=row.number,
            made_at=row.made_at,
            made_by=row.made_by,
            source=str(SOURCES.get(row.source, row.source)),
            changes=changes(KINDS[row.subject_type], before.data, row.data, names) if before else [],
            is_latest=place == 0,
        )
        for place, (row, before) in enumerate(zip(rows, older, strict=True))
    ]


def changes(
    kind: type[Any], before: dict[str, Any], after: dict[str, Any], names: Mapping[str, str]
) -> list[Change]:
    """What two plain values of one kind say differently, in words."""
    differing = changed_names(before, after)
    if not differing:
        return []
    left, right = texts(from_plain(kind, before), names), texts(from_plain(kind, after), names)
    return [
        Change(label(name), left[name], right[name])
        for name in differing
        if name in left and left[name] != right[name]
    ]


def latest_number(subject_id: UUID) -> int:
    """The number of the newest version; 0 where none was kept yet."""
    row = EntryVersion.objects.filter(subject_id=subject_id).order_by("-number").first()
    return row.number if row else 0


def version(subject_id: UUID, number: int) -> EntryVersion | None:
    """One earlier state."""
    return EntryVersion.objects.filter(subject_id=subject_id, number=number).first()


def all_proposals() -> QuerySet[EntryProposal]:
    """Proposals, the decided ones included."""
    return EntryProposal.objects.select_related("organization__keeper", "service")


def proposals() -> QuerySet[EntryProposal]:
    """What providers wish and nobody has decided yet, the oldest first."""
    return all_proposals().filter(state=EntryProposal.State.OPEN).order_by("proposed_at", "id")


@dataclass(frozen=True)
class ProposalCard:
    """A wish with what it would change, in words."""

    proposal: EntryProposal
    title: str
    is_new: bool
    changes: list[Change]


def proposal_cards() -> list[ProposalCard]:
    """Open proposals side by side with the entries as they are now."""
    found = list(proposals()[:MOST])
    names = entry_names() if found else {}
    services = all_services().in_bulk([one.service_id for one in found if one.service_id])
    return [_card(one, names, services.get(one.service_id)) for one in found]


def _card(one: EntryProposal, names: Mapping[str, str], service: Service | None) -> ProposalCard:
    kind: type[Any] = d.ServiceData if is_service(one.data) else d.OrganizationData
    is_new = one.service is None and is_service(one.data)
    present = {} if is_new else present_of(one)
    before = present or {
        "code": "",
        "name": "",
        **({"organization": one.organization.code} if is_new else {}),
    }
    return ProposalCard(
        proposal=one,
        title=str(one.data.get("name") or one.organization.name),
        is_new=is_new,
        changes=_seen(changes(kind, before, wanted_of(one), names), service),
    )


def _seen(found: list[Change], service: Service | None) -> list[Change]:
    """Where the entry says nothing itself, people are shown something all the same: name it beside the wish."""
    if service is None or all(one.left for one in found):
        return found
    shown = {label(name): text for name, text in inherited(service).items()}
    return [one if one.left else replace(one, left=shown.get(one.label, "")) for one in found]


def present_of(one: EntryProposal) -> dict[str, Any]:
    """The entry as it is now."""
    if one.service_id is None:
        rows = Organization.objects.select_related("keeper", "unit").prefetch_related(*OF_ORGANIZATION)
        return to_plain(organization_data(rows.get(pk=one.organization_id)))
    whole = Service.objects.select_related("organization").prefetch_related(*OF_SERVICE)
    return to_plain(service_data(whole.get(pk=one.service_id)))


def wanted_of(one: EntryProposal) -> dict[str, Any]:
    """The entry as it would be; a proposal is compared with what its provider saw when it made it."""
    if one.service_id is None and is_service(one.data):
        wanted: dict[str, Any] = one.data
        return wanted
    present = present_of(one)
    subject = one.service_id or one.organization_id
    seen = EntryVersion.objects.filter(subject_id=subject, made_at__lte=one.proposed_at).first()
    return wished(seen.data if seen else present, one.data, present)
