"""Cards of services on paper: every language, the state of a translation, hours, and nothing but the entry."""

import io
from datetime import date, time

import pypdf
import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.models import (
    Accessibility,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceText,
)
from stafette.directory.papers import card_sheet, cards_of, cards_pdf, hours_lines, services_for_cards
from stafette.directory.papers.words import documents, texts
from stafette.directory.tests.factories import LocationFactory, ServiceAtLocationFactory, ServiceFactory
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.web.sheets import LANGUAGES

SENDER = "Willkommenszentrum Leipzig\nOtto-Schill-Straße 2, 04109 Leipzig\n030 23125 100"
BULGARIAN = {
    "name": "Консултация за мигранти",
    "summary": "Помагаме ви с документи, работа и жилище.",
    "fees": "без такса",
}


@pytest.fixture
def service(db):
    with as_owner():
        place = ServiceAtLocationFactory(
            service=ServiceFactory(
                code="mbe", name="Migrationsberatung für Erwachsene", summary="Wir helfen bei Papieren und Arbeit.",
                organization__name="Verein Brücke e. V.", organization__code="bruecke", is_free=True,
                languages=["de", "bg", "ar"], assured_at=today(), minimum_age=27,
                website="https://www.bruecke-beratung-leipzig.example/angebote/migrationsberatung",
                application_process="Bitte rufen Sie vorher an.",
            ),
            location=LocationFactory(
                name="Haus der Beratung", address_1="Georg-Schumann-Straße 171", postal_code="04159",
                transportation="Straßenbahn 10 und 11, Haltestelle Georg-Schumann-Straße",
                latitude=51.36, longitude=12.35,
            ),
        )  # fmt: skip
        one = place.service
        Schedule.objects.create(service=one, byday="MO,TU,WE,TH", opens_at=time(9), closes_at=time(12))
        Schedule.objects.create(service=one, byday="TU", opens_at=time(14), closes_at=time(17, 30),
                                attending="appointment")  # fmt: skip
        Phone.objects.create(service=one, number="030 23125 171")
        RequiredDocument.objects.create(service=one, document="Ausweis oder Pass")
        RequiredDocument.objects.create(service=one, document="Ablehnung der Bank", position=1)
        Accessibility.objects.create(location=place.location, kind="step_free")
    return one


def translate(service, **more):
    values = {"language": "bg", "state": "approved", "approved_on": today(), **BULGARIAN, **more}
    with as_owner():
        return ServiceText.objects.create(service=service, made_for=service.german_digest, **values)


def read(service, language, count=1):
    with as_owner():
        rows = services_for_cards([service.code])
        return rows[0], cards_pdf(rows * count, language, SENDER)


def words_of(pdf):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_is_a_tagged_page_in_every_language(service, language):
    _row, pdf = read(service, language)

    document = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(document.pages) == (2 if language == "ls" else 1)  # Leichte Sprache is set in larger letters
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in pdf.replace(b" ", b"") or "pdfuaid" in str(
        document.xmp_metadata.rdf_root.toxml()
    )
    code = "de" if language == "ls" else language
    assert document.trailer["/Root"]["/Lang"] == code
    assert "030 23125 171" in words_of(pdf)


def test_every_language_has_every_word():
    german = texts("de")
    for code in LANGUAGES:
        words = texts(code)
        assert set(words) == set(german), code
        for part in ("hours_words", "access_words", "language_names"):
            assert set(words[part]) == set(german[part]), (code, part)
    assert all(set(LANGUAGES) - {"de"} <= set(one) for one in documents().values())


def test_bulgarian_card_speaks_bulgarian_and_keeps_the_german_name(service):
    translate(service)

    row, pdf = read(service, "bg")

    said = words_of(pdf)
    assert card_sheet(row, "bg", SENDER).title == "Консултация за мигранти"
    for words in ("Пн–Чт: 9:00–12:00 ч.", "Работно време", "безплатно", "немски, български, арабски",
                  "лична карта или паспорт", "от 27 години нагоре", "без стъпала",
                  "Migrationsberatung für Erwachsene", "Otto-Schill-Straße 2"):  # fmt: skip
        assert words in said, words
    assert "Вт: 14:00–17:30 ч. (само с уговорен час)" in said.replace("\n", " ")


def test_what_is_not_translated_stands_in_german_with_a_mark(service):
    row, pdf = read(service, "bg")

    sheet = card_sheet(row, "bg", SENDER)
    assert sheet.title == "Migrationsberatung für Erwachsene (на немски)"
    assert sheet.lead.endswith("(на немски)")
    assert "Ablehnung der Bank (на немски)" in words_of(pdf)


