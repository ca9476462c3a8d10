"""The sketch of the way: true distances, everything inside, the same to be read."""

from xml.etree import ElementTree

import pytest

from stafette.accounts.models import Landmark
from stafette.directory.sketch import HEIGHT, LETTER, WIDTH, Mark, Spot, draw, metres, minutes, svg, way_to
from stafette.directory.tests.factories import LocationFactory, ServiceAtLocationFactory, ServiceFactory
from stafette.kernel.testing import as_owner

STATION = Mark("Hauptbahnhof", 51.3455, 12.3821, "station")
TOWN_HALL = Mark("Neues Rathaus", 51.3364, 12.3710, "town_hall")
SPOT = Spot(1, "Beratung", 51.3400, 12.3750, "#treffer-1")


def test_distances_are_true():
    assert metres(STATION, TOWN_HALL) == pytest.approx(1273, rel=0.01)
    assert minutes(800) == 13
    assert minutes(3) == 1


def test_north_is_up_and_east_is_right():
    sketch = draw([SPOT, Spot(2, "Nord-Ost", 51.36, 12.42)], [])
    one, other = sketch.signs
    assert other.x > one.x
    assert other.y < one.y


@pytest.mark.parametrize("far", [(51.34001, 12.37501), (51.39, 12.50), (51.25, 12.20), (50.0, 10.0)])
def test_everything_is_inside(far):
    sketch = draw([SPOT, Spot(2, "Anderes", *far)], [STATION, TOWN_HALL])
    for one in (*sketch.signs, *sketch.landmarks):
        assert 0 <= one.x <= WIDTH
        assert 0 <= one.y <= HEIGHT
    assert sketch.scale_px <= WIDTH / 4 + 1


@pytest.mark.parametrize("at", [(51.3457, 12.40), (51.3455, 12.36), (51.36, 12.3821), (51.33, 12.3821)])
def test_no_name_is_written_across_the_way(at):
    sketch = draw([Spot(1, "Beratung", *at)], [STATION])
    x1, y1, x2, y2 = sketch.lines[0]
    name = sketch.landmarks[0]
    wide = LETTER * len(name.name)
    left = name.text_x - {"start": 0, "end": wide, "middle": wide / 2}[name.anchor]
    for n in range(5, 100):
        x, y = x1 + (x2 - x1) * n / 100, y1 + (y2 - y1) * n / 100
        assert not (left < x < left + wide and name.text_y - 11 < y < name.text_y + 4)


def test_places_that_would_cover_each_other_share_a_sign():
    sketch = draw([SPOT, Spot(2, "Gleiches Haus", SPOT.latitude, SPOT.longitude)], [STATION])
    assert [sign.text for sign in sketch.signs] == ["1, 2"]
    assert len(sketch.ways) == 2


def test_the_list_says_what_the_drawing_shows():
    way = draw([SPOT], [STATION, TOWN_HALL]).ways[0]
    assert way.landmark == "Neues Rathaus"
    assert way.metres == 490
    assert way.minutes == 8
    assert "8 Minuten zu Fuß ab Neues Rathaus" in way.text


def test_the_drawing_is_sound_and_escapes_names():
    text = svg(draw([Spot(1, 'Amt "A" & <B>', 51.34, 12.37, "#x")], [STATION], title="<b>"))
    root = ElementTree.fromstring(text)  # noqa: S314 - our own drawing
    names = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert {"title", "desc", "a", "text", "rect"} <= names
    assert " style=" not in text
    assert "<b>" not in text


def test_without_coordinates_there_is_none():
    assert draw([], [STATION]) is None
    assert svg(None) == ""


def test_the_way_to_a_service(db):
    with as_owner():
        Landmark(code="hbf", name="Hauptbahnhof", kind="station", latitude=51.3455, longitude=12.3821).save()
    service = ServiceFactory()
    assert way_to(service) == ""
    location = LocationFactory(latitude=51.34, longitude=12.37)
    ServiceAtLocationFactory(service=service, location=location)
    assert "Hauptbahnhof" in way_to(service)
