from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from stafette.kernel.actor import NOBODY, Actor
from stafette.kernel.ids import new_id
from stafette.web import ratelimit
from stafette.web.ratelimit import TooManyCalls, limited


@pytest.fixture
def search(db, monkeypatch):
    cache.clear()
    monkeypatch.setattr(ratelimit, "now", lambda: datetime(2026, 1, 1, 8, 0))
    view = limited("suche", per_minute=3)(lambda request: HttpResponse("da"))

    def call(actor):
        request = RequestFactory().get("/")
        request.actor = actor
        return view(request)

    return call


def test_the_fourth_call_within_a_minute_is_refused_and_the_next_minute_is_free(search, monkeypatch):
    actor = Actor(id=new_id(), label="Konto")
    for _ in range(3):
        assert search(actor).status_code == 200
    with pytest.raises(TooManyCalls):
        search(actor)
    monkeypatch.setattr(ratelimit, "now", lambda: datetime(2026, 1, 1, 8, 1))
    assert search(actor).status_code == 200


def test_each_person_has_their_own_count(search):
    for _ in range(3):
        assert search(Actor(id=new_id(), label="Konto")).status_code == 200
    assert search(Actor(id=new_id(), label="Konto")).status_code == 200


def test_no_address_is_written_down_and_what_has_run_out_goes(search):
    with connection.cursor() as cursor:
        cursor.execute("insert into web_cache values ('limit:old', 'x', now() - interval '1 minute')")
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7")
    request.actor = NOBODY
    limited("offen", per_minute=3)(lambda request: HttpResponse("da"))(request)
    ratelimit.forget()
    with connection.cursor() as cursor:
        cursor.execute("select cache_key from web_cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert any("limit:" in key for key in keys) and "limit:old" not in keys
    assert not any("198.51" in key or "offen" in key for key in keys)


def test_a_count_is_kept_as_long_as_it_says_however_often_it_is_counted(search):
    with connection.cursor() as cursor:
        for _call in range(3):
            ratelimit.count_up("count", kept=3600)
            cursor.execute("select expires - now() from web_cache where cache_key like '%count'")
            (left,) = cursor.fetchone()
            assert timedelta(minutes=59) < left < timedelta(minutes=61)
