"""What a table would change, row by row: new, changed, equal or faulty. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from stafette.directory import data as d
from stafette.directory.differing import bare, changed_names
from stafette.directory.exchange.plan import faults_of
from stafette.directory.plain import to_plain
from stafette.directory.showing import label, texts
from stafette.directory.tables import columns as c

HEAD_WITHIN = 15  # rows in which the headings are looked for
TOWN = re.compile(r"(?:(?P<code>\d{5})\s*)?(?P<city>[^\d]*)")


@dataclass(frozen=True)
class Layout:
    """Where what stands: the row of the headings, the column of each known heading, and headings nobody knows."""

    head: int
    at: Mapping[str, int]
    unused: tuple[str, ...]
    street: tuple[int, int, int] | None = (
        None  # street, postal code, town in columns of their own; -1 where none
    )


@dataclass
class Line:
    """One row of the table: what would come of it. `entry` is the whole service as a plain value."""

    number: int
    state: str
    name: str
    code: str = ""
    entry: dict[str, Any] | None = None
    problems: list[str] = field(default_factory=list)
    changes: list[list[str]] = field(default_factory=list)
    provider: str = ""
    places: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """The directory as it is: services by code, names of providers and places."""

    services: Mapping[str, d.ServiceData]
    names: c.Names

    def find(self, name: str, provider: str) -> d.ServiceData | None:
        """A service by its name at its provider, whatever the case of the letters."""
        wanted = (name.casefold(), provider)
        return self._by_name().get(wanted)

    def _by_name(self) -> dict[tuple[str, str], d.ServiceData]:
        if "by_name" not in self.__dict__:
            found = {(one.name.casefold(), one.organization): one for one in self.services.values()}
            object.__setattr__(self, "by_name", found)
        result: dict[tuple[str, str], d.ServiceData] = self.__dict__["by_name"]
        return result


def layout_of(rows: Sequence[Sequence[str]]) -> Layout | None:
    """Find the headings, in any order and also below a title; None where there is no column with names."""
    by_word = {word(text): one.heading for one in c.COLUMNS for text in (one.heading, *one.others)}
    for head, row in enumerate(rows[:HEAD_WITHIN]):
        at: dict[str, int] = {}
        for place, cell in enumerate(row):
            heading = by_word.get(word(cell))
            if heading and heading not in at:
                at[heading] = place
        if "Name" in at and len(at) >= 2:
            street = _street(row)
            used = {*at.values(), *(street or ())}
            unused = tuple(
                cell.strip() for place, cell in enumerate(row) if cell.strip() and place not in used
            )
            return Layout(head, at, unused, street)
    return None


def word(text: str) -> str:
    """A heading without what people add to it: „Telefon-Nr.:*“."""
    return re.sub(r"[^\wäöüß]", "", text.casefold())


def _street(row: Sequence[str]) -> tuple[int, int, int] | None:
    cells = [word(cell) for cell in row]
    found = [
        next((place for place, cell in enumerate(cells) if cell in {word(one) for one in names}), -1)
        for names in (c.STREET, c.POSTAL_CODE, c.CITY)
    ]
    return (found[0], found[1], found[2]) if found[0] >= 0 else None


def plan(rows: Sequence[Sequence[str]], layout: Layout, known: Known) -> list[Line]:
    """Every row below the headings that says anything."""
    lines = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows[layout.head + 1 :], start=layout.head + 2):
        if not any(cell.strip() for cell in row):
            continue
        line = _line(number, row, layout, known)
        key = line.code or f"{line.name.casefold()}|{line.provider or (line.entry or {}).get('organization')}"
        if key in seen and line.state != "faulty":
            line = _faulty(line, _("Dasselbe Angebot steht schon in Zeile {row}.").format(row=seen[key]))
        seen.setdefault(key, number)
        lines.append(line)
    return lines


def _faulty(line: Line, problem: str) -> Line:
    return replace(line, state="faulty", entry=None, problems=[*line.problems, problem])


def _line(number: int, row: Sequence[str], layout: Layout, known: Known) -> Line:
    cells = {name: row[at].strip() if at < len(row) else "" for name, at in layout.at.items()}
    line = Line(number, "new", cells["Name"], cells.get("Code", ""))
    if not line.name:
        return _faulty(line, _("Der Name fehlt."))
    provider, is_new = _provider(cells.get("Träger", ""), known)
    before = known.services.get(line.code) or (None if line.code else known.find(line.name, provider))
    if before is None and line.code:
        return _faulty(
            line,
            _("Den Code „{code}“ gibt es nicht. Für ein neues Angebot bleibt er leer.").format(
                code=line.code
            ),
        )
    if before is None and not provider and not is_new:
        return _faulty(line, _("Der Träger fehlt."))
    line.provider = cells.get("Träger", "") if is_new else ""
    base = before or d.ServiceData(code="", organization=provider, name=line.name)
    base = (
        replace(base, organization=provider or base.organization)
        if "Träger" in cells and not is_new
        else base
    )
    entry = _read(line, cells, base, known)
    entry = _with_places(line, row, layout, cells, entry, known)
    line.problems += [str(one) for one in faults_of("service", replace(entry, code=entry.code or "neu"))]
    return _judged(line, before, entry, known)


def _provider(text: str, known: Known) -> tuple[str, bool]:
    """The code of a provider by name or code, and whether it is new."""
    if not text or text in known.names.organizations:
        return text, False
    by_name = {name.casefold(): code for code, name in known.names.organizations.items()}
    found = by_name.get(text.casefold())
    return (found, False) if found else ("", True)


def _read(line: Line, cells: Mapping[str, str], base: d.ServiceData, known: Known) -> d.ServiceData:
    """Each cell that says something else than the entry."""
    entry = base
    for column in c.COLUMNS:
        if column.heading not in cells or _same(cells[column.heading], column.write(base, known.names)):
            continue
        try:
            entry = replace(entry, **column.read(cells[column.heading], entry, known.names))
        except c.Unreadable as error:
            line.problems.append(f"{column.heading}: {error}")
    return entry


def _same(cell: str, written: str) -> bool:
    return " ".join(cell.split()) == " ".join(written.split())


def _with_places(
    line: Line,
    row: Sequence[str],
    layout: Layout,
    cells: Mapping[str, str],
    entry: d.ServiceData,
    known: Known,
) -> d.ServiceData:
    """Places by the words of their address; an address that is not there yet becomes a new place."""
    wanted = None
    if "Orte" in cells and not _same(cells["Orte"], c.PLACES.write(entry, known.names)):
        wanted = c.pieces(cells["Orte"])
    elif layout.street and "Orte" not in cells:
        street, code, city = (row[at].strip() if 0 <= at < len(row) else "" for at in layout.street)
        wanted = [f"{street}, {code} {city}".strip(", ")] if street else None
    if wanted is None:
        return entry
    by_text = {_key(text): code for code, text in known.names.places.items()}
    by_text |= {
        _key(text.partition(" · ")[2]): code for code, text in known.names.places.items() if " · " in text
    }
    kept = {one.location: one for one in entry.places}
    places = []
    for text in wanted:
        code = by_text.get(_key(text)) or _new_place(line, text)
        if code:
            places.append(kept.get(code) or d.PlaceData(location=code))
    return replace(entry, places=tuple(places))


def _key(text: str) -> str:
    """An address without the ways of writing it."""
    return re.sub(r"[^\wäöüß]", "", re.sub(r"str(?:\.|asse\b|aße\b)", "str", text.casefold()))


def _new_place(line: Line, text: str) -> str:
    """Note a place that has to be made; „neu:0“ stands for it until it has a code."""
    place = address_of(text)
    if place is None:
        says = _("Orte: „{text}“ ist keine Anschrift. Beispiel: Haus am Markt, Markt 1, 04109 Leipzig")
        line.problems.append(says.format(text=text))
        return ""
    line.places.append(place)
    return f"neu:{len(line.places) - 1}"


def address_of(text: str) -> dict[str, str] | None:
    """House, street with number, postal code and town, kept apart by commas; all but the street may lack."""
    parts = [part.strip() for part in text.replace(" · ", ",").split(",") if part.strip()]
    town = TOWN.fullmatch(parts[-1]) if len(parts) > 1 or (parts and parts[0][:5].isdigit()) else None
    rest = parts[:-1] if town else parts
    street = next((part for part in reversed(rest) if re.search(r"\d", part)), None)
    if street is None:
        return None
    name = ", ".join(part for part in rest if part != street)
    city = town["city"].strip() if town else ""
    return {
        "name": name,
        "address_1": street,
        "postal_code": (town["code"] or "") if town else "",
        "city": city,
    }


def _judged(line: Line, before: d.ServiceData | None, entry: d.ServiceData, known: Known) -> Line:
    line.code = before.code if before else ""
    if line.problems:
        return replace(line, state="faulty", entry=None)
    plain = to_plain(entry)
    if before is None:
        return replace(line, entry=plain, changes=_understood(line, entry, known))
    old = to_plain(before)
    if bare(old) == bare(plain) and not line.provider:
        return replace(line, state="equal")
    return replace(
        line, state="changed", entry=plain, changes=_changes(line, before, entry, old, plain, known)
    )


def _understood(line: Line, entry: d.ServiceData, known: Known) -> list[list[str]]:
    """What a new service would say, so that one sees how its cells were read."""
    shown = [name for name in changed_names({}, to_plain(entry)) if name not in ("code", "name")]
    names = {**known.names.organizations, **known.names.places, **_fresh(line)}
    right = texts(entry, names)
    return [[label(name), "", right[name]] for name in shown if right.get(name)]


def _fresh(line: Line) -> dict[str, str]:
    """New places by the words that stand for them."""
    return {f"neu:{n}": ", ".join(filter(None, one.values())) for n, one in enumerate(line.places)}


def _changes(
    line: Line, before: d.ServiceData, entry: d.ServiceData, old: Any, new: Any, known: Known
) -> list[list[str]]:
    names = {**known.names.organizations, **known.names.places, **_fresh(line)}
    left, right = texts(before, names), texts(entry, names)
    found = [[label(name), left[name], right[name]] for name in changed_names(old, new) if name in left]
    if line.provider:
        found.append([label("organization"), left["organization"], line.provider])
    return [one for one in found if one[1] != one[2]]
