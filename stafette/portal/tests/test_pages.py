"""The public pages: what they show, what they never show, and that they know nobody."""

import json
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from stafette.directory.models import Service, ServiceText
from stafette.kernel.clock import today, travel
from stafette.materials.tests.factories import InfoSheetFactory, SheetVersionFactory
from stafette.portal.languages import NAMES
from stafette.portal.queries import stamp
from stafette.portal.templatetags.portal_tags import with_calls
from stafette.portal.words import check

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)
PLAIN = ("home", "topics", "search", "needs", "sheets", "folder", "emergency", "note", "help", "accessibility",
         "privacy", "imprint", "feedback")  # fmt: skip


def url(name, language="de", *args):
    return reverse(f"portal:{name}", args=[language, *args])


def test_every_language_has_all_words():
    assert check() == []


@pytest.mark.parametrize("language", NAMES)
def test_every_page_is_there_in_every_language_without_a_cookie(client, town, language):
    for name in PLAIN:
        check_page(client.get(url(name, language)), name, language)


def check_page(answer, name, language):
    assert answer.status_code == 200
    assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")
    html = answer.content.decode()
    tag = "de" if language == "ls" else language
    assert f'<html lang="{tag}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert html.count("<h1") == 1 and 'href="#inhalt"' in html
    for other, own_name in NAMES.items():
        assert f'href="{url(name, other)}"' in html and own_name in html
    assert "{time}" not in html and "{town}" not in html
    loaded = re.findall(r'(?:src|href)="(https?://[^"]*)"', html)
    assert all(one.startswith("http://127.0.0.1:8000/wegweiser/") for one in loaded)
    assert "<script" not in html.replace('<script type="application/ld+json"', "")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy


def test_the_start_leads_to_the_language_of_the_browser(client, town):
    answer = client.get("/wegweiser/", HTTP_ACCEPT_LANGUAGE="bg-BG,bg;q=0.9,de;q=0.8")
    assert answer.status_code == 302 and answer["Location"] == "/wegweiser/bg/"
    assert answer["Vary"] == "Accept-Language"
    assert client.get("/wegweiser/", HTTP_ACCEPT_LANGUAGE="ja")["Location"] == "/wegweiser/de/"


def test_a_service_says_all_one_must_know(client, service):
    with travel(MONDAY_TEN):
        html = client.get(url("service", "de", "kitaberatung")).content.decode()
    for said in ("Kita-Beratung", "Verein Beispiel", "Jetzt geöffnet bis 16:00 Uhr", "Geburtsurkunde", "Kostenlos",
                 "tel:03023125111", "Beispielstraße", "Български", "01.11.2026"):  # fmt: skip
        assert said in html, said


def test_what_is_not_translated_stands_in_german_and_says_so(client, service):
    page = url("service", "bg", "kitaberatung")
    with travel(MONDAY_TEN):
        html = client.get(page).content.decode()
        assert '<span lang="de">Kita-Beratung</span>' in html
        ServiceText.objects.create(
            service=service, language="bg", name="Консултация за детска градина", summary="Помощ при търсене.",
            state="approved", approved_on=today(), made_for=service.german_digest,
        )  # fmt: skip
        stamp.ask_again()
        html = client.get(page).content.decode()
    assert "<h1>Консултация за детска градина</h1>" in html
    assert '<div lang="de"><p>Wir suchen mit Ihnen.</p></div>' in html


def test_drafts_and_words_for_an_earlier_german_text_are_not_shown(client, service):
    text = ServiceText.objects.create(
        service=service, language="bg", name="ЧЕРНОВА", made_for=service.german_digest
    )
    assert "ЧЕРНОВА" not in client.get(url("service", "bg", "kitaberatung")).content.decode()
    text.state, text.approved_on, text.made_for = "approved", today(), "an earlier one"
    text.save()
    stamp.ask_again()
    assert "ЧЕРНОВА" not in client.get(url("service", "bg", "kitaberatung")).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "temporarily closed"}, "Zurzeit geschlossen"),
        ({"room": "full"}, "keine Plätze frei"),
        ({"room": "waiting", "waiting_weeks": 6}, "etwa 6 Wochen"),
        ({"assured_at": date(2025, 1, 1)}, "Diese Angaben sind älter"),
        ({"alert": "Am Freitag geschlossen"}, "Am Freitag geschlossen"),
    ],
)
def test_closed_full_and_stale_are_said_in_words(client, service, change, said):
    Service.objects.filter(pk=service.pk).update(**change)
    assert said in client.get(url("service", "de", "kitaberatung")).content.decode()
    assert said in client.get(url("topic", "de", "kindergarten")).content.decode()


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "، 23/11، "), ("de", ", 23.11. um "), ("tr", ", 23.11, ")]
)
def test_no_point_of_a_german_date_stands_before_a_comma(client, service, language, said):
    with travel(datetime(2026, 11, 21, 10, 0, tzinfo=BERLIN)):
        assert said in client.get(url("service", language, "kitaberatung")).content.decode()


def test_machines_read_schema_org(client, service):
    html = client.get(url("service", "de", "kitaberatung")).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert data["@type"] == "Service" and data["name"] == "Kita-Beratung"
    place = data["availableChannel"]["serviceLocation"]
    assert place["openingHoursSpecification"][0]["dayOfWeek"] == ["Monday", "Tuesday"]


