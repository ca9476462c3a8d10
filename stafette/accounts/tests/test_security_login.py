"""Brakes at the login hold whatever the browser says it is, and whatever becomes of the request."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from stafette.accounts.middleware import ActorMiddleware
from stafette.accounts.tests.factories import MembershipFactory, UserFactory
from stafette.web.ratelimit import TooManyCalls, limited

PASSWORD = "ein-langes-Kennwort-1"


@pytest.fixture
def own_connection(db, monkeypatch):
    """The counters on a connection of their own, as the settings have it; the tests' conftest leaves it out."""
    monkeypatch.setattr(settings, "DATABASES", {**settings.DATABASES, "cache": settings.DATABASES["default"]})
    connections["cache"] = DatabaseWrapper(settings.DATABASES["default"], "cache")
    cache.clear()
    yield
    cache.clear()
    connections["cache"].close()
    del connections["cache"]


@pytest.fixture
def account(db):
    user = UserFactory.build(email="konto@musterstadt.example")
    user.set_password(PASSWORD)
    return UserFactory(email=user.email, password=user.password)


def try_login(client, account, password, **headers):
    data = {"login": account.email, "password": password}
    return client.post(reverse("account_login"), data, headers=headers)


@pytest.mark.parametrize(
    "headers", [{}, {"x-requested-with": "XMLHttpRequest"}, {"accept": "application/json"}]
)
def test_after_five_wrong_passwords_the_right_one_is_refused_too(client, account, own_connection, headers):
    for number in range(5):
        try_login(client, account, f"geraten-{number}", **headers)
    try_login(client, account, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_many_failures_for_other_accounts_do_not_make_the_login_forget(client, account, own_connection):
    for number in range(5):
        try_login(client, account, f"geraten-{number}")
    for number in range(400):
        cache.set(f"fremd-{number}", 1, 300)
    try_login(client, account, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_the_right_password_opens(client, account, own_connection):
    try_login(client, account, PASSWORD)
    assert client.session["_auth_user_id"] == str(account.pk)


def test_calls_that_end_in_an_error_count(own_connection):
    user = MembershipFactory().user
    view = limited("verweise", per_minute=3)(lambda request: HttpResponse(status=404))

    def ask():
        request = RequestFactory().get("/")
        request.user, request.htmx, request.session = user, HtmxDetails(request), {}
        return ActorMiddleware(view)(request)

    for _ in range(3):
        assert ask().status_code == 404
    with pytest.raises(TooManyCalls):  # without Django's handler around it nobody makes a page of it
        ask()


def test_behind_the_proxy_the_callers_address_counts(settings):
    from allauth.account.adapter import get_adapter

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})
    assert (
        get_adapter().get_client_ip(request) == "198.51.100.7"
    )  # what the proxy saw, not what the caller wrote
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert get_adapter().get_client_ip(request) == "127.0.0.1"


def test_messages_stay_on_the_server():
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")
