"""The pages and files of the evaluation."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.evaluation.tests.scenes import QUARTER, count, random_contacts, topic_list

SUMMER = "?zeitraum=quartal:2026-07-01"


@pytest.fixture
def unit(db):
    return UnitFactory(name="Willkommenszentrum")


@pytest.fixture
def topics(db):
    return topic_list()


@pytest.fixture
def summer(unit, topics):
    random_contacts(unit, topics, seed=3, since=QUARTER[0], days=92, number=200)


def page(client, name, query=SUMMER):
    return client.get(reverse(f"evaluation:{name}") + query)


def test_overview_shows_each_share_with_its_base(logged_in, unit, summer):
    text = page(logged_in(Role.HEAD, unit), "index").content.decode()

    assert "n = 200" in text and "(n = 200)" in text
    assert "keine Angabe" in text
    assert "Mehrere Themen je Kontakt sind möglich" in text and "mehr als 100" in text
    assert "Stafette, anonyme Kurzkontakte" in text and "Willkommenszentrum" in text
    assert "01.07.2026 bis 30.09.2026" in text


def test_week_shows_the_load_by_hour(logged_in, unit, topics):
    for hour in (9, 9, 14):
        count(unit, topics, date(2026, 7, 6), hour=hour)
    text = page(logged_in(Role.HEAD, unit), "week").content.decode()

    assert "Am meisten los: Montag, 9–10 Uhr, 2 Kontakte" in text
    assert "st-heat__4" in text and "st-heat__0" in text


def test_empty_period_says_what_to_do(logged_in, unit, db):
    client = logged_in(Role.HEAD, unit)

    for name in ("index", "week", "compare", "public"):
        assert page(client, name, "").status_code == 200
    assert "Wählen Sie einen anderen Zeitraum" in page(client, "index", "").content.decode()


def test_free_period_needs_both_days_in_order(logged_in, unit, summer):
    client = logged_in(Role.HEAD, unit)

    assert page(client, "index", "?zeitraum=frei&von=01.08.2026").status_code == 422
    assert page(client, "index", "?zeitraum=frei&von=02.08.2026&bis=01.08.2026").status_code == 422
    good = page(client, "index", "?zeitraum=frei&von=01.08.2026&bis=15.08.2026")
    assert good.status_code == 200 and "01.08.2026 bis 15.08.2026" in good.content.decode()


def test_head_cannot_ask_for_another_unit(logged_in, unit, summer, topics):
    other = UnitFactory(name="Andere Stelle")
    count(other, topics, date(2026, 8, 3))
    answer = page(logged_in(Role.HEAD, other), "index", f"{SUMMER}&stelle={unit.pk}")

    assert "n = 1" in answer.content.decode() and "n = 200" not in answer.content.decode()


def test_coordination_adds_units_up_and_picks_one(logged_in, unit, topics):
    other = UnitFactory(name="Zweite Stelle")
    count(unit, topics, date(2026, 8, 3))
    count(other, topics, date(2026, 8, 3))
    client = logged_in(Role.COORDINATION, UnitFactory())

    assert "n = 2" in page(client, "index").content.decode()
    assert "n = 1" in page(client, "index", f"{SUMMER}&stelle={other.pk}").content.decode()


@pytest.mark.parametrize(
    "name", ["index", "week", "compare", "public", "xlsx", "csv", "public_xlsx", "public_csv"]
)
@pytest.mark.parametrize("role", [Role.COUNTER, Role.DESK, Role.EDITOR, Role.PARTNER])
def test_nobody_else_gets_a_page_or_a_file(logged_in, unit, name, role):
    assert page(logged_in(role, unit), name).status_code == 403


def test_every_sheet_of_the_workbook_says_what_it_counts(logged_in, unit, summer):
    answer = page(logged_in(Role.HEAD, unit), "xlsx")
    book = load_workbook(io.BytesIO(answer.content))

    assert "kurzkontakte-intern-2026-07-01" in answer["Content-Disposition"]
    assert {"Themen", "Sprachen", "Ergebnisse", "Wochentag und Stunde", "Themen im Vergleich"} <= set(
        book.sheetnames
    )
    for sheet in book.worksheets[1:]:
        names = {row[0].value for row in sheet.iter_rows()}
        assert {
            "Definition",
            "Zähleinheit",
            "Stellen",
            "Zeitraum",
            "Stand",
            "Datenquelle",
            "Fassung der Definition",
        } <= names
    total = [row for row in book["Sprachen"].iter_rows(values_only=True) if row[0] == "Alle Kontakte"]
    assert total[0][:3] == ("Alle Kontakte", 200, 1)


def test_csv_has_the_facts_on_every_line_and_no_formula(logged_in, unit, topics):
    count(unit, topics, date(2026, 8, 3), services=["=SUM(A1)"])
    answer = page(logged_in(Role.HEAD, unit), "csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    assert all(row["Datenquelle"] and row["Stand"] and row["Fassung der Definition"] for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    [line] = [
        row
        for row in rows
        if row["Tabelle"] == "Sprachen" and row["Zeile"] == "Bulgarisch" and row["Spalte"] == "Kontakte"
    ]
    assert line["Wert"] == "1"


def test_what_is_published_holds_no_small_number(logged_in, unit, summer):
    client = logged_in(Role.HEAD, unit)
    book = load_workbook(io.BytesIO(page(client, "public_xlsx").content))

    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=2, values_only=True):
            if row[0] is None:
                break
            counts = row[1:] if sheet.title == "Wochentag und Stunde" else row[1:2]
            assert not any(isinstance(cell, int) and 0 < cell < 5 for cell in counts), (sheet.title, row)
    assert "×" in page(client, "public").content.decode()


@pytest.mark.parametrize("period", ["schuljahr:2025-08-01", "monat:2026-07-01", "quartal:2026-10-01", "frei"])
def test_only_ended_whole_quarters_are_published(logged_in, unit, summer, period):
    query = f"?zeitraum={period}&von=01.07.2026&bis=05.07.2026"
    answer = page(logged_in(Role.HEAD, unit), "public", query)

    assert answer.status_code == 422
    assert "01.07.2026 bis 30.09.2026" in answer.content.decode()  # falls back to the last quarter


def test_no_answer_about_the_list_changes_is_lost(logged_in, unit):
    old = topic_list(1, ["work", "rent", "dogs"])
    new = topic_list(2, ["work", "housing", "cats"], {"rent": "housing"})
    count(unit, old, date(2026, 5, 4), topics=["rent"])
    count(unit, new, date(2026, 8, 4), topics=["housing"])
    text = page(logged_in(Role.HEAD, unit), "compare").content.decode()

    assert "Umbenannt: früher „rent (de)“, jetzt „housing (de)“." in text
    assert "Neu: „cats (de)“" in text and "Weggefallen: „dogs (de)“" in text
