"""Questions to the directory: a catalogue without people, open to all who advise."""

from stafette.directory.queries.listed import (
    filtered,
    location_codes,
    organization_codes,
    services,
    topic_choices,
    whole_services,
)

__all__ = [
    "filtered",
    "location_codes",
    "organization_codes",
    "services",
    "topic_choices",
    "whole_services",
]
