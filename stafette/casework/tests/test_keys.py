"""The life of a key: explicit, resumable, lost and found; nobody who looks after keys sees a note."""

import stat
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from stafette.accounts.models import User
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.casework import rotation
from stafette.casework.checks import faults_of_folder
from stafette.casework.commands import (
    create_key,
    destroy_key,
    name_deputy,
    note_restore,
    retire_key,
    rewrap_notes,
    rotate_key,
)
from stafette.casework.models import SealedNote, UnitKey
from stafette.casework.queries import counts_of_units, keys_of_units, own_notes, read_note, units_without_key
from stafette.casework.rotation import finish_rotation
from stafette.casework.tests.scenes import MARKER, keeper_of, make_scene
from stafette.kernel import key_backup
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.sealing import KeyMissing
from stafette.kernel.testing import as_owner


def body_of(scene, note):
    with acting(scene.writer):
        return read_note(actor=scene.writer, note_id=note.pk).text.body


def keys_under():
    with as_owner():
        return set(SealedNote.objects.values_list("key", flat=True))


def state_of(scene):
    with acting(scene.keeper):
        (found,) = keys_of_units(actor=scene.keeper)
    return found


def lose(folder, key):
    file = next(folder.glob(f"*_{key.pk}.key"))
    content = file.read_bytes()
    file.unlink()
    return file, content


@pytest.fixture
def cheap(monkeypatch):
    monkeypatch.setattr(key_backup, "_COST", 2**4)


@pytest.fixture
def phrase(tmp_path):
    file = tmp_path / "phrase"
    file.write_text("rostig Laterne Wiese vier Anker\n")
    return str(file)


def run(*arguments):
    out = StringIO()
    call_command("keys", *arguments, stdout=out)
    return out.getvalue()


def test_only_who_looks_after_keys_makes_one(db, folder):
    scene = make_scene(with_key=False)
    head = actor_for(MembershipFactory(unit=scene.unit, role=Role.HEAD).user)

    for actor in (scene.writer, head):
        with pytest.raises(NotAllowed):
            create_key(actor=actor, unit_id=scene.unit.pk)
    assert not list(folder.glob("*.key"))


def test_a_unit_has_one_key_in_use(scene):
    with pytest.raises(RuleBroken, match="schon einen"):
        create_key(actor=scene.keeper, unit_id=scene.unit.pk)
    assert UnitKey.objects.filter(unit=scene.unit, replaced_at=None).count() == 1


