"""A sketch of the way without map tiles: places, landmarks everybody knows, a scale, north, and minutes on foot.

Equirectangular projection around the middle of what is drawn: x grows with the longitude times cos(latitude of the
middle), y against the latitude. Within a county that is off by less than a thousandth. Distances are as the crow
flies, in metres; minutes on foot assume a detour of 1.3 and 80 m a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, radians
from statistics import fmean
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from stafette.accounts import queries as town

METRES_PER_DEGREE = 111_195.0
DETOUR, METRES_PER_MINUTE = 1.3, 80
WIDTH, HEIGHT, MARGIN = 640, 460, 56
LEAST_SPAN = 700.0  # metres: nearer than that nobody recognises anything
BESIDE = 3  # landmarks on the sketch of one place
MOST_LANDMARKS = 7
TOUCHING = 36  # pixels: nearer than that, two numbers share a sign
SCALES = (50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000)
LETTER = 8  # pixels that a letter of a label is wide, about, on paper
RINGS = (5, 10)  # minutes on foot around a single place
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """A place to be drawn: its number in the list beside, its name, degrees, and where its sign leads."""

    number: int
    label: str
    latitude: float
    longitude: float
    link: str = ""


@dataclass(frozen=True)
class Mark:
    """A landmark: name, degrees, and its kind (station, town_hall, market, water, other)."""

    name: str
    latitude: float
    longitude: float
    kind: str = "other"


@dataclass(frozen=True)
class Sign:
    """A numbered sign on the sketch, in pixels from its middle."""

    x: float
    y: float
    text: str
    wide: float
    link: str
    label: str

    @property
    def half(self) -> float:
        """Half of its width."""
        return self.wide / 2


@dataclass(frozen=True)
class Place:
    """A landmark on the sketch; its name begins or ends at `text_x`."""

    x: float
    y: float
    name: str
    kind: str
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class Way:
    """A row of the table beside the sketch: how far it is from the landmark next to it."""

    number: int
    label: str
    landmark: str
    metres: int
    minutes: int
    link: str

    @property
    def text(self) -> str:
        """The row as a sentence."""
        if not self.landmark:
            return ""
        return _("{minutes} Minuten zu Fuß ab {landmark} ({metres} m Luftlinie)").format(
            minutes=self.minutes, landmark=self.landmark, metres=self.metres
        )


@dataclass(frozen=True)
class Sketch:
    """Everything that the template draws; lengths in pixels of a drawing that is `width` × `height`."""

    title: str
    signs: tuple[Sign, ...]
    landmarks: tuple[Place, ...]
    ways: tuple[Way, ...]
    scale: int
    scale_px: float
    rings: tuple[tuple[float, int], ...] = ()
    lines: tuple[Box, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    name: str = field(default="sketch")

    @property
    def scale_text(self) -> str:
        """How long the scale bar is."""
        return f"{self.scale // 1000} km" if self.scale >= 1000 else f"{self.scale} m"

    @property
    def description(self) -> str:
        """What the drawing shows, for those who do not see it."""
        return " ".join(f"{way.number}: {way.label}. {way.text}" for way in self.ways)


class _Plane:
    """Degrees to pixels, so that everything that must be seen is inside the margins."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        latitudes, longitudes = [one[0] for one in points], [one[1] for one in points]
        self.middle = ((min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2)
        self.wide = METRES_PER_DEGREE * cos(radians(self.middle[0]))
        across = max((max(longitudes) - min(longitudes)) * self.wide, LEAST_SPAN)
        down = max((max(latitudes) - min(latitudes)) * METRES_PER_DEGREE, LEAST_SPAN * HEIGHT / WIDTH)
        self.pixels = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / down)  # per metre

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        x = WIDTH / 2 + (longitude - self.middle[1]) * self.wide * self.pixels
        y = HEIGHT / 2 - (latitude - self.middle[0]) * METRES_PER_DEGREE * self.pixels
        return round(x, 1), round(y, 1)


def metres(one: Spot | Mark, other: Spot | Mark) -> float:
    """How far two points are from each other as the crow flies."""
    wide = cos(radians((one.latitude + other.latitude) / 2))
    return METRES_PER_DEGREE * hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * wide)


def minutes(distance: float) -> int:
    """How long that takes on foot, at least a minute."""
    return max(1, round(distance * DETOUR / METRES_PER_MINUTE))


def landmarks() -> list[Mark]:
    """The landmarks of the town, from its blueprint."""
    return [Mark(one.name, float(one.latitude), float(one.longitude), one.kind) for one in town.landmarks()]


def draw(
    spots: Sequence[Spot], marks: Sequence[Mark] | None = None, *, title: str = "", name: str = "sketch"
) -> Sketch | None:
    """Put places and landmarks on a sheet; None where no place has coordinates. `name` tells two sketches apart."""
    if not spots:
        return None
    known = list(landmarks() if marks is None else marks)
    shown = _beside(spots, known)
    framed: list[Spot | Mark] = [*spots, *_framing(spots, shown)]
    plane = _Plane([(one.latitude, one.longitude) for one in framed])
    signs = _signs(spots, plane)
    single = len(spots) == 1
    lines = _line(spots[0], known, shown, plane) if single else ()
    placed = _placed([(one, plane.at(one.latitude, one.longitude)) for one in shown], signs, lines)
    scale = max((one for one in SCALES if one * plane.pixels <= WIDTH / 4), default=SCALES[0])
    ways = tuple(_way(spot, known) for spot in spots)
    return Sketch(
        title=title or _("Lageskizze"),
        signs=signs,
        landmarks=placed,
        ways=ways,
        scale=scale,
        scale_px=round(scale * plane.pixels, 1),
        rings=_rings(plane) if single else (),
        lines=lines,
        name=name,
    )


