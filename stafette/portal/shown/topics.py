"""Topics in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stafette.portal import queries
from stafette.portal.shown.said import Said, said
from stafette.portal.words import words

URGENT = ("violence", "health", "pregnancy")  # on these the way to help at once stands above everything


@dataclass(frozen=True)
class Tile:
    """A topic to choose."""

    code: str
    name: Said


def tiles(language: str, *, only: Iterable[str] | None = None) -> list[Tile]:
    """Topics by their plain names, in the order of the town; a town's own topic keeps its German name."""
    names = words(language)["topic_names"]
    chosen = None if only is None else set(only)
    return [
        Tile(one.code, said(language, one.label, names.get(one.code, "")))
        for one in queries.public_topics()
        if chosen is None or one.code in chosen
    ]


def filled_tiles(language: str) -> list[Tile]:
    """Topics on which there is anything to find."""
    return tiles(language, only=queries.counts_by_topic())
