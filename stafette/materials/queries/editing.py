"""What editors need: the grid of sheets and languages, the versions of one, and how two of them differ."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.materials.access import sheets_visible_to, versions_visible_to
from stafette.materials.models import SHOWN, WORKING, Folder, InfoSheet, SheetVersion
from stafette.web.sheets import GERMAN, LANGUAGES


@dataclass(frozen=True)
class Cell:
    """A sheet in one language: what is shown to people, what is worked on."""

    language: str
    shown: SheetVersion | None
    working: SheetVersion | None

    @property
    def is_missing(self) -> bool:
        """Whether people get German instead."""
        return self.shown is None


@dataclass(frozen=True)
class Line:
    """A sheet with its German title and one cell per language."""

    sheet: InfoSheet
    title: str
    cells: tuple[Cell, ...]

    @property
    def outdated_count(self) -> int:
        """How many translations people see that were made for an earlier German text."""
        outdated = SheetVersion.State.OUTDATED
        return sum(cell.shown is not None and cell.shown.state == outdated for cell in self.cells)


@dataclass(frozen=True)
class Difference:
    """A line of a text that is the same, gone or new: `mark` is "", "-" or "+"."""

    mark: str
    text: str


def sheets(*, actor: Actor) -> QuerySet[InfoSheet]:
    """All sheets in the editors' order."""
    return sheets_visible_to(actor)


def versions(*, actor: Actor) -> QuerySet[SheetVersion]:
    """All versions of all sheets."""
    return versions_visible_to(actor)


def grid(*, actor: Actor, languages: Sequence[str] = tuple(LANGUAGES)) -> list[Line]:
    """Every sheet × language with two queries, however many sheets there are."""
    found: dict[UUID, dict[str, dict[str, SheetVersion]]] = {}
    current = versions_visible_to(actor).filter(state__in=[*WORKING, *SHOWN]).defer("body")
    for version in current:
        place = "shown" if version.is_shown else "working"
        found.setdefault(version.sheet_id, {}).setdefault(version.language, {})[place] = version
    return [_line(sheet, found.get(sheet.pk, {}), languages) for sheet in sheets_visible_to(actor)]


def _line(
    sheet: InfoSheet, by_language: dict[str, dict[str, SheetVersion]], languages: Sequence[str]
) -> Line:
    cells = tuple(
        Cell(one, by_language.get(one, {}).get("shown"), by_language.get(one, {}).get("working"))
        for one in languages
    )
    german = by_language.get(GERMAN, {})
    named = german.get("shown") or german.get("working")
    return Line(sheet, named.title if named else sheet.code, cells)


def line_of(*, actor: Actor, sheet: InfoSheet) -> Line:
    """The line of one sheet."""
    return next(line for line in grid(actor=actor) if line.sheet.pk == sheet.pk)


def history(*, actor: Actor, sheet: InfoSheet, language: str) -> list[SheetVersion]:
    """Every version of a sheet in a language, the newest first."""
    found = versions_visible_to(actor).filter(sheet=sheet, language=language)
    return list(found.order_by("-number"))


def waiting_for_release(*, actor: Actor) -> QuerySet[SheetVersion]:
    """Versions that wait for a second person."""
    return versions_visible_to(actor).filter(state=SheetVersion.State.REVIEW).order_by("changed_at")


def may_release(*, actor: Actor, version: SheetVersion) -> bool:
    """Whether this person may release this text: the permission, and not a word of it their own."""
    own = actor.id == version.author_id or actor.id in version.writers
    return not own and actor.may(Permission.MATERIAL_RELEASE, unit=version.sheet.keeper_id)


def difference(old: SheetVersion, new: SheetVersion) -> list[Difference]:
    """What changed between two versions, line by line."""
    before, after = [old.title, *old.body.splitlines()], [new.title, *new.body.splitlines()]
    lines = difflib.ndiff(before, after)
    return [Difference(line[0].strip(), line[2:]) for line in lines if line[0] != "?"]


def folders() -> QuerySet[Folder]:
    """All folders with their sheets."""
    return Folder.objects.select_related("keeper").prefetch_related("places__sheet")
