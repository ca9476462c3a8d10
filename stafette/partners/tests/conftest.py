import pytest

from stafette.partners.tests.scenes import Story, make_story


@pytest.fixture
def story(db) -> Story:
    return make_story()
