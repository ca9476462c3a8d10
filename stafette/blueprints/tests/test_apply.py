"""Applying changes only what differs, keeps what is in use, and comes back from the export unchanged."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from stafette.accounts.models import FindingKind, Post, ResponseRule, Route, Topic, Town, Unit
from stafette.accounts.queries import form_file, response_rule, routes_for, topics
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.audit.models import Event
from stafette.blueprints.access import command_line
from stafette.blueprints.commands import apply_blueprint
from stafette.blueprints.models import BlueprintVersion
from stafette.blueprints.queries import changes_of, export
from stafette.blueprints.schema import check
from stafette.directory.models import Service
from stafette.kernel.actor import NOBODY
from stafette.kernel.clock import travel
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner

FILE = Path(__file__).parents[3] / "blueprints" / "weissenfels.toml"
TEXT = FILE.read_text()


@pytest.fixture
def applied(db):
    return apply_blueprint(actor=command_line(), text=TEXT)


def apply(text):
    return apply_blueprint(actor=command_line(), text=text)


def with_change(old, new):
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def without(start, end="\n\n"):
    """Take one entry out of the file."""
    begin = TEXT.index(start)
    return TEXT[:begin] + TEXT[TEXT.index(end, begin + len(start)) + len(end) :]


def test_apply_creates_the_towns_way_and_records_it(applied):
    clearing = Unit.objects.get(code="clearing")
    assert clearing.mandate == "registering"
    assert clearing.posts.get(code="erstkontakt").fte == 1
    assert [one.cost_to for one in clearing.equipment.order_by("name")][:1] == [850]
    assert Town.objects.get().coordination.code == "koordination"
    route = routes_for("overcrowding", sender_id=clearing.pk).get()
    assert route.receiver.code == "wohnraumkontrolle"
    assert route.categories == ["address", "count_at_address"]
    with as_owner():
        event = Event.objects.get(kind="blueprint.applied")
    assert event.subject_id == applied.pk
    assert event.unit_id == Unit.objects.get(kind="IT").pk


def test_periods_prefer_the_pair_then_the_receiver_then_all(applied):
    ids = dict(Unit.objects.values_list("code", "pk"))
    assert response_rule(sender_id=ids["clearing"], receiver_id=ids["schulteam-stadt"]).answer_days == 2
    assert response_rule(sender_id=ids["clearing"], receiver_id=ids["koordination"]).answer_days == 5


def test_a_second_application_changes_nothing(applied):
    assert apply(TEXT) is None
    assert BlueprintVersion.objects.count() == 1
    assert all(change.action == "kept" for change in changes_of(check(TEXT).blueprint))


def test_a_comment_alone_changes_nothing(applied):
    assert apply("# ein Wort vorab\n" + TEXT) is None


def test_the_export_is_valid_and_changes_nothing(applied):
    text = export()
    reading = check(text)
    assert reading.errors == []
    assert [change.title for change in changes_of(reading.blueprint) if change.action != "kept"] == []
    assert apply(text) is None


def test_the_diff_names_old_and_new(applied):
    changes = changes_of(check(with_change("fte = 1.0", "fte = 0.5")).blueprint)
    changed = [change for change in changes if change.action != "kept"]
    assert [(change.table.name, change.key, change.action) for change in changed] == [
        ("post", "clearing/erstkontakt", "changed")
    ]
    assert changed[0].lines == ["fte: 1.00 → 0.5"]


def test_a_changed_route_gets_a_new_version_and_the_old_one_stays(applied):
    clearing = Unit.objects.get(code="clearing")
    old = routes_for("overcrowding", sender_id=clearing.pk).get()
    with travel(datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))):
        apply(with_change("Belegung der Wohnung prüfen", "Belegung klären"))
        new = routes_for("overcrowding", sender_id=clearing.pk).get()
        before = routes_for(
            "overcrowding", sender_id=clearing.pk, on=new.valid_from - timedelta(days=1)
        ).get()
    old.refresh_from_db()
    assert (old.version, new.version) == (1, 2)
    assert old.purpose == "Belegung der Wohnung prüfen"
    assert old.valid_to == new.valid_from
    assert before == old


def test_two_changes_on_one_day_leave_one_version_running(applied):
    apply(with_change("Belegung der Wohnung prüfen", "Belegung klären"))
    apply(TEXT)
    found = Route.objects.filter(code="ueberbelegung/clearing")
    assert found.count() == 3
    assert found.filter(valid_to=None).get().version == 3


def test_a_new_wording_does_not_touch_the_routes(applied):
    text = with_change("Das ist freiwillig.", "Das ist ganz freiwillig.")
    changes = changes_of(check(text).blueprint)
    assert [change.table.name for change in changes if change.action != "kept"] == ["consent_text"]
    apply(text)
    route = Route.objects.get(code="familie/clearing", valid_to=None)
    assert route.version == 1
    assert "ganz freiwillig" in route.consent.texts["de"]


def test_a_changed_period_keeps_the_old_rule(applied):
    apply(with_change("receipt_days = 2\nanswer_days = 5", "receipt_days = 2\nanswer_days = 7"))
    rules = ResponseRule.objects.filter(code="*>*").order_by("version")
    assert [(rule.answer_days, rule.valid_to is None) for rule in rules] == [(5, False), (7, True)]


def test_a_unit_in_use_is_not_removed_and_nothing_else_is_changed(applied):
    with_unit = TEXT + NEW_UNIT
    apply(with_unit)
    MembershipFactory(unit=Unit.objects.get(code="familienbuero"))
    changed = with_change("fte = 1.0", "fte = 0.5")

    blocked = [change for change in changes_of(check(changed).blueprint) if change.blocked]
    assert [change.key for change in blocked] == ["familienbuero"]
    with pytest.raises(RuleBroken, match="ends_on und successor"):
        apply(changed)

    assert Unit.objects.filter(code="familienbuero").exists()
    assert Post.objects.get(unit__code="clearing", code="erstkontakt").fte == 1


def test_a_unit_that_nobody_used_may_go(applied):
    apply(TEXT + NEW_UNIT)
    apply(TEXT)
    assert not Unit.objects.filter(code="familienbuero").exists()


def test_a_unit_ends_with_a_successor(applied):
    apply(TEXT + NEW_UNIT)
    MembershipFactory(unit=Unit.objects.get(code="familienbuero"))
    apply(
        TEXT + NEW_UNIT.replace("starts_on = 2026-01-01", 'ends_on = 2026-12-31\nsuccessor = "aufsuchende"')
    )
    assert Unit.objects.get(code="familienbuero").successor.code == "aufsuchende"


def test_topics_end_but_stay_and_come_back(applied):
    before = Topic.objects.get(code="return").pk
    apply(
        without('[[topic]]\ncode = "return"', "\n[[topic]]").replace(
            '\ncode = "other"', '\n[[topic]]\ncode = "other"'
        )
    )
    assert "return" not in topics().values_list("code", flat=True)
    assert Topic.objects.get(code="return").ends_on is not None
    apply(TEXT)
    assert Topic.objects.get(code="return").pk == before
    assert Topic.objects.get(code="return").ends_on is None


def test_services_begin_with_the_file_and_belong_to_the_editors_from_then_on(applied):
    service = Service.objects.get(code="mbe")
    assert service.organization.name == "Freier Träger"
    assert service.places.get().location.city == "Weißenfels"
    assert [one.byday for one in service.schedules.all()] == ["MO,TU,WE,TH", "MO,TU,WE,TH"]
    with as_owner():
        Service.objects.filter(code="mbe").update(name="Beratung, von der Redaktion umbenannt")
    apply(without('[[service]]\ncode = "anerkennung"'))
    assert Service.objects.get(code="anerkennung").is_listed
    assert Service.objects.get(code="mbe").name == "Beratung, von der Redaktion umbenannt"


def test_a_faulty_file_writes_nothing(db):
    with pytest.raises(BadInput, match="Zeile"):
        apply(with_change('kind = "CL"', 'kind = "XX"'))
    assert not Unit.objects.exists()


def test_apply_needs_the_permission(applied, actor_with):
    unit = Unit.objects.get(code="clearing")
    for actor in (NOBODY, actor_with(Permission.UNIT_ADMIN, unit=unit)):
        with pytest.raises(NotAllowed):
            apply_blueprint(actor=actor, text=with_change("fte = 1.0", "fte = 0.5"))
    technical = actor_with(Permission.BLUEPRINT_EDIT, unit=Unit.objects.get(kind="IT"))
    assert apply_blueprint(actor=technical, text=with_change("fte = 1.0", "fte = 0.5")).number == 2


def test_nothing_is_written_when_the_event_fails(applied, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("stafette.blueprints.commands.record", broken)
    with pytest.raises(RuntimeError):
        apply(with_change("fte = 1.0", "fte = 0.5"))
    assert Post.objects.get(unit__code="clearing", code="erstkontakt").fte == 1


def test_units_that_were_there_before_the_first_blueprint_hinder_only_when_in_use(db):
    UnitFactory(code="alt")
    apply(TEXT)
    assert not Unit.objects.filter(code="alt").exists()


def test_a_new_town_starts_by_copying_a_file(db, tmp_path, capsys):
    copy = TEXT
    for old, new in (
        ("Weißenfels", "Musterstadt"), ("weissenfels", "musterstadt"), ("Burgenlandkreis", "Musterkreis"),
        ("burgenlandkreis", "musterkreis"), ('land = "ST"', 'land = "NW"'), ('"stadtteilzentrum"', '"anlaufstelle"'),
        ("Neustadtbüro/Stadtteilzentrum", "Anlaufstelle"),
    ):  # fmt: skip
        copy = copy.replace(old, new)
    file = tmp_path / "musterstadt.toml"
    file.write_text(copy)
    call_command("blueprint", "check", str(file))
    call_command("blueprint", "apply", "--yes", str(file))
    assert Town.objects.get().name == "Musterstadt"
    assert Unit.objects.get(code="anlaufstelle").authority.land == "NW"
    call_command("blueprint", "apply", "--yes", str(file))
    said = capsys.readouterr().out
    assert "Angewendet als Fassung 1." in said
    assert "Fassung 2" not in said


def test_the_command_line_shows_the_diff_and_asks(db, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda question: "n")
    call_command("blueprint", "apply", str(FILE))
    assert "neu  Stelle „Clearingstelle“" in capsys.readouterr().out
    assert not Unit.objects.exists()
    call_command("blueprint", "apply", "--yes", "--dry-run", str(FILE))
    assert not Unit.objects.exists()


def test_the_export_of_the_command_line_can_be_applied(applied, tmp_path, capsys):
    file = tmp_path / "jetzt.toml"
    call_command("blueprint", "export", str(file))
    call_command("blueprint", "apply", "--yes", str(file))
    assert "neu" not in capsys.readouterr().out
    assert form_file("ankunftsgespraech") == "forms/ankunftsgespraech.toml"


NEW_UNIT = """
[[unit]]
code = "familienbuero"
kind = "FT"
name = "Familienbüro"
short_name = "Familienbüro"
authority = "stadt"
mandate = "helping"
starts_on = 2026-01-01

  [[unit.post]]
  code = "beratung"
  title = "Beratung"
  duty = "contact"
"""


def test_every_finding_of_the_town_asks_whether_it_lasted(applied):
    questions = dict(FindingKind.objects.values_list("code", "lasting"))
    assert questions["child_without_school_place"] == "Geht das Kind noch zur Schule?"
    assert all(question.endswith("?") for question in questions.values())
    assert 'lasting = "Geht das Kind noch zur Schule?"' in export()


def test_another_question_is_a_change_of_the_finding(applied):
    text = with_change("Geht das Kind noch zur Schule?", "Hat das Kind noch seinen Schulplatz?")
    changed = [change for change in changes_of(check(text).blueprint) if change.action != "kept"]
    assert [(change.table.name, change.key) for change in changed] == [
        ("finding", "child_without_school_place")
    ]
    assert "Schulplatz?" in changed[0].lines[0]
