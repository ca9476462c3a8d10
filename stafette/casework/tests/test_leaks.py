"""Marker words in sealed notes appear nowhere: not in any table, log, mail, error page, session, cache or list."""

import logging
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.casework import commands, queries
from stafette.casework.tests.scenes import MARKER, TITLE
from stafette.kernel.actor import Actor
from stafette.kernel.ids import new_id
from stafette.kernel.testing import as_owner
from stafette.people.access import households_visible_to

MARKERS = [MARKER, TITLE, "Nebelkrähenwort"]
FAILURE = "Das Wort war: "


@pytest.fixture(autouse=True)
def no_reason_asked(monkeypatch):
    """A file that rested is opened with a reason: that is tested elsewhere."""
    monkeypatch.setattr("stafette.audit.reading._asking", {})


@pytest.fixture
def pages(scene):
    client = Client(raise_request_exception=False)
    client.force_login(scene.author, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def dump():
    """Every table of the database as text, read by its owner past all policies: what a stolen backup holds.

    Binary columns are added as they are, so that a word in them would be found as well.
    """
    parts = []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        tables = [row[0] for row in cursor.fetchall()]
        assert {"procrastinate_jobs", "django_session", "web_cache", "audit_event"} <= set(tables)
        for table in tables:
            with cursor.copy(f'copy "{table}" to stdout') as copy:
                text = b"".join(bytes(block) for block in copy).decode()
            parts.append(text)
            parts += [
                bytes.fromhex(found).decode("utf-8", "replace")
                for found in re.findall(r"\\\\x([0-9a-f]{8,})", text)
            ]
    return "\n".join(parts)


def assert_unmarked(text, markers=MARKERS):
    for marker in markers:
        for form in (marker, marker.casefold(), marker.encode().hex(), ascii(marker)[1:-1]):
            assert form not in text, f"„{marker}“ leaked"


def fields(**more):
    return {
        "ground": "entrusted",
        "title": TITLE,
        "body": f"{MARKER} und Nebelkrähenwort",
        "person_id": "",
    } | more


def write(pages, scene):
    answer = pages.post(reverse("casework:write", args=[scene.household.pk]), fields())
    assert answer.status_code == 302
    with as_owner():
        from stafette.casework.models import SealedNote

        return SealedNote.objects.get().pk


def test_the_dump_finds_what_is_written_in_clear(scene):
    """The net itself: a marker in an ordinary column and one in a binary column are both caught."""
    note = scene.write()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("update people_household set label = 'Fischadlerprobe'")
        cursor.execute(
            "update casework_sealednote set ciphertext = %s where id = %s",
            [b"Rotmilanprobe", note.pk],
        )
    found = dump()
    assert "Fischadlerprobe" in found and "Rotmilanprobe" in found


def test_a_whole_life_leaves_no_word_in_the_database(pages, scene, caplog):
    caplog.set_level(logging.DEBUG)
    pk = write(pages, scene)
    assert MARKER in pages.get(reverse("casework:note", args=[pk])).content.decode()
    assert pages.get(reverse("casework:print", args=[pk])).content[:4] == b"%PDF"
    assert pages.post(reverse("casework:change", args=[pk]), fields(body=f"{MARKER} neu")).status_code == 302
    assert pages.post(reverse("casework:change", args=[pk]), fields(body="")).status_code == 422
    deputy = {"deputy_id": scene.colleague.pk, "is_agreed": "on", "consent_on": "1.1.2026"}
    assert pages.post(reverse("casework:deputy", args=[pk]), deputy).status_code == 302

    assert_unmarked(dump())
    assert_unmarked(caplog.text)
    assert_unmarked(str([message.message() for message in mail.outbox]))
    assert_unmarked(str(dict(pages.session.items())))
    assert all(MARKER not in str(cache.get(key)) for key in ("", MARKER))


def test_no_list_search_or_other_page_holds_a_word(pages, scene):
    write(pages, scene)
    for address in (
        reverse("casework:index"),
        reverse("people:household", args=[scene.household.pk]),
        reverse("people:person", args=[scene.person.pk]),
        reverse("people:list"),
    ):
        answer = pages.get(address)
        assert answer.status_code == 200, address
        assert_unmarked(answer.content.decode())
    found = pages.post(reverse("people:search"), {"q": "Nebelkrähenwort"}).content.decode()
    assert found.count("Nebelkrähenwort") <= 1, "only the box that was typed into"


def test_pages_with_the_text_are_kept_by_nobody(pages, scene):
    pk = write(pages, scene)
    for name in ("note", "change", "print"):
        answer = pages.get(reverse(f"casework:{name}", args=[pk]))
        assert "no-store" in answer["Cache-Control"], name


def breaks(*args, **kwargs):
    secret = f"{MARKER} {TITLE}"
    raise RuntimeError(FAILURE + secret)


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("where", ["write_note", "read_note", "change_note"])
def test_an_error_tells_its_place_and_no_word(
    pages, scene, monkeypatch, settings, caplog, capsys, debug, where
):
    pk = write(pages, scene)
    settings.DEBUG, settings.ADMINS = debug, [("Technik", "technik@musterstadt.example")]
    caplog.set_level(logging.DEBUG)
    logger, handler = logging.getLogger("django.request"), mail_handler()
    logger.addHandler(handler)
    module = queries if where == "read_note" else commands
    monkeypatch.setattr(module, where, breaks)
    try:
        answer = {
            "write_note": lambda: pages.post(reverse("casework:write", args=[scene.household.pk]), fields()),
            "read_note": lambda: pages.get(reverse("casework:note", args=[pk])),
            "change_note": lambda: pages.post(reverse("casework:change", args=[pk]), fields()),
        }[where]()
    finally:
        logger.removeHandler(handler)

    assert answer.status_code == 500
    assert_unmarked(answer.content.decode())
    assert_unmarked(caplog.text)
    said = capsys.readouterr()
    assert_unmarked(said.out + said.err)
    assert mail.outbox or debug, "the mail about the error was written, or nothing was tested"
    assert_unmarked("".join(message.message().as_string() + message.body for message in mail.outbox))
    assert "RuntimeError in" in caplog.text, "whoever repairs it must find the place"
    assert_unmarked(dump())


def mail_handler():
    from django.utils.log import AdminEmailHandler

    handler = AdminEmailHandler(include_html=True)
    handler.setLevel(logging.ERROR)
    return handler


def test_the_net_of_the_error_test_catches_a_loose_page(pages, scene, monkeypatch, settings, caplog):
    """The same failure on a page that is not quiet does leak: so the test above proves something."""
    from stafette.casework.views import sealed

    settings.DEBUG = True
    monkeypatch.setattr("stafette.web.quiet.ANSWERED", (Exception,))
    monkeypatch.setattr(commands, "write_note", breaks)
    answer = pages.post(reverse("casework:write", args=[scene.household.pk]), fields())
    assert answer.status_code == 500 and MARKER in answer.content.decode()
    assert sealed.write is not None


def test_for_others_the_page_of_the_household_is_the_same_with_and_without_a_note(scene):
    client = Client()
    client.force_login(scene.colleague, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("people:household", args=[scene.household.pk])

    def page():
        text = client.get(address).content.decode()
        return re.sub(r"[0-9a-f-]{36}|[A-Za-z0-9]{60,}", "", text)  # ids and tokens

    before = page()
    scene.write()
    assert page() == before
    assert "Anvertrautes" in before


@pytest.mark.parametrize(
    "role", [Role.TECHNICAL, Role.HEAD, Role.UNIT_ADMIN, Role.DATA_PROTECTION, Role.OUTREACH]
)
def test_no_other_role_gets_a_page_of_it(scene, role):
    note = scene.write()
    other = MembershipFactory(unit=scene.unit, role=role).user
    client = Client()
    client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")

    for name in ("note", "change", "print", "deputy"):
        answer = client.get(reverse(f"casework:{name}", args=[note.pk]))
        assert answer.status_code in (403, 404), name
        assert_unmarked(answer.content.decode())
    for name in ("delete", "withdraw"):
        assert client.post(reverse(f"casework:{name}", args=[note.pk])).status_code in (403, 404)


def test_the_page_of_keys_shows_no_key(scene, folder):
    technical = MembershipFactory(unit=scene.unit, role=Role.TECHNICAL).user
    client = Client()
    client.force_login(technical, backend="allauth.account.auth_backends.AuthenticationBackend")
    scene.write()

    page = client.get(reverse("casework:keys")).content.decode()

    assert "in Gebrauch" in page
    for file in folder.glob("*.key"):
        import json

        assert json.loads(file.read_text())["secret"] not in page
    assert_unmarked(page)
    assert not households_visible_to(Actor(new_id(), "Technik")).exists()
