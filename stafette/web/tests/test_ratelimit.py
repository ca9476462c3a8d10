from datetime import datetime

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from stafette.kernel.actor import Actor
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