def test_translation_of_an_earlier_wording_or_a_draft_is_not_printed(service):
    text = translate(service)
    with as_owner():
        Service.objects.filter(pk=service.pk).update(summary="Wir helfen jetzt anders.")
    assert "на немски" in card_sheet(read(service, "bg")[0], "bg", SENDER).title

    with as_owner():
        service.refresh_from_db()
        ServiceText.objects.filter(pk=text.pk).update(
            made_for=service.german_digest, state="draft", approved_on=None
        )
    assert "на немски" in card_sheet(read(service, "bg")[0], "bg", SENDER).title


def test_several_services_share_pages_and_none_gives_no_sheet(service):
    row, pdf = read(service, "bg", count=3)

    assert cards_of([], "bg", SENDER) == []
    assert len(cards_of([row, row], "bg", SENDER)) == 2
    assert len(cards_of([row, row, row], "bg", SENDER)) == 1
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2


def test_who_handed_it_out_stands_on_the_page_of_the_last_card(service):
    row, _pdf = read(service, "bg")

    sections = cards_of([row] * 3, "bg", SENDER)[0].sections
    assert len(sections) == 3 and sections[-1].whole
    assert sections[-1].blocks[-1].items[0][1] == SENDER.split("\n")
    assert len(cards_of([row] * 3, "bg", "")[0].sections) == 3


def test_a_price_is_said_once_and_both_columns_are_used(service):
    with as_owner():
        Service.objects.filter(pk=service.pk).update(fees="kostenlos")
    row, _pdf = read(service, "de")

    columns = card_sheet(row, "de", SENDER).sections[0].blocks[0]
    facts = [
        (label, list(lines))
        for block in columns.right
        if block.kind == "details"
        for label, lines, _ in block.items
    ]
    assert dict(facts)["Kosten"] == ["kostenlos"]
    height = [
        sum(1 + len(getattr(one, "items", [])) for one in side) for side in (columns.left, columns.right)
    ]
    assert min(height) * 3 > max(height)


def test_card_alone_draws_the_way_and_says_what_the_drawing_shows(service):
    row, pdf = read(service, "bg")

    drawn = [
        one for part in card_sheet(row, "bg", SENDER).sections for one in part.blocks if one.kind == "picture"
    ]
    assert [one.alt for one in drawn] == ["Скица: пътят до Georg-Schumann-Straße 171, 04159 Leipzig"]
    assert "Как да стигнете" in words_of(pdf)
    assert not [
        part for part in card_sheet(row, "bg", SENDER, sketch=lambda _row: "").sections if part.heading
    ]


def test_full_and_stale_services_say_so(service):
    with as_owner():
        Service.objects.filter(pk=service.pk).update(room="full", assured_at=None)

    said = words_of(read(service, "en")[1])

    assert "no free places" in said and "Please call first." in said and "Details checked" not in said


def test_ended_service_is_not_printed_any_more(service):
    with as_owner():
        Service.objects.filter(pk=service.pk).update(status="defunct")
        assert services_for_cards(["mbe"]) == []


def test_hours_in_words_of_the_language():
    def rule(**values):
        base = {"byday": "MO", "opens_at": time(9), "closes_at": time(12), "freq": "WEEKLY"}
        return Schedule(**base | values)

    assert hours_lines([rule(byday="MO,TU,WE,FR")], "de") == ["Mo–Mi, Fr: 9–12 Uhr"]
    assert hours_lines([rule(), rule(opens_at=time(13), closes_at=time(15, 30))], "uk") == [
        "Пн: 9:00–12:00, 13:00–15:30"
    ]
    assert hours_lines([rule(byday="MO,TU,WE")], "ar") == ["من الاثنين إلى الأربعاء: من 9:00 إلى 12:00"]
    assert hours_lines([rule(byday="1MO", freq="MONTHLY")], "en") == ["Mon (no. 1 in the month): 9:00–12:00"]
    assert hours_lines([rule(byday="-1FR", freq="MONTHLY")], "tr") == ["ayın son Cum: 9:00–12:00"]
    assert hours_lines([rule(interval=2, attending="phone")], "pl") == [
        "pn.: 9:00–12:00 (przez telefon, co 2 tygodnie)"
    ]
    assert hours_lines([rule(valid_to=date(2026, 1, 1))], "ro", day=date(2026, 2, 1)) == []
    closed = [{"from": "2026-12-24", "to": "2027-01-01", "closed": True}]
    assert hours_lines([rule(exceptions=closed)], "en", day=date(2026, 12, 1))[1] == (
        "Closed: 24.12.2026–01.01.2027"
    )
    assert hours_lines([Schedule(description="n. V.", attending="appointment")], "bg") == [
        "Само с уговорен час"
    ]


def test_card_names_the_unit_and_nobody_else(service):
    with as_owner():
        unit = UnitFactory(name="Willkommenszentrum")
    row, _pdf = read(service, "en")

    sheet = card_sheet(row, "en", unit.name)

    assert sheet.sender == "Willkommenszentrum" and str(row.pk) not in str(sheet)
