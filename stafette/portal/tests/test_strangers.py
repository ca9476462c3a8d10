"""Nothing but the public part gets out, whoever asks; nobody is known, nothing is set."""

from datetime import date

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.directory.indexing import reindex
from stafette.directory.models import EntryProposal, EntryVersion, Service, ServiceText
from stafette.directory.tests.factories import OrganizationFactory, ServiceFactory
from stafette.kernel.clock import now
from stafette.kernel.testing import as_owner
from stafette.materials.tests.factories import (
    FolderFactory,
    InfoSheetFactory,
    SheetVersionFactory,
    WorkAidFactory,
)
from stafette.portal.languages import NAMES

SECRET = "Geheimsache"


@pytest.fixture
def planted(service):
    """The same secret word in everything that is not for the public."""
    with as_owner():
        hidden_provider = OrganizationFactory(name=f"{SECRET} Träger", is_public=False)
        gone_provider = OrganizationFactory(name=f"{SECRET} Ende", is_active=False)
        common = {"topics": ["kindergarten"], "languages": ["de", "so"], "summary": SECRET}
        rows = [
            ServiceFactory(code="versteckt", name=f"{SECRET} Haus", is_public=False, **common),
            ServiceFactory(
                code="bei-versteckt", name=f"{SECRET} dort", organization=hidden_provider, **common
            ),
            ServiceFactory(code="bei-ende", name=f"{SECRET} weg", organization=gone_provider, **common),
            ServiceFactory(code="ruht", name=f"{SECRET} ruht", status="inactive", **common),
            ServiceFactory(code="vorbei", name=f"{SECRET} vorbei", status="defunct", **common),
        ]
        ServiceText.objects.create(
            service=service, language="en", name=SECRET, made_for=service.german_digest
        )
        EntryProposal.objects.create(
            organization=service.organization, service=service, data={"name": SECRET}, note=SECRET,
            source="provider", proposed_at=now(),
        )  # fmt: skip
        EntryVersion.objects.create(
            subject_type="service", subject_id=service.pk, number=1, data={"name": SECRET}, source="desk",
            made_at=now(), made_by=SECRET,
        )  # fmt: skip
        service.contacts.create(name=SECRET)
        Service.objects.filter(pk=service.pk).update(assured_by=SECRET, extra={"note": SECRET})
        reindex([row.pk for row in [*rows, service]])
        sheets()
    return rows


def sheets():
    """Published for the counter only, drafted, drafted anew, and a work aid: all with the word; one for everybody."""
    inside = InfoSheetFactory(code="intern", is_public=False, topics=["kindergarten"])
    SheetVersionFactory(sheet=inside, title=f"{SECRET} intern", body=SECRET, published=True)
    drafted = InfoSheetFactory(code="entwurf", topics=["kindergarten"])
    SheetVersionFactory(sheet=drafted, title=f"{SECRET} Entwurf", body=SECRET)
    shown = InfoSheetFactory(code="anmeldung", topics=["kindergarten"])
    SheetVersionFactory(sheet=shown, published=True)
    SheetVersionFactory(sheet=shown, number=2, title=f"{SECRET} neu", body=SECRET)
    SheetVersionFactory(sheet=shown, language="en", title=f"{SECRET} draft", body=SECRET)
    WorkAidFactory(title=f"{SECRET} Arbeitshilfe", topics=["kindergarten"], summary=SECRET)
    folder = FolderFactory(code="arrival_folder")
    for position, sheet in enumerate((inside, drafted, shown)):
        folder.places.create(sheet=sheet, position=position)


def all_pages(language):
    plain = ("home", "topics", "needs", "sheets", "folder", "emergency", "help", "accessibility", "privacy",
             "imprint", "feedback", "pages")  # fmt: skip
    yield from (reverse(f"portal:{name}", args=[language]) for name in plain)
    yield reverse("portal:topic", args=[language, "kindergarten"])
    yield reverse("portal:service", args=[language, "kitaberatung"])
    yield reverse("portal:sheet", args=[language, "anmeldung"])
    codes = "kitaberatung,versteckt,bei-versteckt,bei-ende,ruht,vorbei"
    yield reverse("portal:note", args=[language]) + f"?angebot={codes}&blatt=intern,entwurf"
    for question in (SECRET, "Haus", "Kita"):
        yield reverse("portal:search", args=[language]) + f"?frage={question}"
    yield reverse("portal:search", args=[language]) + "?sprache=so"
    yield reverse("portal:search", args=[language]) + "?thema=kindergarten"


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_no_page_shows_what_is_not_public(client, planted, language):
    for address in all_pages(language):
        html = client.get(address).content.decode()
        said = html.replace(f'value="{SECRET}"', "").replace(f"frage={SECRET}", "")
        assert SECRET not in said, address


