"""Every error is explained with line, column, field and what to do; all at once."""
# ruff: noqa: E501 – the table of errors reads better in lines

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from stafette.blueprints.schema import check
from stafette.blueprints.schema.positions import positions

TEXT = (Path(__file__).parents[3] / "blueprints" / "weissenfels.toml").read_text()


def with_change(old, new, count=1):
    assert old in TEXT
    return TEXT.replace(old, new, count)


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def only_error(text):
    reading = check(text)
    assert reading.blueprint is None
    assert len(reading.errors) == 1, [str(error) for error in reading.errors]
    return reading.errors[0]


def test_the_weissenfels_blueprint_has_no_error():
    reading = check(TEXT)
    assert reading.errors == []
    assert reading.blueprint is not None
    assert {unit.kind for unit in reading.blueprint.unit} >= {
        "CL",
        "AS",
        "WK",
        "NB",
        "ST",
        "LKR",
        "DSB",
        "IT",
    }


def test_positions_know_tables_keys_and_elements():
    text = 'a = 1\n[b]\n"c d" = """x\ny"""\n[[e]]\nf = ["g", # no\n  {h = 1}]\n[[e.i]]\nk = \'l\'\n[[e]]\nf.m = 2\n'
    found = positions(text)
    assert found[("a",)] == (1, 1)
    assert found[("b", "c d")] == (3, 1)
    assert found[("e", 0, "f", 0)] == (6, 6)
    assert found[("e", 0, "f", 1, "h")] == (7, 4)
    assert found[("e", 0, "i", 0, "k")] == (9, 1)
    assert found[("e", 1, "f", "m")] == (11, 1)


def test_every_entry_of_the_file_has_a_position():
    found = positions(TEXT)
    lines = TEXT.splitlines()
    for path, (line, column) in found.items():
        assert lines[line - 1][column - 1 :], path
    assert sum(len(path) == 2 and path[0] == "route" for path in found) == TEXT.count("[[route]]")


