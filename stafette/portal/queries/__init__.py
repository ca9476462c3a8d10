"""Questions of everybody."""

from stafette.portal.queries.finding import found
from stafette.portal.queries.listed import (
    counts_by_topic,
    here,
    public_codes,
    public_service,
    public_services,
    public_topics,
    services_named,
    services_on,
    spoken_languages,
)
from stafette.portal.queries.printing import (
    card_pdf,
    has_sketch,
    printed_folder,
    printed_sheet,
    sketch_of,
)
from stafette.portal.queries.sheets import arrival_folder, public_sheet, public_sheets

__all__ = [
    "arrival_folder",
    "card_pdf",
    "counts_by_topic",
    "found",
    "has_sketch",
    "here",
    "printed_folder",
    "printed_sheet",
    "public_codes",
    "public_service",
    "public_services",
    "public_sheet",
    "public_sheets",
    "public_topics",
    "services_named",
    "services_on",
    "sketch_of",
    "spoken_languages",
]
