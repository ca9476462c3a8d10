"""Partners in the blueprint: found by code, kept by commands with their events, ended but never deleted."""

from datetime import date
from pathlib import Path

import pytest

from stafette.accounts.models import Unit
from stafette.audit.models import Event
from stafette.blueprints.access import command_line
from stafette.blueprints.commands import apply_blueprint
from stafette.blueprints.queries import changes_of, export
from stafette.blueprints.schema import check
from stafette.kernel.errors import NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.partners.commands import add_partner, end_planned, plan_partner
from stafette.partners.models import Partner

TEXT = (Path(__file__).parents[3] / "blueprints" / "weissenfels.toml").read_text()
DOCTOR = """
[[partner]]
code = "zahnarzt"
name = "Zahnarztpraxis Beispiel"
kind = "doctor"
email = "praxis@zahnarzt.example.org"
phone = "030 23125 107"
bound_on = 2026-02-01
second_channel = true
keeper = "aufsuchende"
"""


@pytest.fixture
def applied(db):
    return apply(TEXT)


def apply(text):
    return apply_blueprint(actor=command_line(), text=text)


def with_change(old, new, text=TEXT):
    assert old in text
    return text.replace(old, new, 1)


def without(code):
    begin = TEXT.index(f'[[partner]]\ncode = "{code}"')
    return TEXT[:begin] + TEXT[TEXT.index("\n\n", begin) + 2 :]


def events(kind):
    with as_owner():
        return list(Event.objects.filter(kind=kind).order_by("at"))


def real_changes(text):
    return [change for change in changes_of(check(text).blueprint) if change.action != "kept"]


def test_the_towns_partners_are_entered_and_recorded(applied):
    assert Partner.objects.count() == TEXT.count("\n[[partner]]") == 6
    school = Partner.objects.get(code="grundschule")
    assert (school.is_public, school.unit.kind, school.keeper.code) == (True, "SCH", "clearing")
    assert list(Partner.objects.filter(second_channel=True).values_list("code", flat=True)) == ["kinderarzt"]
    assert not Partner.objects.filter(is_public=False, bound_on=None).exists()
    added = events("partner.added")
    assert {event.details["code"] for event in added} == set(Partner.objects.values_list("code", flat=True))
    assert {event.unit_id for event in added} == {Unit.objects.get(code="clearing").pk}
    assert "example.org" not in str([event.details for event in added])


def test_every_address_of_ours_is_an_example(applied):
    assert all(one.endswith(".example.org") for one in Partner.objects.values_list("email", flat=True))


def test_a_second_application_changes_nothing_and_records_nothing(applied):
    before = len(events("partner.added")), len(events("partner.changed"))
    assert apply(TEXT) is None
    assert (len(events("partner.added")), len(events("partner.changed"))) == before


def test_all_fields_come_back_from_the_export(applied):
    apply(TEXT + DOCTOR)
    text = export()
    for line in (
        'code = "zahnarzt"',
        "second_channel = true",
        "bound_on = 2026-02-01",
        'keeper = "aufsuchende"',
    ):
        assert line in text, line
    reading = check(text)
    assert reading.errors == []
    assert [change.title for change in changes_of(reading.blueprint) if change.action != "kept"] == []
    assert apply(text) is None


def test_another_address_is_shown_first_and_stands_in_the_log(applied):
    before = Partner.objects.get(code="grundschule").pk
    text = with_change(
        'email = "sekretariat@grundschule.example.org"\nphone = "030 23125 101"\npublic',
        'email = "post@grundschule.example.org"\nphone = "030 23125 101"\npublic',
    )
    [change] = real_changes(text)
    assert change.title == "Partner „Grundschule Beispielstraße“"
    assert change.lines == ["email: sekretariat@grundschule.example.org → post@grundschule.example.org"]
    apply(text)
    assert Partner.objects.get(code="grundschule").email == "post@grundschule.example.org"
    [event] = events("partner.changed")
    assert (event.subject_id, event.details["new_address"]) == (before, True)
    assert "example.org" not in str(event.details)
    apply(with_change('030 23125 101"\npublic', '030 23125 199"\npublic', text))
    assert events("partner.changed")[-1].details["new_address"] is False


