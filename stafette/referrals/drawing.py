"""Lays a path out as a picture: where each line, shape and word stands, for a phone or for a wide screen.

Words are broken here, because SVG does not; their width is estimated with room to spare. The template
(partials/path.svg) only prints what this module decided, so that every word is escaped in one place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from stafette.kernel.clock import today
from stafette.referrals.queries.path import LOOKS, NEXT, NOW, PAST, Path, Station

LETTER = 0.5  # width of a letter as a share of its height, on average
TITLE, TEXT, SMALL = 16, 14, 13
SPACES = re.compile("[ \t\r\n]+")  # a date stays with its word: no-break spaces are none of these


@dataclass(frozen=True)
class Words:
    """A line of text; `kind` names its class, `anchor` where x stands in it."""

    x: float
    y: float
    text: str
    kind: str
    anchor: str = "start"

    @property
    def classes(self) -> str:
        """The classes of path.css for this line."""
        return " ".join(["st-path__words", *(f"st-path__words--{kind}" for kind in self.kind.split())])


@dataclass(frozen=True)
class Mark:
    """A shape on the line: its look says what it means."""

    x: float
    y: float
    look: str


@dataclass(frozen=True)
class Stroke:
    """A piece of a line."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True)
class Box:
    """The ground behind what is open now."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass
class Drawing:
    """Everything on the sheet; `name` tells the two layouts of one page apart."""

    name: str
    width: int
    line_x: float
    text_x: float
    date_x: float = 0
    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    @property
    def right(self) -> float:
        """Where text ends."""
        return self.width - 12

    @property
    def is_wide(self) -> bool:
        """Whether dates have a column of their own."""
        return self.date_x > 0


@dataclass(frozen=True)
class Picture:
    """A path in both layouts, with the words that stand for it."""

    path: Path
    drawings: tuple[Drawing, ...]


def picture(path: Path) -> Picture:
    """Draw a path for a phone and for a wide screen."""
    narrow = Drawing("schmal", width=344, line_x=13, text_x=36)
    wide = Drawing("breit", width=760, line_x=110, text_x=136, date_x=88)
    for drawing in (narrow, wide):
        _draw(drawing, path)
    return Picture(path, (narrow, wide))


def wrapped(text: str, *, room: float, size: float) -> list[str]:
    """Break a text into lines that fit; a word that is longer than a line is cut."""
    most = max(4, int(room / (size * LETTER)))
    lines: list[str] = []
    for word in SPACES.split(text.strip()):
        while len(word) > most:
            if lines and not lines[-1]:
                lines.pop()
            lines.append(word[: most - 1] + "-")
            word = word[most - 1 :]
        if lines and len(lines[-1]) + 1 + len(word) <= most and not lines[-1].endswith("-"):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _draw(drawing: Drawing, path: Path) -> None:
    if not path.has_groups:
        drawing.height = max(
            (_string(drawing, one, 8, drawing.width - 8, 0, most=drawing.width) for one in path.shown),
            default=0,
        )
        return
    y: float = 6
    spine: list[tuple[float, str]] = []
    if path.hidden:
        spine.append((y + 12, PAST))
        drawing.marks.append(Mark(drawing.line_x, y + 12, "more"))
        text = _("… {count} frühere Schritte").format(count=path.hidden)
        drawing.words.append(Words(drawing.text_x, y + 17, text, "note"))
        y += 36
    group = ""
    for station in path.shown:
        if station.group != group:
            y = _heading(drawing, station.group, y, is_first=not spine)
            group = station.group
        mark_y, y = _station(drawing, station, y)
        spine.append((mark_y, station.group))
    for (upper, _before), (lower, after) in pairwise(spine):
        kind = "ahead" if after == NEXT else "spine"
        drawing.strokes.append(Stroke(drawing.line_x, upper, drawing.line_x, lower, kind))
    drawing.height = _legend(drawing, path, y + 6)


def _heading(drawing: Drawing, group: str, y: float, *, is_first: bool) -> float:
    words = {PAST: _("Bisher"), NOW: _("Jetzt, am {day}").format(day=_date(today())), NEXT: _("Geplant")}
    top = y if is_first else y + 12
    drawing.words.append(Words(drawing.text_x, top + 14, words[group], "group"))
    drawing.strokes.append(Stroke(drawing.text_x, top + 22, drawing.right, top + 22, "rule"))
    return top + 32


def _station(drawing: Drawing, station: Station, top: float) -> tuple[float, float]:
    """Set one stop; returns where its mark stands and where the next one may begin."""
    is_open = station.group == NOW
    inset = 12 if is_open else 0
    x, right = drawing.text_x + inset, drawing.right - inset
    y = top + (10 if is_open else 0)
    first = y + 16
    y = _head(drawing, station, x, right, y)
    if station.note:
        y = _lines(drawing, station.note, x, right, y, SMALL, "note")
    if station.beads:
        y = _string(drawing, station, x, right, y)
    y = _baton(drawing, station, x, right, y)
    y += 12 if is_open else 4
    if is_open:
        kind = "late" if station.look == "late" else "open"
        box = Box(drawing.text_x, top, drawing.right - drawing.text_x, y - top, kind)
        drawing.boxes.append(box)
        y += 10
    else:
        y += 12
    drawing.marks.append(Mark(drawing.line_x, first - 5, station.look))
    return first - 5, y


def _head(drawing: Drawing, station: Station, x: float, right: float, y: float) -> float:
    """Day, title, state: in columns on a wide sheet, below each other on a narrow one."""
    if drawing.is_wide:
        drawing.words.append(Words(drawing.date_x, y + 16, _date(station.on), "date", "end"))
        room = right - x - (len(station.state) * SMALL * LETTER + 16 if station.state else 0)
        if station.state:
            drawing.words.append(Words(right, y + 16, station.state, f"state {station.look}", "end"))
        return _lines(drawing, station.title, x, x + room, y, TITLE, "title")
    y = _lines(drawing, station.title, x, right, y, TITLE, "title")
    told = " · ".join(filter(None, [_date(station.on), station.state]))
    return _lines(drawing, told, x, right, y, SMALL, f"state {station.look}")


def _lines(drawing: Drawing, text: str, x: float, right: float, y: float, size: float, kind: str) -> float:
    for line in wrapped(text, room=right - x, size=size):
        drawing.words.append(Words(x, y + size, line, kind))
        y += size + 5
    return y


def _string(
    drawing: Drawing, station: Station, x: float, right: float, y: float, *, most: float = 520
) -> float:
    """The steps of a referral as beads on a string, each with its word and day."""
    left, end = x + 34, min(right - 34, x + most)
    gap = (end - left) / (len(station.beads) - 1)
    places = [(left + index * gap, bead) for index, bead in enumerate(station.beads)]
    level = y + 16
    for (start, _one), (stop, bead) in pairwise(places):
        kind = "spine" if bead.look in ("done", "skipped") else "ahead"
        drawing.strokes.append(Stroke(start, level, stop, level, kind))
    for place, bead in places:
        look = "late" if bead.look == "current" and station.look == "late" else bead.look
        drawing.marks.append(Mark(place, level, f"bead-{look}"))
        drawing.words.append(Words(place, level + 24, bead.word, f"bead {bead.look}", "middle"))
        day = f"{bead.on:%d.%m.}" if bead.on else _("offen") if bead.look == "current" else ""
        if day:
            drawing.words.append(Words(place, level + 39, day, "bead day", "middle"))
    return level + 46


def _baton(drawing: Drawing, station: Station, x: float, right: float, y: float) -> float:
    """Who holds it now, what comes next and until when."""
    if station.holder:
        told = _("Am Zug: {who}").format(who=station.holder)
        y = _lines(drawing, told, x, right, y, TEXT, "holder")
    if station.next_step:
        until = _("bis {day}").format(day=_date(station.due_on)) if station.due_on else ""
        until = until.replace(" ", "\N{NO-BREAK SPACE}")
        told = _("Als Nächstes: {step}").format(step=" ".join(filter(None, [station.next_step, until])))
        y = _lines(drawing, told, x, right, y, TEXT, "next")
    if station.lateness:
        y = _lines(drawing, station.lateness, x, right, y, TEXT, "lateness")
    return y


def _legend(drawing: Drawing, path: Path, y: float) -> float:
    """What the shapes mean: only those that the picture shows."""
    used = [look for look in LOOKS if any(one.look == look for one in path.shown)]
    drawing.strokes.append(Stroke(drawing.text_x, y, drawing.right, y, "rule"))
    x, y = drawing.text_x + 8, y + 20
    for look in used:
        word = str(LOOKS[look])
        width = 20 + len(word) * SMALL * LETTER + 18
        if x + width > drawing.right + 18:
            x, y = drawing.text_x + 8, y + 24
        drawing.marks.append(Mark(x, y, look))
        drawing.words.append(Words(x + 14, y + 5, word, "legend"))
        x += width
    return y + 16


def _date(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
