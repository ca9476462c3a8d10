import pytest

from stafette.referrals.tests.factories import make_town, user_of


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def browse(client):
    """Log somebody of the town in: browse(town.clerk)."""

    def log_in(actor):
        client.force_login(user_of(actor), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in
