import pytest

from stafette.referrals.tests.conftest import browse, town  # noqa: F401
from stafette.rights.tests.scenes import make_story


@pytest.fixture
def story(town):  # noqa: F811
    return make_story(town)
