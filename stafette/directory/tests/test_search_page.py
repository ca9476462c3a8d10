"""The search page of those who advise: words by POST only, filters, reasons, the sketch."""

import pytest
from django.urls import reverse

from stafette.accounts.models import Topic
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.indexing import reindex
from stafette.directory.tests.factories import LocationFactory, ServiceAtLocationFactory, ServiceFactory
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner

URL = "/angebote/suche/"


@pytest.fixture
def browser(db, logged_in):
    for code, name, topic, room in (
        ("kasse", "Krankenkasse am Markt", "health_insurance", "open"),
        ("kita", "Kita-Platz finden", "kindergarten", "full"),
    ):
        service = ServiceFactory(
            code=code, name=name, topics=[topic], languages=["de"], room=room, assured_at=today()
        )
        location = LocationFactory(latitude=51.34, longitude=12.37)
        ServiceAtLocationFactory(service=service, location=location)
        reindex([service.pk])
    return logged_in(Role.COUNTER, UnitFactory())


def page(browser, **values):
    answer = browser.post(reverse("directory:search"), values)
    assert answer.status_code == 200
    return answer.content.decode()


def test_words_find_services_with_reasons_and_a_sketch(browser):
    text = page(browser, words="kitaplaz")
    assert "Kita-Platz finden" in text
    assert "Krankenkasse am Markt" not in text
    assert "Verstanden als" in text
    assert "nimmt zurzeit niemanden auf" in text
    assert "<desc" in text
    assert 'href="#treffer-1"' in text


def test_words_in_an_address_are_not_read(browser):
    text = browser.get(URL, {"words": "kita"}).content.decode()
    assert 'value="kita"' not in text
    assert "Krankenkasse am Markt" in text


def test_a_topic_in_the_address_narrows(browser):
    with as_owner():
        Topic(code="kindergarten", label="Kita").save()
    text = browser.get(URL, {"topic": "kindergarten"}).content.decode()
    assert "Kita-Platz finden" in text
    assert "Krankenkasse am Markt" not in text


def test_a_chosen_suggestion_fills_the_field(browser):
    answer = browser.post(URL, {"words": "kran", "fill": "Krankenkasse"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text
    assert 'value="Krankenkasse"' in text
    assert "hx-swap-oob" in text


def test_nothing_found_says_what_to_do(browser):
    text = page(browser, words="einbürgerung")
    assert "Dazu steht nichts im Verzeichnis" in text
    assert "?topic=naturalisation" in text


def test_a_wrong_value_is_refused(browser):
    assert browser.post(URL, {"status": "99x"}).status_code == 422


def test_the_partial_is_part_of_the_page(browser):
    partial = browser.post(URL, {"words": "kita"}, headers={"HX-Request": "true"}).content.decode()
    assert partial.strip() in page(browser, words="kita").replace("\r", "") or 'id="treffer"' in partial


def test_who_sees_no_files_of_the_house_stays_outside(client, db):
    assert client.get(URL).status_code == 302