def test_a_syntax_error_names_its_line():
    text = with_change('name = "Burgenlandkreis"', 'name = "Burgenlandkreis')
    error = only_error(text)
    assert error.line == line_of(text, 'name = "Burgenlandkreis')
    assert "TOML" in error.message


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        ('kind = "CL"', 'kind = "XX"', "unit[clearing].kind", "Möglich sind"),
        ('mandate = "registering"', 'mandate = "registring"', "unit[clearing].mandate", "Meinten Sie „registering“"),
        ("fte = 1.0", 'fte = "1.0"', "unit[clearing].post[erstkontakt].fte", "Zahl"),
        ("fte = 1.0", "fte = -1", "unit[clearing].post[erstkontakt].fte", "mindestens 0"),
        ("starts_on = 2022-07-01", 'starts_on = "2022-07-01"', "unit[clearing].starts_on", "Datum"),
        ('land = "ST"', 'land = "DE"', "authority[stadt].land", "Möglich sind"),
        ('qualification = "Vorh', 'qualifikation = "Vorh', "unit[schulteam-stadt].post[grundschulen].qualifikation",
         "Meinten Sie „qualification“"),
        ('short_name = "Clearing"\n', "", "unit[clearing]", "„short_name“ fehlt"),
        ('to = "schulteam-stadt"', 'to = "schulteam-stad"', "route[grundschulplatz].to", "Meinten Sie „schulteam-stadt“"),
        ('signpost = ["vhs"]', 'signpost = ["vhx"]', "route[sprachkurs].signpost[1]", "nicht bekannt"),
        ('coordination = "koordination"', 'coordination = "clearing"', "town.coordination", "steering"),
        ('class = "L13"', 'class = "L99"', "retention[consent].class", "rules/retention.toml"),
        ("to = 2026-12-30", "to = 2026-12-01", "closing[jahreswechsel-2026].to", "vor dem ersten"),
        ("cost_to = 850", "cost_to = 85", "unit[clearing].equipment[Dokumentenprüfgerät der Bundesdruckerei (Miete)].cost_to",
         "kleiner"),
        ('{receiver} weitergegeben', "die Stelle weitergegeben", "consent_text[weitergabe].texts.de", "fehlt {receiver}"),
        ('units = ["schulteam-stadt", "schulteam-kreis"]', 'units = ["schulteam-stadt"]', "joint_processing[schulteam].units",
         "mindestens zwei"),
        ('code = "kreis"\nname = "Bur', 'code = "Landkreis 1"\nname = "Bur', "authority[Landkreis 1].code", "Erlaubt sind"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_line(old, new, field, says):
    text = with_change(old, new)
    errors = [error for error in check(text).errors if error.field == field]
    assert errors, [str(error) for error in check(text).errors]
    assert says in errors[0].message
    if new and "\n" not in old:
        assert errors[0].line == line_of(text, new)


def test_a_receiver_without_contact_or_deputy_is_refused():
    text = with_change(
        'title = "Sozialarbeit übriges Stadtgebiet"\n  duty = "deputy"',
        'title = "Sozialarbeit übriges Stadtgebiet"',
    )
    error = only_error(text)
    assert error.field == "unit[aufsuchende]"
    assert "Vertretung" in error.message


def test_a_unit_without_contact_is_refused():
    text = with_change('title = "Administration"\n  duty = "contact"', 'title = "Administration"')
    assert "Ansprechstelle" in only_error(text).message


def test_a_finding_that_leads_nowhere_is_named():
    error = only_error(TEXT + '\n[[finding]]\ncode = "stromsperre"\nlabel = "Strom gesperrt"\n')
    assert error.field == "finding[stromsperre]"
    assert "[[route]]" in error.message


def test_a_missing_period_for_all_is_named():
    text = with_change(
        "[[period]]\nreceipt_days = 2\nanswer_days = 5",
        '[[period]]\nto = "koordination"\nreceipt_days = 2\nanswer_days = 5',
    )
    assert "ohne from, to und finding" in only_error(text).message


@pytest.mark.parametrize("title", ["Erika Mustermann", "Frau Muster", "Leitung: Dr. Muster"])
def test_a_name_of_a_person_in_a_post_is_refused(title):
    error = only_error(with_change('title = "Sachbearbeitung Erstkontakt"', f'title = "{title}"'))
    assert "Funktion" in error.message


def test_a_mailbox_of_a_person_is_refused():
    text = with_change(
        'phone = "030 23125 111"\n  email = "clearingstelle@',
        'phone = "030 23125 111"\n  email = "erika.muster@',
    )
    assert "Funktionspostfach" in only_error(text).message


def test_a_route_needs_one_goal_and_another_unit():
    two = with_change('signpost = ["vhs"]', 'signpost = ["vhs"]\nto = "koordination"\ncategories = ["core"]')
    assert any("entweder to" in error.message for error in check(two).errors)
    own = with_change(
        'from = ["clearing"]\nto = "wohnraumkontrolle"',
        'from = ["clearing", "wohnraumkontrolle"]\nto = "wohnraumkontrolle"',
    )
    assert any("an sich selbst" in error.message for error in check(own).errors)


def test_the_same_code_twice_is_refused():
    error = only_error(TEXT + '\n[[topic]]\ncode = "work"\nlabel = "Arbeit"\n')
    assert "gibt es schon" in error.message


def test_a_form_outside_the_folder_is_refused():
    assert "Ordner" in only_error(with_change("forms/ankunftsgespraech.toml", "../../etc/passwd")).message


def test_all_errors_come_at_once_in_the_order_of_the_file():
    text = with_change('kind = "CL"', 'kind = "XX"').replace('to = "schulteam-stadt"', 'to = "nirgends"')
    text = text.replace('class = "L13"', "class = 13")
    errors = check(text).errors
    assert len(errors) >= 3
    assert [error.line for error in errors] == sorted(error.line for error in errors)


def test_the_command_writes_file_line_and_column(tmp_path, capsys):
    file = tmp_path / "ort.toml"
    file.write_text(with_change('kind = "CL"', 'kind = "XX"'))
    with pytest.raises(CommandError, match="1 Fehler"):
        call_command("blueprint", "check", str(file))
    line = line_of(file.read_text(), 'kind = "XX"')
    assert f"{file}:{line}:1: unit[clearing].kind: „XX“ ist nicht vorgesehen." in capsys.readouterr().err


def test_the_documentation_is_written_from_the_fields():
    from stafette.blueprints.schema.docs import documentation

    page = Path(__file__).parents[3] / "docs" / "blaupause.md"
    assert page.read_text() == documentation(), "stafette blueprint docs docs/blaupause.md"