def svg(sketch: Sketch | None) -> str:
    """The sketch as a file of its own, for papers; "" where there is none."""
    return render_to_string("directory/sketch.svg", {"sketch": sketch}) if sketch else ""


def way_to(service: Any) -> str:
    """The sketch of the first place of a service, for its card on paper; "" where it has no coordinates."""
    spots = [
        Spot(1, service.name, place.location.latitude, place.location.longitude)
        for place in service.places.all()
        if place.location.latitude is not None
    ]
    return svg(draw(spots[:1], title=service.name))


def _beside(spots: Sequence[Spot], marks: Sequence[Mark]) -> list[Mark]:
    """The landmarks worth showing: for one place those next to it, for several those around them."""
    if len(spots) == 1:
        return sorted(marks, key=lambda mark: metres(spots[0], mark))[:BESIDE]
    latitude, longitude = fmean(one.latitude for one in spots), fmean(one.longitude for one in spots)
    middle = Mark("", latitude, longitude)
    reach = max(metres(spot, middle) for spot in spots) * 1.15 + 200
    nearest = sorted(marks, key=lambda mark: metres(mark, middle))
    return [mark for mark in nearest if metres(mark, middle) <= reach][:MOST_LANDMARKS] or nearest[:1]


def _framing(spots: Sequence[Spot], shown: Sequence[Mark]) -> Iterable[Mark]:
    """Landmarks that must be on the sheet: the nearest one always."""
    return shown[:2] if len(spots) == 1 else shown


def _signs(spots: Sequence[Spot], plane: _Plane) -> tuple[Sign, ...]:
    """Numbered signs; places that would cover each other share one."""
    groups: list[list[tuple[Spot, float, float]]] = []
    for spot in spots:
        x, y = plane.at(spot.latitude, spot.longitude)
        near = next((g for g in groups if hypot(g[0][1] - x, g[0][2] - y) < TOUCHING), None)
        if near is None:
            groups.append([(spot, x, y)])
        else:
            near.append((spot, x, y))
    signs = []
    for group in groups:
        numbers = [one[0].number for one in group]
        text = ", ".join(map(str, numbers)) if len(numbers) < 4 else f"{numbers[0]} … {numbers[-1]}"
        label = "; ".join(f"{one[0].number} {one[0].label}" for one in group)
        signs.append(
            Sign(group[0][1], group[0][2], text, max(26, 14 + 7.5 * len(text)), group[0][0].link, label)
        )
    return tuple(signs)


def _placed(
    found: Sequence[tuple[Mark, tuple[float, float]]], signs: Sequence[Sign], lines: Sequence[Box]
) -> tuple[Place, ...]:
    """Landmarks with room for their names; one whose name would cover another one is left out."""
    taken = [(sign.x - sign.wide / 2, sign.y - 14, sign.x + sign.wide / 2, sign.y + 14) for sign in signs]
    taken += [(0, HEIGHT - 34, WIDTH / 3, HEIGHT), (WIDTH - 44, 0, WIDTH, 56)]  # the scale, north
    taken += [dot for line in lines for dot in _dots(line)]
    places = []
    for mark, (x, y) in found:
        if not (8 <= x <= WIDTH - 8 and 8 <= y <= HEIGHT - 8):
            continue
        wide = LETTER * len(mark.name)
        beside = ((x + 11, y + 4, "start"), (x - 11, y + 4, "end"))
        for text_x, text_y, anchor in (*beside, (x, y - 12, "middle"), (x, y + 22, "middle")):
            left = text_x - {"start": 0, "end": wide, "middle": wide / 2}[anchor]
            box = (left, text_y - 11, left + wide, text_y + 4)
            inside = box[0] >= 4 and box[2] <= WIDTH - 4 and box[1] >= 4 and box[3] <= HEIGHT - 4
            if inside and not any(_cross(box, other) for other in taken):
                taken += [box, (x - 8, y - 8, x + 8, y + 8)]
                places.append(Place(x, y, mark.name, mark.kind, round(text_x, 1), round(text_y, 1), anchor))
                break
    return tuple(places)


def _dots(line: Box) -> list[Box]:
    """The line as a row of small boxes, so that no name is written across it."""
    x, y, wide, high = line[0], line[1], line[2] - line[0], line[3] - line[1]
    parts = [n / 40 for n in range(1, 41)]
    return [(x + wide * n - 2, y + high * n - 2, x + wide * n + 2, y + high * n + 2) for n in parts]


def _cross(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _way(spot: Spot, marks: Sequence[Mark]) -> Way:
    if not marks:
        return Way(spot.number, spot.label, "", 0, 0, spot.link)
    nearest = min(marks, key=lambda mark: metres(spot, mark))
    distance = metres(spot, nearest)
    return Way(spot.number, spot.label, nearest.name, int(round(distance, -1)), minutes(distance), spot.link)


def _rings(plane: _Plane) -> tuple[tuple[float, int], ...]:
    """Circles of so many minutes on foot around a single place, in pixels."""
    return tuple(
        (round(ring * METRES_PER_MINUTE / DETOUR * plane.pixels, 1), ring)
        for ring in RINGS
        if 40 < ring * METRES_PER_MINUTE / DETOUR * plane.pixels < HEIGHT / 2 + 40
    )


def _line(spot: Spot, known: Sequence[Mark], shown: Sequence[Mark], plane: _Plane) -> tuple[Box, ...]:
    """A dotted line from the nearest landmark."""
    if not known or not shown:
        return ()
    nearest = shown[0]
    return ((*plane.at(nearest.latitude, nearest.longitude), *plane.at(spot.latitude, spot.longitude)),)
