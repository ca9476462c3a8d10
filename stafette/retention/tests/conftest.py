import pytest

from stafette.retention.tests.factories import make_life


@pytest.fixture(autouse=True)
def marks_of_its_own(settings, tmp_path):
    """No test sees the tombstones of another one."""
    settings.STAFETTE_TOMBSTONES = tmp_path / "tombstones.jsonl"
    settings.STAFETTE_TOMBSTONE_SECRET = "only for tests"


@pytest.fixture
def life(db):
    return make_life()
