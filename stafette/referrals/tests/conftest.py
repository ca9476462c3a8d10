import pytest

from stafette.referrals.tests.factories import make_town


@pytest.fixture
def town(db):
    return make_town()