def test_a_partner_taken_out_ends_but_stays_and_comes_back(applied):
    before = Partner.objects.get(code="musterfleisch").pk
    [change] = real_changes(without("musterfleisch"))
    assert (change.action, change.blocked) == ("ended", "")
    apply(without("musterfleisch"))
    assert Partner.objects.get(pk=before).ended_on is not None
    assert [event.subject_id for event in events("partner.ended")] == [before]
    assert 'code = "musterfleisch"' not in export()
    apply(TEXT)
    again = Partner.objects.get(code="musterfleisch")
    assert (again.pk, again.ended_on) == (before, None)


def by_hand(actor_with, **facts):
    unit = Unit.objects.get(code="clearing")
    actor = actor_with(Permission.PARTNER_EDIT, unit=unit)
    return add_partner(actor=actor, keeper_id=unit.pk, **facts)


def test_who_was_entered_by_hand_is_left_alone(applied, actor_with):
    partner = by_hand(actor_with, name="Sportverein", kind="charity", email="buero@verein.example.org")
    assert real_changes(TEXT) == []
    assert apply(TEXT) is None
    assert "Sportverein" not in export()
    partner.refresh_from_db()
    assert (partner.code, partner.ended_on) == (None, None)


def test_who_was_entered_by_hand_is_taken_over_under_the_same_name_and_address(applied, actor_with):
    partner = by_hand(
        actor_with, name="Zahnarztpraxis Beispiel", kind="doctor", email="praxis@zahnarzt.example.org"
    )
    apply(TEXT + DOCTOR)
    partner.refresh_from_db()
    assert (partner.code, partner.second_channel, partner.keeper.code) == ("zahnarzt", True, "aufsuchende")


def test_the_kind_of_a_partner_stays_and_nothing_else_is_changed(applied):
    text = with_change('kind = "employer"', 'kind = "landlord"').replace("030 23125 106", "030 23125 196")
    assert [change.key for change in real_changes(text) if change.blocked] == ["musterfleisch"]
    with pytest.raises(RuleBroken, match="neuen Partner mit eigenem Code"):
        apply(text)
    assert Partner.objects.get(code="hausverwaltung").phone == "030 23125 106"


def test_the_same_partner_under_another_code_is_refused(applied):
    with pytest.raises(RuleBroken, match="gibt es schon"):
        apply(with_change('[[partner]]\ncode = "musterfleisch"', '[[partner]]\ncode = "fleisch"'))
    assert Partner.objects.get(name="Musterfleisch GmbH, Personal").code == "musterfleisch"


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        ('kind = "landlord"', 'kind = "landlady"', "kind", "Meinten Sie „landlord“"),
        ('email = "post@hausverwaltung.example.org"', 'email = "hausverwaltung"', "email", "keine E-Mail-Adresse"),
        ('email = "post@hausverwaltung.example.org"', 'email = "erika.muster@haus.example.org"', "email",
         "Funktionspostfach"),
        ("030 23125 106\"\nbound_on = 2026-01-15", "030 23125 106\"\nbound_on = 2999-01-15", "bound_on", "Zukunft"),
        ("030 23125 106\"\nbound_on = 2026-01-15", "030 23125 106\"\nbound_on = \"gestern\"", "bound_on", "Datum"),
        ('code = "hausverwaltung"', 'code = "hausverwaltung"\nsecond_channel = "ja"', "second_channel",
         "true oder false"),
        ('code = "hausverwaltung"', 'code = "hausverwaltung"\nunit = "grundschul"', "unit",
         "Meinten Sie „grundschule“"),
        ('code = "hausverwaltung"', 'code = "hausverwaltung"\nunit = "clearing"', "unit", "antwortet nicht selbst"),
        ('code = "hausverwaltung"', 'code = "hausverwaltung"\nkeeper = "klaerung"', "keeper", "nicht bekannt"),
        ('code = "hausverwaltung"', 'code = "hausverwaltung"\nmail = "x"', "mail", "gibt es hier nicht"),
        ('code = "hausverwaltung"', 'code = "hausverwaltung"\nlanguage = "xx"', "language", "nicht vorgesehen"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_line(old, new, field, says):
    text = with_change(old, new)
    errors = [error for error in check(text).errors if error.field == f"partner[hausverwaltung].{field}"]
    assert errors, [str(error) for error in check(text).errors]
    assert says in errors[0].message
    assert text.splitlines()[errors[0].line - 1].split(" ")[0] == field


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        (DOCTOR + DOCTOR, "nur einmal"),
        (DOCTOR + DOCTOR.replace('"zahnarzt"', '"zahnarzt-2"'), "Namen und dieser Adresse gibt es schon"),
        (DOCTOR.replace('kind = "doctor"\n', ""), "„kind“ fehlt"),
    ],
)
def test_a_wrong_entry_is_refused(extra, says):
    assert any(says in error.message for error in check(TEXT + extra).errors)


