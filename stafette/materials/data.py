"""What other rooms get of a sheet: plain values, in the language asked for or in German with a mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from stafette.materials.notation import Block


@dataclass(frozen=True)
class SheetView:
    """A published sheet as people get to see it.

    `asked` is the language wanted, `language` the one shown: they differ where `is_fallback`, then it is German.
    `is_outdated`: the German text changed since; `is_reviewed`: somebody who speaks the language checked it.
    """

    code: str
    kind: str
    title: str
    blocks: tuple[Block, ...]
    asked: str
    language: str
    number: int
    published_on: date
    is_fallback: bool
    is_outdated: bool
    is_reviewed: bool
    is_public: bool
    topics: tuple[str, ...]
    target_groups: tuple[str, ...]
    statuses: tuple[int, ...]
    version_id: UUID


@dataclass(frozen=True)
class FolderView:
    """A folder in one language: its sheets in their order, those not translated in German."""

    code: str
    title: str
    language: str
    sheets: tuple[SheetView, ...]

    @property
    def in_german(self) -> int:
        """How many sheets are shown in German instead."""
        return sum(sheet.is_fallback for sheet in self.sheets)


@dataclass(frozen=True)
class StarterText:
    """The words of a sheet in one language as a file brings them."""

    language: str
    title: str
    body: str
    is_reviewed: bool = False


@dataclass(frozen=True)
class StarterSheet:
    """A sheet as a file brings it (blueprints/sheets/*.toml)."""

    code: str
    kind: str
    position: int
    topics: tuple[str, ...]
    target_groups: tuple[str, ...]
    statuses: tuple[int, ...]
    is_public: bool
    texts: tuple[StarterText, ...]


@dataclass(frozen=True)
class StarterFolder:
    """A folder as a file brings it."""

    code: str
    titles: dict[str, str]
    sheets: tuple[str, ...]
