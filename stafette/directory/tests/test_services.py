import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.tests.factories import ServiceFactory


@pytest.fixture
def services(db):
    for code, name, languages, status in (
        ("mbe", "Migrationsberatung", ["de", "bg"], "active"),
        ("vhs", "Volkshochschule", ["de"], "active"),
        ("alt", "Früherer Dienst", ["de", "bg"], "defunct"),
    ):
        ServiceFactory(code=code, name=name, languages=languages, status=status)


def test_services_are_found_by_language_and_word(services, logged_in):
    browser, url = logged_in(Role.COUNTER, UnitFactory()), reverse("directory:services")
    page = browser.get(url).content.decode()
    assert "Migrationsberatung" in page
    assert "Volkshochschule" in page
    assert "Früherer Dienst" not in page
    page = browser.get(url, {"language": "bg"}).content.decode()
    assert "Migrationsberatung" in page
    assert "Volkshochschule" not in page
    page = browser.get(url, {"text": "hochschule"}).content.decode()
    assert "Migrationsberatung" not in page
