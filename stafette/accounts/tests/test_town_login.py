"""The town's login (OIDC) opens accounts that exist, by a verified address, and makes none."""

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import RequestFactory, override_settings

from stafette.accounts.models import User
from stafette.accounts.tests.factories import MembershipFactory, UserFactory

TOWN = {"openid_connect": {"APPS": [{
    "provider_id": "town", "name": "Stadt", "client_id": "x", "secret": "y",
    "settings": {"server_url": "https://login.stadt.example"},
}]}}  # fmt: skip


@pytest.fixture
def request_of_nobody(db):
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/")
    for middleware in (SessionMiddleware, MessageMiddleware):
        middleware(lambda request: None).process_request(request)
    request.user = AnonymousUser()
    return request


def arrive(request, email, *, verified=True):
    """Come back from the town's login with this address."""
    account = SocialAccount(provider="town", uid="1", extra_data={})
    addresses = [EmailAddress(email=email, verified=verified, primary=True)]
    login = SocialLogin(account=account, user=User(email=email, label=""), email_addresses=addresses)
    with override_settings(SOCIALACCOUNT_PROVIDERS=TOWN), request_context(request):
        return complete_social_login(request, login)


def test_a_verified_address_opens_the_account(request_of_nobody):
    user = MembershipFactory(user__email="clearing1@stadt.example").user
    arrive(request_of_nobody, "clearing1@stadt.example")
    assert request_of_nobody.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("verified", [True, False])
def test_an_unknown_address_gets_no_account(request_of_nobody, verified):
    arrive(request_of_nobody, "fremd@stadt.example", verified=verified)
    assert "_auth_user_id" not in request_of_nobody.session
    assert not User.objects.filter(email="fremd@stadt.example").exists()


def test_an_address_that_is_not_verified_opens_nothing(request_of_nobody):
    UserFactory(email="clearing1@stadt.example")
    arrive(request_of_nobody, "clearing1@stadt.example", verified=False)
    assert "_auth_user_id" not in request_of_nobody.session


def test_a_locked_account_stays_closed(request_of_nobody):
    UserFactory(email="clearing1@stadt.example", is_active=False)
    arrive(request_of_nobody, "clearing1@stadt.example")
    assert "_auth_user_id" not in request_of_nobody.session


def test_no_provider_is_offered_until_settings_name_one():
    assert settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] == []
