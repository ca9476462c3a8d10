"""The words of a service in other languages, as they go along with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stafette.directory import data as d
from stafette.directory.models import Service, ServiceText

NAMES = {
    "name": "name",
    "summary": "summary",
    "description": "description",
    "eligibility": "eligibility_description",
    "application_process": "application_process",
    "fees": "fees_description",
    "alert": "alert",
    "documents": "required_documents",
}


def translations(
    service: d.ServiceData, rows: Iterable[dict[str, Any]], *, with_state: bool = False
) -> list[dict[str, Any]]:
    """Texts for an export; `is_current` tells whether the German words have changed since they were made."""
    rows = list(rows)
    if not rows:
        return []
    digest = Service(**{name: getattr(service, name) for name in ServiceText.WORDS}).german_digest
    return [
        {
            "language": one["language"],
            "is_current": one["made_for"] == digest,
            **({"state": one["state"]} if with_state else {}),
            **{theirs: one[ours] for ours, theirs in NAMES.items() if one.get(ours)},
        }
        for one in rows
    ]


def words_of(text: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The words of a text that came in, and what to bring."""
    words = {ours: str(text.get(theirs) or "") for ours, theirs in NAMES.items() if ours != "documents"}
    documents = text.get("required_documents")
    return words, [str(one) for one in documents] if isinstance(documents, list) else []


def is_released(text: dict[str, Any]) -> bool:
    """Only what another Stafette had released, for words that still stand so, needs no second look here."""
    return text.get("state") == ServiceText.State.APPROVED and text.get("is_current") is True
