"""Nouns of the directory, in the terms of Open Referral HSDS 3.0. No people who seek advice stand here."""

from stafette.directory.models.details import (
    Accessibility,
    Contact,
    CostOption,
    Funding,
    Phone,
    RequiredDocument,
    Schedule,
    ServiceArea,
    ServiceCapacity,
)
from stafette.directory.models.places import Location, ServiceAtLocation
from stafette.directory.models.providers import Organization, OrganizationKind
from stafette.directory.models.search import SearchGlance, SearchRow, SearchWord
from stafette.directory.models.services import LISTED, Service, ServiceText, Status
from stafette.directory.models.tables import TableImport
from stafette.directory.models.upkeep import EntryProposal, EntryVersion, Signal, SignalKind

__all__ = [
    "LISTED",
    "Accessibility",
    "Contact",
    "CostOption",
    "EntryProposal",
    "EntryVersion",
    "Funding",
    "Location",
    "Organization",
    "OrganizationKind",
    "Phone",
    "RequiredDocument",
    "Schedule",
    "SearchGlance",
    "SearchRow",
    "SearchWord",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceCapacity",
    "ServiceText",
    "Signal",
    "SignalKind",
    "Status",
    "TableImport",
]