def test_a_private_body_that_signed_nothing_is_told_so_but_not_refused():
    reading = check(TEXT + DOCTOR.replace("bound_on = 2026-02-01\n", ""))
    assert reading.errors == []
    assert ["bound_on" in notice.message for notice in reading.notices] == [True]


def test_without_a_clearing_desk_somebody_must_keep_the_entry():
    text = TEXT.replace('kind = "CL"', 'kind = "MB"')
    said = [error.field for error in check(text).errors if "keeper" in error.message]
    assert "partner[grundschule]" in said


def test_an_ending_unit_keeps_no_partner():
    text = with_change('email = "aufsuchende@burgenlandkreis.example"',
        'email = "aufsuchende@burgenlandkreis.example"\nends_on = 2026-12-31\nsuccessor = "stadtteilzentrum"',
        TEXT + DOCTOR)  # fmt: skip
    assert any(
        error.field == "partner[zahnarzt].keeper" and "Nachfolgerin" in error.message
        for error in check(text).errors
    )


def test_a_unit_with_a_partner_in_the_log_is_not_removed(applied):
    begin = TEXT.index('[[unit]]\ncode = "grundschule"')
    text = TEXT[:begin] + TEXT[TEXT.index("[[unit]]", begin + 8) :]
    text = text.replace(
        'unit = "grundschule"   # hat ein Konto: findet alle Anfragen auch auf einer Seite\n', ""
    )
    begin = text.index('[[partner]]\ncode = "grundschule"')
    ended = text[:begin] + text[text.index("\n\n", begin) + 2 :]
    with pytest.raises(RuleBroken, match="Grundschule"):
        apply(ended)
    assert Unit.objects.filter(code="grundschule").exists()


def test_commands_need_the_keepers_of_before_and_after(applied, actor_with):
    clearing, other = Unit.objects.get(code="clearing"), Unit.objects.get(code="aufsuchende")
    actor = actor_with(Permission.PARTNER_EDIT, unit=other)
    facts = {"name": "Neu", "kind": "employer", "email": "neu@firma.example.org"}
    with pytest.raises(NotAllowed):
        plan_partner(actor=actor, code="musterfleisch", keeper_id=other.pk, **facts)
    with pytest.raises(NotAllowed):
        plan_partner(actor=actor, code="firma", keeper_id=clearing.pk, **facts)
    with pytest.raises(NotAllowed):
        end_planned(actor=actor, code="musterfleisch")
    assert Partner.objects.get(code="musterfleisch").bound_on == date(2026, 1, 15)
    assert plan_partner(actor=actor, code="firma", keeper_id=other.pk, **facts).keeper == other


def test_nothing_is_kept_when_the_event_fails(applied, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("stafette.partners.commands.planning.record", broken)
    with pytest.raises(RuntimeError):
        apply(TEXT + DOCTOR)
    assert not Partner.objects.filter(code="zahnarzt").exists()
