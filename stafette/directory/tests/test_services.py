import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.models import Service
from stafette.kernel.testing import as_owner


@pytest.fixture
def services(db):
    with as_owner():
        for code, name, languages, is_active in (
            ("mbe", "Migrationsberatung", ["de", "bg"], True),
            ("vhs", "Volkshochschule", ["de"], True),
            ("alt", "Früherer Dienst", ["de", "bg"], False),
        ):
            Service.objects.create(code=code, name=name, languages=languages, is_active=is_active)


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
