"""The public pages: what they show, what they never show, and that they know nobody."""

import json
import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from stafette.accounts.models import Town
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.models import Phone, Schedule, Service, ServiceText
from stafette.directory.tests.factories import OrganizationFactory, ServiceAtLocationFactory, ServiceFactory
from stafette.kernel.clock import today, travel
from stafette.portal import public
from stafette.portal.languages import NAMES
from stafette.portal.queries import stamp
from stafette.portal.words import check

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)
PLAIN = ("home", "topics", "search", "needs", "sheets", "folder", "emergency", "note", "help", "accessibility",
         "privacy", "imprint", "feedback")  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_kept():
    public.forget()
    stamp.ask_again()
    yield
    public.forget()


@pytest.fixture
def town(db):
    """A town, a topic, and one service that everybody may see."""
    from stafette.accounts.models import Topic
    from stafette.kernel.testing import as_owner

    unit = UnitFactory(
        name="Koordination Neustadt", phone="030 23125 100", email="koordination@stadt.example"
    )
    with as_owner():
        Town.objects.create(code="neustadt", name="Neustadt", way="Weg", coordination=unit)
        Topic.objects.get_or_create(code="kindergarten", defaults={"label": "Kita"})
    return unit


@pytest.fixture
def service(town):
    from stafette.kernel.testing import as_owner

    with as_owner():
        provider = OrganizationFactory(name="Verein Beispiel", website="https://verein.example")
        row = ServiceFactory(
            code="kitaberatung",
            name="Kita-Beratung",
            summary="Hilft bei der Suche nach einem Kita-Platz.",
            description="Wir suchen mit Ihnen.",
            organization=provider,
            topics=["kindergarten"],
            languages=["de", "bg"],
            is_free=True,
            assured_at=date(2026, 11, 1),
        )
        Schedule.objects.create(service=row, byday="MO,TU", opens_at=time(9), closes_at=time(16))
        Phone.objects.create(service=row, number="030 23125 111")
        row.documents.create(document="Geburtsurkunde")
        ServiceAtLocationFactory(service=row, location__latitude=51.34, location__longitude=12.37)
    return row


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
