"""Lists of arrivals in every shape: what is read, what is refused and with which words."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest

from stafette.arrivals import reading
from stafette.arrivals.reading.rows import Row
from stafette.arrivals.tests.nasty import (
    ENGLISH,
    GERMAN,
    PEOPLE,
    csv_bytes,
    ods_bytes,
    plain_rows,
    xlsx_bytes,
)
from stafette.kernel.errors import BadInput

ON = date(2022, 12, 1)


def rows_of(data: bytes, **options: str) -> list[Row]:
    return reading.read(reading.look_at(data, **options), on=ON).rows  # type: ignore[arg-type]


def assert_same_people(rows: list[Row]) -> None:
    found = [
        (r.family_name, r.given_names, r.birth.whole(), r.street, r.house_number, r.moved_in_on) for r in rows
    ]
    assert found == [(f, g, b, s, n, m) for f, g, b, _, _, s, n, m in PEOPLE]
    assert [r.nationalities for r in rows] == [(p[4],) for p in PEOPLE]
    assert [r.sex for r in rows] == [p[3] for p in PEOPLE]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_in_any_separator_line_end_and_unicode_is_read(separator, end, encoding):
    assert_same_people(rows_of(csv_bytes(GERMAN, plain_rows(), sep=separator, end=end, encoding=encoding)))


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", ["Müller", "Größe", "Núñez", "François"]),
        ("latin-1", ["Müller", "Weiß", "Jäger", "Çelik"]),
        ("cp1250", ["Ştefănescu", "Wiśniewski", "Łukasz", "Straßer", "Grünwald"]),
        ("iso8859-2", ["Ştefănescu", "Wiśniewski", "Łukasz", "Żółć", "Straßer"]),
        ("mac_roman", ["Müller", "Weißenfels", "Jäger", "Größe"]),
        ("cp850", ["Müller", "Weißenfels", "Jäger", "Größe"]),
        ("cp1251", ["Георгиева", "Щерев", "Иванов"]),
        ("cp1254", ["Yıldız", "Işık", "Güneş", "Müller"]),
    ],
)
def test_old_code_pages_are_told_apart_by_their_letters(encoding, names):
    rows = [[n, "Ana", "01.02.1990", "w", "154", "Röntgenweg" if encoding != "cp1251" else "Weg", "1", "01.11.2022"]
            for n in names]  # fmt: skip
    header = GERMAN if encoding != "cp1251" else ["Nachname", "Vorname", "Geburtsdatum", "Geschlecht", "Nat", "Str",
                                                  "Hnr", "Einzug"]  # fmt: skip
    assert [r.family_name for r in rows_of(csv_bytes(header, rows, encoding=encoding))] == names


def test_whole_lines_in_quotation_marks_are_unwrapped():
    lines = []
    for row in [GERMAN, *plain_rows()]:
        lines.append('"' + ";".join([row[0], *(f'""{c}""' for c in row[1:])]) + '",,,')
    assert_same_people(rows_of("\r".join(lines).encode()))


def test_ordinary_quoting_with_separators_and_line_breaks_inside_is_read():
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["Name", "DOB", "Address", "Nationality"])
    writer.writerow(["Popa, Ion", "1990-01-05", "Röntgenweg 3\n06667 Weißenfels", "Romania; Moldova"])
    (row,) = rows_of(out.getvalue().encode())
    assert (row.family_name, row.given_names, row.birth.whole()) == ("Popa", "Ion", date(1990, 1, 5))
    assert (row.street, row.house_number, row.postal_code, row.town) == (
        "Röntgenweg",
        "3",
        "06667",
        "Weißenfels",
    )
    assert row.nationalities == ("154", "146")


def test_unclosed_quotation_mark_does_not_swallow_the_file():
    rows = plain_rows() * 10
    rows[3][0] = '"Popa'
    assert len(rows_of(csv_bytes(GERMAN, rows))) == 50


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d", "%d.%m.%y", "%m/%d/%Y", "%d/%m/%Y", "%Y%m%d", "%d-%m-%Y", "%d %b %Y"]
)
def test_english_headings_and_date_forms_are_understood(form):
    assert_same_people(rows_of(csv_bytes(ENGLISH, plain_rows(form), sep=",")))


def test_title_total_empty_and_repeated_heading_rows_are_left_out():
    blank = [""] * 8
    title = ["Stadt – Einwohnermeldeamt", *[""] * 7]
    rows = [title, blank, GERMAN, *plain_rows()[:2], blank, GERMAN, *plain_rows()[2:], ["Summe", "5", *[""] * 6],
            ["Stand: 30.11.2022", *[""] * 7]]  # fmt: skip
    found = rows_of(csv_bytes(["Zuzüge November", *[""] * 7], rows))
    assert_same_people(found)
    assert [r.number for r in found] == [5, 6, 9, 10, 11]


def test_row_numbers_are_those_of_the_file():
    rows = plain_rows()
    rows[2][0] = ""
    found = rows_of(csv_bytes(GERMAN, rows))
    assert [(r.number, r.problem) for r in found if r.problem] == [(4, "no_family_name")]


@pytest.mark.parametrize(
    ("born", "problem"),
    [
        ("31.02.1990", "birth_impossible"),
        ("01.01.2199", "birth_future"),
        ("im Mai", "birth_unreadable"),
        ("05.05.1785", "birth_too_early"),
        ("13.13.1990", "birth_impossible"),
    ],
)
def test_impossible_birth_dates_are_refused_with_a_sentence_that_helps(born, problem):
    rows = plain_rows()
    rows[1][2] = born
    refused = [r for r in rows_of(csv_bytes(GERMAN, rows)) if r.problem]
    assert [(r.number, r.problem) for r in refused] == [(3, problem)]
    assert born in reading.rejection(problem, refused[0].value)
    assert "Bitte" in reading.rejection(problem, refused[0].value)


@pytest.mark.parametrize(
    ("born", "parts"),
    [("00.00.1985", (1985, None, None)), ("1985", (1985, None, None)), ("00.03.1985", (1985, 3, None)),
     ("xx.xx.1985", (1985, None, None)), ("1985-00-00", (1985, None, None)), ("03/1985", (1985, 3, None))],
)  # fmt: skip
def test_partly_known_birth_dates_stay_partly_known(born, parts):
    rows = plain_rows()
    rows[0][2] = born
    row = rows_of(csv_bytes(GERMAN, rows))[0]
    assert (row.birth.year, row.birth.month, row.birth.day, row.problem) == (*parts, "")
    assert "partial_birth_date" in row.remarks


def test_text_that_looks_like_a_formula_stays_text_and_is_remarked():
    rows = plain_rows()
    rows[0][1], rows[1][0] = "=1+1", "@SUM(A1)"
    first, second = rows_of(csv_bytes(GERMAN, rows))[:2]
    assert (first.given_names, second.family_name) == ("=1+1", "@SUM(A1)")
    assert "looks_like_formula" in first.remarks and "looks_like_formula" in second.remarks


def test_formula_without_a_value_in_a_workbook_is_kept_as_its_text():
    data = xlsx_bytes({"Zuzüge": [GERMAN, ["Formel", '=HYPERLINK("http://x","hi")', *plain_rows()[0][2:]]]})
    assert rows_of(data)[0].given_names == '=HYPERLINK("http://x","hi")'


@pytest.mark.parametrize(
    "name", ["O", "O'Connor-Śmith von der Große Straße", "Nguyễn", "X" * 180, "van der Berg"]
)
def test_odd_names_survive(name):
    rows = plain_rows()
    rows[0][0], rows[0][1] = name, ""
    row = rows_of(csv_bytes(GERMAN, rows))[0]
    assert (row.family_name, row.problem) == (name, "")
    assert "no_given_names" in row.remarks


def test_workbook_with_title_mixed_dates_and_legend_reads_the_right_sheet():
    people = [[n, f, g, (b if n % 2 else b.strftime("%d.%m.%Y")), {"w": "weiblich"}.get(s, "männlich"), c,
               f"{st} {h}, 06667 Weißenfels", datetime(m.year, m.month, m.day)]
              for n, (f, g, b, s, c, st, h, m) in enumerate(PEOPLE, 1)]  # fmt: skip
    people[0][3] = (PEOPLE[0][2] - date(1899, 12, 30)).days
    header = ["lfd. Nr.", "Familienname", "Vornamen", "geboren am", "Geschlecht", "1. Staatsangehörigkeit", "Anschrift",
              "Einzugsdatum"]  # fmt: skip
    data = xlsx_bytes(
        {"Legende": [["§ 51 BMG: Auskunftssperre"]], "Zuzüge": [["Zuzüge KW 48"], [], header, *people]},
        {"Zuzüge": ["A1:H1"]},
    )
    look = reading.look_at(data)
    assert look.grid.name == "Zuzüge"
    assert_same_people(reading.read(look, on=ON).rows)


def test_cells_merged_over_a_family_count_for_each_member():
    header = ["Haushalt", "Nachname", "Vorname", "geb.", "Anschrift", "Einzug"]
    rows = [header, ["1", "Pop", "Ana", date(1990, 1, 1), "Röntgenweg 3", date(2022, 11, 1)],
            [None, "Pop", "Ion", date(2015, 1, 1), None, None],
            ["2", "Ene", "Radu", date(1980, 1, 1), "Röntgenweg 3", date(2022, 11, 1)]]  # fmt: skip
    found = rows_of(xlsx_bytes({"A": rows}, {"A": ["A2:A3", "E2:E3", "F2:F3"]}))
    assert [r.street for r in found] == ["Röntgenweg"] * 3
    assert reading.group(found) == [0, 0, 1]


def test_ods_with_dates_numbers_and_spanned_rows_is_read():
    rows: list[list[object]] = [
        ["Zuzüge"],
        ["Surname", "Forename", "DOB", "Gender", "Citizenship", "Address", "Arrival"],
    ]
    for family, given, born, sex, nation, street, number, moved in PEOPLE:
        rows.append([family, given, born, sex, int(nation), f"{street} {number}", moved])
    rows[2][5], rows[3][5] = (rows[2][5], 2), ...
    assert_same_people(rows_of(ods_bytes(rows)))


def test_headings_never_seen_are_proposed_by_content_and_corrected_by_the_clerk():
    header = ["Feld A", "Feld B", "Feld C", "Feld D", "Feld E", "Feld F", "Feld G", "Feld H"]
    look = reading.look_at(csv_bytes(header, plain_rows() * 4))
    meanings = {c.heading: str(c.meaning) for c in look.columns}
    assert meanings["Feld C"] == "birth_date" and meanings["Feld H"] == "moved_in_on"
    assert (
        meanings["Feld D"] == "sex" and meanings["Feld E"] == "nationality" and meanings["Feld F"] == "street"
    )
    assert all(c.confidence < 0.95 for c in look.columns)
    swapped = reading.correct(look, {"felda": "given_names", "feldb": "family_name"})
    assert reading.read(swapped, on=ON).rows[0].family_name == "Vera"


def test_remembered_meanings_win_over_headings():
    data = csv_bytes(["Vorname", "Nachname", *GERMAN[2:]], plain_rows())
    look = reading.look_at(data, remembered={"vorname": "family_name", "nachname": "given_names"})
    assert_same_people(reading.read(look, on=ON).rows)


def test_file_without_any_heading_is_read_by_content():
    assert_same_people(rows_of(csv_bytes(plain_rows()[0], plain_rows()[1:])))


def test_heading_of_two_rows_is_joined():
    group = ["Person", "", "Geburt", "", "Zuzug", ""]
    header = ["Familienname", "Vornamen", "Datum", "Ort", "Datum", "aus"]
    rows = [["Pop", "Ana", "01.02.1990", "Iași", "05.11.2022", "Rumänien"]] * 3
    row = rows_of(csv_bytes(group, [header, *rows]))[0]
    assert (row.birth.whole(), row.moved_in_on, row.came_from) == (
        date(1990, 2, 1),
        date(2022, 11, 5),
        "Rumänien",
    )
    assert row.town == ""


def test_children_stay_with_their_guardian_and_strangers_apart():
    header = ["Nachname", "Vorname", "Geburtsdatum", "Straße", "Hausnummer", "Einzug", "Ges. Vertreter"]
    rows = [
        ["Ene", "Ana", "01.01.1985", "Weg", "1", "01.11.2022", ""],
        ["Pop", "Ion", "01.01.2015", "Weg", "1", "09.11.2022", "Ene, Ana"],
        ["Dinu", "Radu", "01.01.1985", "Weg", "1", "09.11.2022", ""],
    ]
    found = rows_of(csv_bytes(header, rows))
    assert reading.group(found) == [0, 0, 1]


def test_many_adults_behind_one_door_are_no_household():
    header = ["Nachname", "Vorname", "Geburtsdatum", "Straße", "Hausnummer", "Einzug"]
    rows = [[n, "Ion", f"0{i}.01.1985", "Am Güterbahnhof", "1", "01.11.2022"]
            for i, n in enumerate(["Pop", "Ene", "Dinu", "Albu", "Toma", "Suciu"], 1)]  # fmt: skip
    assert len(set(reading.group(rows_of(csv_bytes(header, rows))))) == 6


def test_address_lock_is_seen():
    header = [*GERMAN, "Auskunftssperre"]
    rows = [[*r, lock] for r, lock in zip(plain_rows(), ["§ 51", "", "nein", "x", "-"], strict=True)]
    assert [r.address_locked for r in rows_of(csv_bytes(header, rows))] == [True, False, False, True, False]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leer"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 broken", "beschädigt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "beschädigt"),
        (
            csv_bytes(["Straße", "Miete", "Fläche"], [["Röntgenweg", "300", "50"]] * 4),
            "keine Liste von Personen",
        ),
    ],
)
def test_what_cannot_be_read_says_why(data, words):
    with pytest.raises(BadInput, match=words):
        reading.look_at(data)


@pytest.mark.parametrize("unknown", [0, 1])
def test_one_name_with_an_unknown_heading_is_found_beside_the_other(unknown):
    header = [*GERMAN]
    header[unknown] = "Feld A"
    assert_same_people(rows_of(csv_bytes(header, plain_rows())))


def test_serial_numbers_of_a_text_file_are_dates():
    rows = plain_rows()
    for row, person in zip(rows, PEOPLE, strict=True):
        row[2] = str((person[2] - date(1899, 12, 30)).days)
        row[7] = str((person[7] - date(1899, 12, 30)).days)
    assert_same_people(rows_of(csv_bytes(GERMAN, rows)))


def test_guardians_are_not_taken_for_names():
    header = [f"X{n}" for n in range(9)]
    rows = [[*row, "Ioniță, Vera" if at == 1 else ""] for at, row in enumerate(plain_rows())]
    found = rows_of(csv_bytes(header, rows * 3))
    assert [r.family_name for r in found[:5]] == [p[0] for p in PEOPLE]