def test_a_key_whose_file_cannot_be_kept_is_none(db, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.STAFETTE_KEYS = tmp_path / "file"
    scene = make_scene(with_key=False)

    with pytest.raises(RuleBroken, match="STAFETTE_KEYS"), transaction.atomic():
        create_key(actor=scene.keeper, unit_id=scene.unit.pk)
    assert not UnitKey.objects.exists()


def test_rotation_brings_every_note_under_the_new_key(scene):
    notes = [scene.write(body=f"Text {number}") for number in range(5)]
    old = UnitKey.objects.get()
    with acting(scene.keeper):
        new = rotate_key(actor=scene.keeper, unit_id=scene.unit.pk)
        assert finish_rotation(scene.keeper, scene.unit.pk) == 5

    old.refresh_from_db()
    assert old.retired_at is not None
    assert keys_under() == {new.pk}
    assert [body_of(scene, note) for note in notes] == [f"Text {number}" for number in range(5)]


def test_while_it_is_going_on_both_halves_are_readable_and_new_notes_take_the_new_key(scene):
    notes = [scene.write(body=str(number)) for number in range(4)]
    old = UnitKey.objects.get()
    with acting(scene.keeper):
        new = rotate_key(actor=scene.keeper, unit_id=scene.unit.pk)
        assert rewrap_notes(actor=scene.keeper, key_id=old.pk, many=2) == 2

    assert keys_under() == {old.pk, new.pk}
    assert [body_of(scene, note) for note in notes] == ["0", "1", "2", "3"]
    assert scene.write().key_id == new.pk
    assert state_of(scene).waiting == 2
    with pytest.raises(RuleBroken, match="liegen noch"):
        retire_key(actor=scene.keeper, key_id=old.pk)
    with pytest.raises(RuleBroken, match="nicht fertig"):
        rotate_key(actor=scene.keeper, unit_id=scene.unit.pk)


def test_a_rotation_that_was_killed_goes_on_where_it_stopped(scene, monkeypatch):
    notes = [scene.write(body=str(number)) for number in range(6)]
    with acting(scene.keeper):
        new = rotate_key(actor=scene.keeper, unit_id=scene.unit.pk)
    real, calls = rewrap_notes, []

    def dies(*, actor, key_id):
        calls.append(key_id)
        if len(calls) == 2:
            raise SystemExit
        return real(actor=actor, key_id=key_id, many=2)

    monkeypatch.setattr(rotation, "rewrap_notes", dies)
    with pytest.raises(SystemExit), acting(scene.keeper), transaction.atomic():
        rotation.rewrap_notes(actor=scene.keeper, key_id=UnitKey.objects.exclude(pk=new.pk).get().pk)
        raise SystemExit
    with acting(scene.keeper):
        assert state_of(scene).waiting == 6, "what was rolled back is as before"
    monkeypatch.setattr(rotation, "rewrap_notes", real)
    with acting(scene.keeper):
        assert finish_rotation(scene.keeper, scene.unit.pk) == 6
        assert finish_rotation(scene.keeper, scene.unit.pk) == 0
    assert keys_under() == {new.pk}
    assert body_of(scene, notes[0]) == "0"


def test_whoever_looks_after_keys_of_another_unit_wraps_nothing_here(scene, folder):
    scene.write()
    old = UnitKey.objects.get()
    other = make_scene()
    with acting(scene.keeper):
        rotate_key(actor=scene.keeper, unit_id=scene.unit.pk)

    with pytest.raises(NotAllowed):
        rewrap_notes(actor=other.keeper, key_id=old.pk)
    assert old.pk in keys_under()


def test_who_looks_after_keys_sees_numbers_and_no_note(scene):
    scene.write()
    everything = scene.keeper.with_grants((Permission.SEALED_VIEW, scene.unit.pk))

    with acting(everything):
        assert not own_notes(actor=everything).exists()
        (found,) = keys_of_units(actor=everything)
    assert found.in_use.notes == 1 and found.in_use.is_there


def test_a_retired_key_stays_for_the_backups_and_is_destroyed_after_that(scene, folder):
    old = UnitKey.objects.get()
    with acting(scene.keeper):
        rotate_key(actor=scene.keeper, unit_id=scene.unit.pk)
        finish_rotation(scene.keeper, scene.unit.pk)
        with pytest.raises(RuleBroken, match="Sicherungen"):
            destroy_key(actor=scene.keeper, key_id=old.pk)
    assert list(folder.glob(f"*_{old.pk}.key"))

    with travel(now() + timedelta(days=91)), acting(scene.keeper):
        destroy_key(actor=scene.keeper, key_id=old.pk)
    assert not list(folder.glob(f"*_{old.pk}.key"))
    assert [row.state[0] for row in state_of(scene).rows] == ["in Gebrauch", "vernichtet"]


def test_a_key_in_use_is_neither_retired_nor_destroyed(scene):
    key = UnitKey.objects.get()
    for step in (retire_key, destroy_key, rewrap_notes):
        with pytest.raises(RuleBroken):
            step(actor=scene.keeper, key_id=key.pk)


def test_after_a_loss_the_unit_goes_on_and_the_old_notes_wait_for_their_key(scene, folder):
    note = scene.write()
    old = UnitKey.objects.get()
    file, content = lose(folder, old)

    with acting(scene.keeper):
        rotate_key(actor=scene.keeper, unit_id=scene.unit.pk)
        with pytest.raises(KeyMissing):
            finish_rotation(scene.keeper, scene.unit.pk)
    assert body_of(scene, scene.write(body="weiter")) == "weiter"
    with pytest.raises(KeyMissing):
        body_of(scene, note)
    assert "fehlt" in state_of(scene).problem

    file.write_bytes(content)
    with acting(scene.keeper):
        finish_rotation(scene.keeper, scene.unit.pk)
    assert body_of(scene, note) == MARKER


def test_the_file_of_another_key_under_the_right_name_is_a_missing_key(scene, folder):
    note = scene.write()
    other = make_scene()
    key, wrong = UnitKey.objects.get(unit=scene.unit), UnitKey.objects.get(unit=other.unit)
    file, _content = lose(folder, key)
    file.write_bytes(
        next(folder.glob(f"*_{wrong.pk}.key")).read_bytes().replace(
            str(wrong.pk).encode(), str(key.pk).encode()
        ).replace(str(other.unit.pk).encode(), str(scene.unit.pk).encode())
    )  # fmt: skip

    with pytest.raises(KeyMissing):
        body_of(scene, note)


def test_keys_come_back_from_their_backup(scene, folder, tmp_path, cheap, phrase):
    note = scene.write()
    code, paper = scene.unit.code, tmp_path / "sicherung.txt"
    assert "Gesichert" in run("backup", "--unit", code, "--to", str(paper), "--passphrase-file", phrase)
    assert stat.S_IMODE(paper.stat().st_mode) == 0o600
    assert UnitKey.objects.get().backed_up_at is not None
    lose(folder, UnitKey.objects.get())

    assert "1 Schlüssel" in run("restore", "--unit", code, str(paper), "--passphrase-file", phrase)

    assert body_of(scene, note) == MARKER
    assert "0 Schlüssel" in run("restore", "--unit", code, str(paper), "--passphrase-file", phrase)


def test_a_backup_of_another_unit_is_refused(scene, folder, tmp_path, cheap, phrase):
    other, paper = make_scene(), tmp_path / "sicherung.txt"
    run("backup", "--unit", other.unit.code, "--to", str(paper), "--passphrase-file", phrase)

    with pytest.raises(CommandError, match="gehört nicht"):
        run("restore", "--unit", scene.unit.code, str(paper), "--passphrase-file", phrase)


def test_an_unknown_key_is_not_restored(scene):
    with pytest.raises(BadInput, match="nicht kennt"):
        note_restore(actor=scene.keeper, unit_id=scene.unit.pk, key_ids=[new_id()])


def test_the_command_line_goes_through_a_whole_life(db, folder, tmp_path, cheap, phrase):
    scene = make_scene(with_key=False)
    code = scene.unit.code
    with pytest.raises(CommandError, match="Noch kein Schlüssel"):
        run("check", "--unit", code)
    assert "angelegt" in run("create", "--unit", code)
    note = scene.write()
    with pytest.raises(CommandError, match="nicht gesichert"):
        run("check", "--unit", code)
    assert "1 Vermerke umgeschlüsselt" in run("rotate", "--unit", code)
    assert "0 Schlüssel außer Dienst" in run("retire", "--unit", code)
    listed = run("list")
    assert "in Gebrauch" in listed and "außer Dienst" in listed
    run("backup", "--unit", code, "--to", str(tmp_path / "s.txt"), "--passphrase-file", phrase)
    assert "Alle Schlüssel sind da" in run("check", "--unit", code)
    assert body_of(scene, note) == MARKER
    for material in (file.read_text() for file in folder.glob("*.key")):
        assert material not in listed


def test_an_unknown_unit_says_so(db, folder):
    with pytest.raises(CommandError, match="gibt es nicht"):
        run("create", "--unit", "nirgendwo")


def test_the_successor_of_a_dissolved_unit_works_with_its_keys(scene):
    note = scene.write()
    heir = UnitFactory(kind=scene.unit.kind, authority=scene.unit.authority, mandate=scene.unit.mandate)
    with as_owner():
        MembershipFactory(user=scene.author, unit=heir, role=Role.OUTREACH)
        scene.unit.ends_on, scene.unit.successor = today() - timedelta(days=1), heir
        scene.unit.save()

    assert body_of(scene, note) == MARKER
    again = scene.write(body="bei der Nachfolge")
    assert again.unit_id == scene.unit.pk and body_of(scene, again) == "bei der Nachfolge"
    with acting(scene.keeper):
        rotate_key(actor=scene.keeper, unit_id=scene.unit.pk)
        finish_rotation(scene.keeper, scene.unit.pk)
    assert body_of(scene, note) == MARKER


def test_head_and_officer_see_that_notes_exist_and_how_many_nobody_can_read(scene):
    first, second = scene.write(), scene.write(ground="secret")
    name_deputy(actor=scene.writer, note_id=second.pk, deputy_id=scene.colleague.pk)
    with as_owner():
        User.objects.filter(pk=scene.author.pk).update(left_on=today(), is_active=False)
    head = actor_for(MembershipFactory(unit=scene.unit, role=Role.HEAD).user)
    officer = Actor(new_id(), "DSB", frozenset({(Permission.EVENT_VIEW, scene.unit.pk)}))

    for actor in (head, officer):
        with acting(actor):
            (found,) = counts_of_units(actor=actor)
        assert (found.entrusted, found.secret, found.unreachable) == (1, 1, 1)
    with acting(scene.other):
        assert counts_of_units(actor=scene.other) == []
    assert first.pk != second.pk


def test_which_units_still_need_a_key(db, folder):
    helping = make_scene(with_key=False)
    make_scene()
    controlling = UnitFactory(kind="WK")

    found = units_without_key()

    assert helping.unit.pk in found and controlling.pk not in found and len(found) == 1
    assert keeper_of(controlling).may(Permission.KEY_ADMIN)


def test_check_warns_of_keys_inside_the_database_and_of_keys_that_others_read(tmp_path):
    cluster = tmp_path / "cluster"
    keys = cluster / "keys"
    keys.mkdir(parents=True, mode=0o700)
    assert [fault.id for fault in faults_of_folder(keys)] == []
    (cluster / "PG_VERSION").write_text("18")
    assert [fault.id for fault in faults_of_folder(keys)] == ["stafette.W011"]
    (cluster / "PG_VERSION").unlink()
    (cluster / "demo" / "data").mkdir(parents=True)
    (cluster / "demo" / "data" / "PG_VERSION").write_text("18")
    assert [fault.id for fault in faults_of_folder(keys)] == ["stafette.W012"]
    (cluster / "demo" / "data" / "PG_VERSION").unlink()
    (keys / "a_b.key").touch(mode=0o640)
    keys.chmod(0o755)
    assert [fault.id for fault in faults_of_folder(keys)] == ["stafette.W013", "stafette.W013"]