def test_a_name_cannot_leave_the_block_of_data(client, service):
    Service.objects.filter(pk=service.pk).update(name="</script><script>alert(1)</script>")
    html = client.get(url("service", "de", "kitaberatung")).content.decode()
    assert "<script>alert" not in html and html.count("</script>") == 1


def test_the_search_finds_by_words_and_keeps_the_filters(client, service):
    html = client.get(
        url("search", "bg"), {"frage": "Kita", "sprache": "bg", "kostenlos": "1"}
    ).content.decode()
    assert url("service", "bg", "kitaberatung") in html
    assert '<option value="bg" lang="bg" selected>' in html
    assert "kostenlos=1" in html, "the other languages ask the same"
    html = client.get(url("search", "de"), {"frage": "Kita", "sprache": "tr"}).content.decode()
    assert url("service", "de", "kitaberatung") not in html


def test_what_makes_no_sense_in_an_address_is_left_out(client, service):
    odd = {"frage": "x\x00y", "thema": "'; drop", "sprache": "<b>", "seite": "-3", "offen": "maybe"}
    assert client.get(url("search", "de"), odd).status_code == 200
    assert client.get(url("note", "de"), {"angebot": ["../../etc", "kitaberatung"]}).status_code == 200


def test_a_note_shows_exactly_what_its_address_names(client, service):
    html = client.get(url("note", "ar"), {"angebot": "kitaberatung"}).content.decode()
    assert url("service", "ar", "kitaberatung") in html
    html = client.get(url("note", "de"), {"angebot": "kitaberatung,weg"}).content.decode()
    assert "gibt es nicht mehr" in html and "kitaberatung" in html


def test_the_card_is_a_tagged_pdf(client, service):
    answer = client.get(url("card", "bg", "kitaberatung"))
    assert answer.content.startswith(b"%PDF") and b"/StructTreeRoot" in answer.content
    assert answer["Content-Type"] == "application/pdf" and not answer.cookies


def test_leichte_sprache_stands_one_sentence_per_line(client, town):
    html = client.get(url("home", "ls")).content.decode()
    assert "Hier finden Sie Hilfe und Beratung.<br>Die Seiten kosten kein Geld.<br>" in html


def test_a_missing_page_is_told_in_the_language_of_its_address(client, town):
    answer = client.get("/wegweiser/bg/angebot/gibt-es-nicht/")
    assert answer.status_code == 404 and "Тази страница не съществува" in answer.content.decode()
    assert client.get("/wegweiser/bg/wo/").status_code == 404
    assert "Accept-Language" in client.get("/wegweiser/wo/")["Vary"]
    answer = client.get("/wegweiser/bg")
    assert answer.status_code == 301 and answer["Location"] == "/wegweiser/bg/"


def test_machines_find_all_public_pages(client, service):
    index = client.get("/wegweiser/sitemap.xml").content.decode()
    assert "/wegweiser/ar/sitemap.xml" in index
    pages = client.get("/wegweiser/ar/sitemap.xml").content.decode()
    assert "/wegweiser/ar/angebot/kitaberatung/" in pages
    robots = client.get("/wegweiser/robots.txt").content.decode()
    assert "Disallow: /wegweiser/de/suche/" in robots and "Sitemap:" in robots


@pytest.mark.parametrize(
    ("value", "dials"),
    [("112", ["112"]), ("116 117", ["116117"]), ("08000 116 016 (kostenlos)", ["08000116016"]),
     ("+49 341 23125-100, 110", ["+4934123125100", "110"]), ("(0341) 23125 / 100", ["034123125100"]),
     ("04109 Leipzig, Weg 112 a", []), ("110 Euro", []), ("9:00-12:00 Uhr", []), ("01.11.2026", []),
     ("030 23125 111 / 030 23125 222", ["03023125111", "03023125222"]), ("115 <b>", [])],
)  # fmt: skip
def test_numbers_of_a_sheet_can_be_called_and_amounts_cannot(town, value, dials):
    html = with_calls(value)
    assert re.findall(r'href="tel:([^"]*)"', html) == dials and "<b>" not in html


@pytest.mark.parametrize("language", ["de", "ar"])
def test_emergency_numbers_on_a_sheet_are_links_from_left_to_right(client, town, language):
    sheet = InfoSheetFactory(code="notruf", is_public=True)
    for one in {"de", language}:
        SheetVersionFactory(sheet=sheet, language=one, body="> Arzt: 116 117\n> Polizei: 110", published=True)
    html = client.get(url("sheet", language, "notruf")).content.decode()
    assert '<dd><bdi><a href="tel:116117"><bdi dir="ltr">116 117</bdi></a></bdi></dd>' in html
    assert 'href="tel:110"' in html


def test_the_enforcement_body_is_the_one_of_the_land(client, town):
    from stafette.accounts.models import Authority
    from stafette.kernel.testing import as_owner

    with as_owner():
        Authority.objects.filter(pk=town.authority_id).update(land="SN")
    html = client.get(url("accessibility", "en")).content.decode()
    assert "Landesbeauftragter für Inklusion" in html and '<div lang="de">' in html


def test_the_sketch_is_a_picture_of_its_own(client, service):
    assert (
        url("sketch", "ar", "kitaberatung")
        in client.get(url("service", "ar", "kitaberatung")).content.decode()
    )
    answer = client.get(url("sketch", "ar", "kitaberatung"))
    assert answer["Content-Type"] == "image/svg+xml" and answer.content.lstrip().startswith(b"<svg")
