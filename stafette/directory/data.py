"""An entry of the directory as one plain value: what forms, spreadsheets, HSDS, XZuFi and proposals all speak.

`stafette/directory/reading.py` makes such values from rows, `commands.put_*` make rows of them. Organisations,
locations and services are told apart by `code`; details keep their `id` where they have one, so that an exported
entry comes back with the same identifiers. Days are dates, times are local times of the town, languages ISO 639-1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

Extra = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class RowData:
    """What every detail has: the identifier it had before, and what a foreign file says beyond our fields."""

    id: UUID | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PhoneData(RowData):
    """A number; `kind` is voice, fax, text or cell."""

    number: str
    extension: str = ""
    kind: str = ""
    description: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContactData(RowData):
    """Whom to ask for."""

    name: str = ""
    title: str = ""
    department: str = ""
    email: str = ""
    phones: tuple[PhoneData, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExceptionData:
    """Days on which a schedule does not hold: closed, or open at other times."""

    starts_on: date
    ends_on: date
    is_closed: bool = True
    opens_at: time | None = None
    closes_at: time | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ScheduleData(RowData):
    """A rule of opening: `byday` as in an RRULE ("MO,TU" or "1MO" with freq MONTHLY)."""

    freq: str = "WEEKLY"
    interval: int = 1
    byday: str = ""
    bymonthday: str = ""
    dtstart: date | None = None
    until: date | None = None
    count: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    opens_at: time | None = None
    closes_at: time | None = None
    attending: str = "walk_in"
    description: str = ""
    exceptions: tuple[ExceptionData, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DocumentData(RowData):
    """What to bring."""

    document: str
    uri: str = ""


@dataclass(frozen=True, kw_only=True)
class CostData(RowData):
    """What it costs."""

    option: str = ""
    amount: Decimal | None = None
    currency: str = "EUR"
    amount_description: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class CapacityData(RowData):
    """How much room there is, and when that was so."""

    available: int
    updated_at: datetime
    unit: str = "Plätze"
    maximum: int | None = None
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class FundingData(RowData):
    """Who pays."""

    source: str


@dataclass(frozen=True, kw_only=True)
class AreaData(RowData):
    """For which area."""

    name: str
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class AccessData(RowData):
    """How one gets in (codes: Accessibility.Kind)."""

    kind: str = "other"
    description: str = ""
    details: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryData:
    """What organisations, locations and services share."""

    code: str
    id: UUID | None = None
    origin: str = ""
    origin_id: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OrganizationData(EntryData):
    """A provider; `keeper` and `unit` are codes of units."""

    name: str
    alternate_name: str = ""
    kind: str = "charity"
    description: str = ""
    email: str = ""
    website: str = ""
    legal_status: str = ""
    year_incorporated: int | None = None
    language: str = "de"
    keeper: str = ""
    unit: str = ""
    is_active: bool = True
    is_public: bool = True
    phones: tuple[PhoneData, ...] = ()
    contacts: tuple[ContactData, ...] = ()
    funding: tuple[FundingData, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LocationData(EntryData):
    """A place; `organization` is a code. Coordinates in degrees, WGS 84."""

    organization: str = ""
    kind: str = "physical"
    name: str = ""
    description: str = ""
    transportation: str = ""
    url: str = ""
    address_1: str = ""
    address_2: str = ""
    postal_code: str = ""
    city: str = ""
    district: str = ""
    state: str = ""
    country: str = "DE"
    latitude: float | None = None
    longitude: float | None = None
    languages: tuple[str, ...] = ()
    phones: tuple[PhoneData, ...] = ()
    contacts: tuple[ContactData, ...] = ()
    schedules: tuple[ScheduleData, ...] = ()
    accessibility: tuple[AccessData, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlaceData(RowData):
    """A service at a location, named by its code, with what holds only there."""

    location: str
    description: str = ""
    phones: tuple[PhoneData, ...] = ()
    contacts: tuple[ContactData, ...] = ()
    schedules: tuple[ScheduleData, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ServiceData(EntryData):
    """A service with everything that hangs on it; `organization` is a code, `statuses` are codes of domain.md 9.2."""

    organization: str
    name: str
    alternate_name: str = ""
    summary: str = ""
    description: str = ""
    status: str = "active"
    topics: tuple[str, ...] = ()
    leika_keys: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpretation_services: str = ""
    target_groups: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ()
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    application_process: str = ""
    fees: str = ""
    is_free: bool | None = None
    accreditations: str = ""
    email: str = ""
    website: str = ""
    room: str = "open"
    waiting_weeks: int | None = None
    alert: str = ""
    is_public: bool = True
    assured_at: date | None = None
    assured_by: str = ""
    confirm_days: int = 90
    places: tuple[PlaceData, ...] = ()
    schedules: tuple[ScheduleData, ...] = ()
    phones: tuple[PhoneData, ...] = ()
    contacts: tuple[ContactData, ...] = ()
    documents: tuple[DocumentData, ...] = ()
    costs: tuple[CostData, ...] = ()
    capacities: tuple[CapacityData, ...] = ()
    funding: tuple[FundingData, ...] = ()
    areas: tuple[AreaData, ...] = ()
