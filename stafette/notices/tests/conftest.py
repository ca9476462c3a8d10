import pytest

from stafette.notices.tests.scenes import Scene, make_scene


@pytest.fixture
def scene(db) -> Scene:
    return make_scene()
