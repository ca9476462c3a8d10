"""Longer texts in parts: heading, paragraphs, points; and facts that come from data and stay German."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stafette.portal.shown.said import Said


@dataclass(frozen=True)
class Part:
    """A part of a text under its heading."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    facts: tuple[Said, ...] = ()


def parts(
    words: Sequence[Mapping[str, Any]], facts: Mapping[str, Sequence[Said]] | None = None
) -> list[Part]:
    """The parts of a text in their order; those that are marked with `facts` get them."""
    given = facts or {}
    return [
        Part(
            one["heading"],
            tuple(one.get("paragraphs", ())),
            tuple(one.get("points", ())),
            tuple(given.get(one.get("facts", ""), ())),
        )
        for one in words
    ]
