"""Login end to end: password, second factor, enforcement, limits, idling."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from stafette.accounts.tests.factories import MembershipFactory

PASSWORD = "ein-langes-Passwort-2026"


@pytest.fixture
def user(db):
    user = MembershipFactory().user
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def secret(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def log_in(client, user, password=PASSWORD):
    return client.post("/konto/login/", {"login": user.email, "password": password})


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_password_then_second_factor_then_in(client, user, secret):
    answer = log_in(client, user)
    assert answer["Location"] == "/konto/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    answer = client.post("/konto/2fa/authenticate/", {"code": code_of(secret)})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_code_does_not_open(client, user, secret):
    log_in(client, user)
    wrong = "000000" if code_of(secret) != "000000" else "111111"
    client.post("/konto/2fa/authenticate/", {"code": wrong})
    assert "_auth_user_id" not in client.session


def test_a_code_works_only_once(client, user, secret):
    log_in(client, user)
    code = code_of(secret)
    client.post("/konto/2fa/authenticate/", {"code": code})
    client.logout()
    log_in(client, user)
    client.post("/konto/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_whoever_has_no_second_factor_is_led_to_set_it_up(client, user, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client, user)
    for path in ("/stellen/", "/stellen/ich/", "/"):
        assert client.get(path)["Location"].startswith("/konto/2fa/totp/activate/")
    assert not Authenticator.objects.filter(user=user).exists()


def test_with_a_second_factor_the_pages_open(client, user, secret, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client, user)
    client.post("/konto/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/stellen/").status_code == 200


def test_a_locked_account_cannot_log_in_and_is_out_at_once(client, user):
    log_in(client, user)
    assert client.get("/stellen/").status_code == 200
    user.is_active = False
    user.save()
    assert client.get("/stellen/").status_code == 302
    afresh = Client()
    log_in(afresh, user)
    assert "_auth_user_id" not in afresh.session


def test_an_unknown_address_looks_like_a_wrong_password(client, user):
    unknown = client.post("/konto/login/", {"login": "niemand@stadt.example", "password": "x"})
    wrong = log_in(client, user, password="falsch")
    assert unknown.status_code == wrong.status_code
    assert str(unknown.context["form"].errors) == str(wrong.context["form"].errors)


def test_failed_logins_are_limited(client, user):
    for _ in range(5):
        log_in(client, user, password="falsch")
    log_in(client, user)
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_from_outside(client, db):
    answer = client.post("/konto/signup/", {"email": "neu@stadt.example", "password1": PASSWORD})
    assert b"neu@stadt.example" not in answer.content
    from stafette.accounts.models import User

    assert not User.objects.filter(email="neu@stadt.example").exists()


def test_the_session_ends_after_idling_and_moves_along_with_use(client, user):
    log_in(client, user)
    client.get("/stellen/")
    assert client.session.get_expiry_age() <= settings.SESSION_COOKIE_AGE == 30 * 60
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    session = Session.objects.get(pk=client.session.session_key)
    session.expire_date = timezone.now()
    session.save()
    assert client.get("/stellen/").status_code == 302
