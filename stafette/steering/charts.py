"""Pictures from numbers: places and lengths for the SVG templates. A table with the same numbers stands beside each.

Widths are in percent, so that the picture fits a phone without its words shrinking; heights are in pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from stafette.steering.queries import Week

HEIGHT, TOP, FOOT = 150, 20, 22
MOST_LABELS = 4


@dataclass(frozen=True)
class Bar:
    """A week: the whole bar, the part of it that is filled, and where its words stand."""

    x: str
    width: str
    middle: str
    y: str
    height: str
    part_y: str
    part_height: str
    label: str
    value: str
    is_hidden: bool


@dataclass(frozen=True)
class Line:
    """From one week's end to the next."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Dot:
    """The end of a week, with its number where it is said."""

    x: str
    y: str
    text_y: str
    value: str
    label: str


@dataclass(frozen=True)
class Chart:
    """What the template draws."""

    bars: list[Bar]
    lines: list[Line]
    dots: list[Dot]
    top: str
    height: int = TOP + HEIGHT + FOOT
    ground: int = TOP + HEIGHT
    words_y: int = TOP + HEIGHT + 16
    ceiling: int = TOP


def sent_and_answered(weeks: list[Week]) -> Chart:
    """Bars: sent per week; the filled bar beside it: answered in time."""
    most = max((max(week.sent or 0, week.in_time or 0) for week in weeks), default=0) or 1
    step = 100 / max(1, len(weeks))
    said = _said([week.sent for week in weeks])
    bars = []
    for number, week in enumerate(weeks):
        height = HEIGHT * (week.sent or 0) / most
        part = HEIGHT * (week.in_time or 0) / most
        bars.append(
            Bar(
                x=_percent(number * step + step * 0.12),
                width=_percent(step * 0.76),
                middle=_percent(number * step + step / 2),
                y=_pixels(TOP + HEIGHT - height),
                height=_pixels(height),
                part_y=_pixels(TOP + HEIGHT - part),
                part_height=_pixels(part) if part else "",
                label=week.label if _is_labelled(number, len(weeks)) else "",
                value=str(week.sent) if number in said else "",
                is_hidden=week.sent is None,
            )
        )
    return Chart(bars, [], [], str(most))


def open_at_end(weeks: list[Week]) -> Chart:
    """A line: how much lay open at the end of each week."""
    most = max((week.open_at_end or 0 for week in weeks), default=0) or 1
    step = 100 / max(1, len(weeks))
    points = [
        (number * step + step / 2, TOP + HEIGHT - HEIGHT * week.open_at_end / most, number, week)
        for number, week in enumerate(weeks)
        if week.open_at_end is not None
    ]
    said = _said([week.open_at_end for week in weeks])
    lines = [
        Line(_percent(a[0]), _pixels(a[1]), _percent(b[0]), _pixels(b[1]))
        for a, b in pairwise(points)
        if b[2] == a[2] + 1
    ]
    dots = [
        Dot(
            _percent(x),
            _pixels(y),
            _pixels(max(12, y - 8)),
            str(week.open_at_end) if number in said else "",
            week.label if _is_labelled(number, len(weeks)) else "",
        )
        for x, y, number, week in points
    ]
    return Chart([], lines, dots, str(most))


def _said(values: list[int | None]) -> set[int]:
    """Which values stand at the picture itself: the largest and the last."""
    known = [(value, number) for number, value in enumerate(values) if value]
    if not known:
        return set()
    last = max(number for _value, number in known)
    largest = max(known, key=lambda item: (item[0], item[1]))[1]
    return {last} if 0 < last - largest < 3 else {largest, last}


def _is_labelled(number: int, count: int) -> bool:
    return number % max(1, -(-count // 7)) == 0


def _pixels(value: float) -> str:
    """With a point, whatever the language of the page: SVG knows no comma."""
    return f"{value:.1f}"


def _percent(value: float) -> str:
    return f"{value:.2f}%"
