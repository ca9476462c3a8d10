"""Pages that may be kept: by browsers, by proxies, by ourselves; and that are made anew when the directory changes."""

import gzip

import brotli
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stafette.directory.models import Service
from stafette.portal import public
from stafette.portal.queries import stamp

ORIGIN = "https://www.stadt.example"


@pytest.fixture
def page(service):
    return reverse("portal:service", args=["de", "kitaberatung"])


def test_a_known_page_is_not_sent_again(client, page):
    first = client.get(page)
    again = client.get(page, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304 and not again.content
    assert again["Cache-Control"] == first["Cache-Control"] and "max-age=60" in again["Cache-Control"]
    assert not again.cookies


def test_a_change_of_an_entry_is_seen_at_once(client, page, service):
    first = client.get(page)
    Service.objects.get(pk=service.pk).save()  # as commands do: the time of the change moves
    Service.objects.filter(pk=service.pk).update(summary="Neu und anders")
    stamp.ask_again()
    again = client.get(page, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 200 and "Neu und anders" in again.content.decode()


def test_a_kept_page_costs_one_question(client, page):
    client.get(page)
    stamp.ask_again()
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    statements = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(statements) == 1 and "directory_entryversion" in statements[0]


def test_pages_come_packed(client, page):
    plain = client.get(page).content
    for form, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        answer = client.get(page, HTTP_ACCEPT_ENCODING=form)
        assert answer["Content-Encoding"] == form and unpack(answer.content) == plain
        assert len(answer.content) < len(plain) / 2.5
        assert "Accept-Encoding" in answer["Vary"]


def test_the_memory_is_bounded(client, town, monkeypatch):
    monkeypatch.setattr(public, "ROOM", 3)
    for number in range(6):
        client.get(reverse("portal:note", args=["de"]), {"x": number})
    assert len(public._kept) == 3
    client.get(reverse("portal:note", args=["de"]), {"x": "y" * 500})
    assert not any("yyy" in key for key in public._kept)


def test_the_memory_is_bounded_in_bytes(client, town, monkeypatch):
    page = len(client.get(reverse("portal:note", args=["de"])).content)
    monkeypatch.setattr(public, "MOST_BYTES", page * 9)
    for number in range(12):
        client.get(reverse("portal:note", args=["de"]), {"x": number})
    assert 1 < sum(len(one.body) for one in public._kept.values()) <= page * 9
    assert len(public._kept) < 12
    monkeypatch.setattr(public, "MOST_BYTES", page)
    public.forget()
    client.get(reverse("portal:note", args=["de"]))
    assert not public._kept, "what would fill the memory alone is not kept"


def test_invented_queries_are_the_same_page(client, page, settings):
    settings.STAFETTE_EMBED_ORIGINS = [ORIGIN]
    for number in range(5):
        client.get(page, {"x": number})
    assert list(public._kept) == [page]
    client.get(page, {"einbetten": "1", "x": "1"})
    assert len(public._kept) == 2, "the bare frame is a page of its own"


def test_no_site_may_frame_the_pages_unless_it_is_named(client, page, settings):
    settings.STAFETTE_EMBED_ORIGINS = []
    answer = client.get(page, {"einbetten": "1"})
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_named_sites_may_frame_the_bare_page_only(client, page, settings):
    settings.STAFETTE_EMBED_ORIGINS = [ORIGIN]
    whole, bare = client.get(page), client.get(page, {"einbetten": "1"})
    assert whole["X-Frame-Options"] == "DENY"
    assert "X-Frame-Options" not in bare.headers
    assert f"frame-ancestors {ORIGIN}" in bare["Content-Security-Policy"]
    html = bare.content.decode()
    assert "wg-header" not in html and "wg-header" in whole.content.decode()
    assert 'href="/wegweiser/de/themen/kindergarten/?einbetten=1"' in html, "one stays in the bare frame"


def test_the_rest_of_the_house_is_never_framed_nor_kept(client, page, settings):
    settings.STAFETTE_EMBED_ORIGINS = [ORIGIN]
    answer = client.get("/konto/login/", {"einbetten": "1"})
    assert answer["X-Frame-Options"] == "DENY" and ORIGIN not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
