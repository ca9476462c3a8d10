"""A route that the flow rules forbid is refused before anybody tries to use it."""

from pathlib import Path

from stafette.blueprints.schema import check

TEXT = (Path(__file__).parents[3] / "blueprints" / "weissenfels.toml").read_text()


def errors_of(old, new):
    assert old in TEXT
    return [error for error in check(TEXT.replace(old, new, 1)).errors if "Von „" in error.message]


def test_names_do_not_travel_with_a_hint_about_a_building():
    [error] = errors_of('categories = ["address", "count_at_address"]', 'categories = ["address", "core"]')
    assert error.field == "route[ueberbelegung]"
    assert "core" in error.message
    assert "Streichen" in error.message


def test_a_route_that_needs_consent_must_name_its_words():
    old = 'categories = ["core", "contact", "address", "language", "family", "needs"]\nconsent = "weitergabe"'
    found = errors_of(old, old.splitlines()[0])
    assert found
    assert all("Einwilligung" in error.message for error in found)
    assert {error.field for error in found} == {"route[familie]"}


def test_nothing_travels_to_the_coordination():
    [error] = errors_of(
        'from = ["clearing"]\nto = "stadtteilzentrum"', 'from = ["clearing"]\nto = "koordination"'
    )
    assert error.field == "route[bleiben]"
    assert "geht das nicht" in error.message


def test_the_sentence_names_both_units():
    [error] = errors_of('categories = ["address", "count_at_address"]', 'categories = ["core"]')
    assert "Von „clearing“ an „wohnraumkontrolle“" in error.message