def test_a_draft_is_not_found_by_its_words_either(client, planted):
    html = client.get(reverse("portal:search", args=["en"]), {"frage": SECRET}).content.decode()
    assert "/angebot/kitaberatung/" not in html
    assert "/angebot/kitaberatung/" in client.get("/wegweiser/en/suche/?frage=Kita").content.decode()


@pytest.mark.parametrize("code", ["versteckt", "bei-versteckt", "bei-ende", "ruht", "vorbei"])
@pytest.mark.parametrize("name", ["service", "card", "sketch"])
def test_what_is_not_public_does_not_exist(client, planted, name, code):
    hidden = client.get(reverse(f"portal:{name}", args=["de", code]))
    unknown = client.get(reverse(f"portal:{name}", args=["de", "gibt-es-nicht"]))
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content


def test_feedback_about_what_is_not_public_names_it_not(client, planted):
    answer = client.get(reverse("portal:feedback", args=["de"]) + "?eintrag=versteckt")
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("code", ["intern", "entwurf"])
@pytest.mark.parametrize("name", ["sheet", "sheet_pdf"])
def test_sheets_for_the_counter_and_drafts_do_not_exist(client, planted, name, code):
    assert client.get(reverse(f"portal:{name}", args=["de", code])).status_code == 404


def test_the_folder_holds_public_sheets_only(client, planted):
    html = client.get(reverse("portal:folder", args=["en"])).content.decode()
    assert "/blaetter/anmeldung/" in html and "/blaetter/intern/" not in html
    assert '<span lang="de">Anmeldung</span>' in html and "In German only" in html
    assert client.get(reverse("portal:folder_pdf", args=["en"])).content.startswith(b"%PDF")
    assert client.get(reverse("portal:sheet_pdf", args=["ar", "anmeldung"])).content.startswith(b"%PDF")


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.EDITOR, Role.PARTNER])
def test_whoever_is_logged_in_is_a_stranger_here(client, logged_in, planted, town, role):
    pages = [reverse("portal:home", args=["de"]), reverse("portal:service", args=["de", "kitaberatung"])]
    before = [client.get(page).content for page in pages]
    staff = logged_in(role, town)
    from stafette.portal import public

    public.forget()
    for page, body in zip(pages, before, strict=True):
        answer = staff.get(page)
        assert answer.content == body
        assert not answer.cookies and "Cookie" not in answer.get("Vary", "")
        assert answer["Cache-Control"].startswith("public")
    assert staff.get(reverse("portal:service", args=["de", "versteckt"])).status_code == 404


def test_no_answer_touches_a_session(client, service, django_assert_max_num_queries, monkeypatch):
    from django.contrib.sessions.backends.db import SessionStore

    def refuse(*args, **kwargs):
        raise AssertionError("a public page asked for the session")

    monkeypatch.setattr(SessionStore, "load", refuse)
    monkeypatch.setattr(SessionStore, "save", refuse)
    client.cookies["sessionid"] = "x" * 32
    for language in NAMES:
        answer = client.get(reverse("portal:service", args=[language, "kitaberatung"]))
        assert answer.status_code == 200 and not answer.cookies


def test_only_reading_is_allowed(client, service):
    assert client.post(reverse("portal:service", args=["de", "kitaberatung"])).status_code == 405
    assert client.post(reverse("portal:home", args=["de"])).status_code == 405


def test_dates_are_those_of_the_last_confirmation(client, service):
    Service.objects.filter(pk=service.pk).update(assured_at=date(2026, 10, 5))
    assert "05.10.2026" in client.get(reverse("portal:service", args=["de", "kitaberatung"])).content.decode()
