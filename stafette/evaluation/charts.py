"""Pictures from counts: lengths for the SVG and shades for the table of hours; the numbers stand beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stafette.evaluation import periods, words
from stafette.evaluation.protecting import ALL_DAYS, ALL_HOURS, Counts
from stafette.evaluation.queries import Step
from stafette.evaluation.tables import days_shown, hours_shown

HEIGHT, TOP, FOOT = 150, 20, 22
SHADES = 4


@dataclass(frozen=True)
class Bar:
    """One part of a period; `value` stands on it where there is room."""

    x: str
    width: str
    middle: str
    y: str
    height: str
    label: str
    value: str
    is_hidden: bool


@dataclass(frozen=True)
class Bars:
    """What the template draws; `words` tells it in a sentence."""

    bars: list[Bar]
    height: int = TOP + HEIGHT + FOOT
    ground: int = TOP + HEIGHT
    words_y: int = TOP + HEIGHT + 16
    ceiling: int = TOP


@dataclass(frozen=True)
class Field:
    """An hour of a weekday: its number and how dark it is, from 0 to 4."""

    text: str
    label: str
    shade: int


@dataclass(frozen=True)
class Line:
    """A weekday with its hours and its sum."""

    name: str
    fields: list[Field]
    total: str


@dataclass(frozen=True)
class Heat:
    """The load of the week as a table; `most` is the number behind the darkest shade."""

    hours: list[str]
    lines: list[Line]
    totals: list[str]
    most: int
    busiest: str


def development(steps: Sequence[Step]) -> Bars:
    """A bar for each part of the period."""
    most = max((step.total.known for step in steps), default=0) or 1
    wide = 100 / max(1, len(steps))
    bars = []
    for number, step in enumerate(steps):
        cell = step.total
        height = HEIGHT * cell.known / most
        labelled = number % max(1, -(-len(steps) // 6)) == 0
        bars.append(
            Bar(
                x=_percent(number * wide + wide * 0.12),
                width=_percent(wide * 0.76),
                middle=_percent(number * wide + wide / 2),
                y=_pixels(TOP + HEIGHT - height),
                height=_pixels(height),
                label=short(step.period) if labelled else "",
                value=words.number(cell.known) if cell.count is not None and len(steps) <= 18 else "",
                is_hidden=cell.count is None,
            )
        )
    return Bars(bars)


def short(period: periods.Period) -> str:
    """07/26 for a month, III/26 for a quarter."""
    if period.kind == periods.QUARTER:
        return f"{('I', 'II', 'III', 'IV')[(period.since.month - 1) // 3]}/{period.since:%y}"
    return f"{period.since:%m/%y}"


def heat(counts: Counts) -> Heat | None:
    """Weekday by hour; nothing where nothing was counted."""
    cells = counts.hours
    if not cells:
        return None
    shown, days = hours_shown(cells), days_shown(cells)
    most = max((counts.at(day, hour).known for day in days for hour in shown), default=0)
    lines = []
    for day, name in days.items():
        own = [(hour, counts.at(day, hour)) for hour in shown]
        fields = [Field(words.short(cell), words.hours(hour), _shade(cell.known, most)) for hour, cell in own]
        lines.append(Line(name, fields, words.short(counts.at(day, ALL_HOURS))))
    totals = [words.short(counts.at(ALL_DAYS, hour)) for hour in shown]
    busiest = max(
        ((cell.known, key) for key, cell in cells.items() if key[0] in days and key[1] in shown), default=None
    )
    said = f"{days[busiest[1][0]]}, {words.hours(busiest[1][1])}" if busiest and busiest[0] else ""
    return Heat([str(hour) for hour in shown], lines, totals, most, said)


def _shade(count: int, most: int) -> int:
    return -(-SHADES * count // most) if most else 0


def _pixels(value: float) -> str:
    """With a point, whatever the language of the page: SVG knows no comma."""
    return f"{value:.1f}"


def _percent(value: float) -> str:
    return f"{value:.2f}%"
