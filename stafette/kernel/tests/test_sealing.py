"""Envelopes open at their place only; keys are kept whole, for one account, and come back from paper."""

import json
import stat
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stafette.kernel import key_backup
from stafette.kernel.errors import BadInput, StafetteError
from stafette.kernel.ids import new_id
from stafette.kernel.key_backup import read_back, written_out
from stafette.kernel.key_files import KeyFolder, KeyNotKept
from stafette.kernel.sealing import (
    STEP,
    KeyMissing,
    Place,
    Sealed,
    Unopened,
    new_secret,
    seal,
    unseal,
    wrap_anew,
)

TEXT = "Sie hat mir gesagt: Zitronenfalter."


def place():
    return Place(new_id(), new_id(), new_id())


def sealed_at(where):
    secret = new_secret(new_id(), where.unit_id)
    return seal(TEXT, where, secret), secret


def test_a_sealed_text_opens_at_its_place():
    where = place()
    sealed, secret = sealed_at(where)

    assert unseal(sealed, where, secret) == TEXT
    assert b"Zitronenfalter" not in sealed.ciphertext + sealed.wrapped


@given(st.text(max_size=3000))
@settings(max_examples=40)
def test_every_text_comes_back_as_it_was(text):
    where = place()
    secret = new_secret(new_id(), where.unit_id)

    assert unseal(seal(text, where, secret), where, secret) == text


@pytest.mark.parametrize("part", ["note_id", "unit_id", "author_id"])
def test_an_envelope_moved_to_another_place_does_not_open(part):
    where = place()
    sealed, secret = sealed_at(where)
    moved = replace(where, **{part: new_id()})

    with pytest.raises(Unopened):
        unseal(sealed, moved, secret)


def test_an_envelope_opens_under_no_other_key_and_no_other_number():
    where = place()
    sealed, secret = sealed_at(where)

    for wrong in (new_secret(secret.key_id, where.unit_id), replace(secret, key_id=new_id())):
        with pytest.raises(Unopened):
            unseal(sealed, where, wrong)


@pytest.mark.parametrize("field", ["ciphertext", "wrapped"])
@pytest.mark.parametrize("at", [0, 5, 20, -1])
def test_one_changed_bit_is_refused(field, at):
    where = place()
    sealed, secret = sealed_at(where)
    bent = bytearray(getattr(sealed, field))
    bent[at] ^= 1

    with pytest.raises(Unopened) as refused:
        unseal(replace(sealed, **{field: bytes(bent)}), where, secret)
    assert "Zitronen" not in str(refused.value)


@pytest.mark.parametrize("cut", [b"", b"\x01", b"\x01" + b"x" * 20])
def test_a_cut_off_envelope_is_refused(cut):
    where = place()
    sealed, secret = sealed_at(where)

    with pytest.raises(Unopened):
        unseal(Sealed(sealed.ciphertext, cut), where, secret)


def test_parts_of_two_notes_do_not_mix():
    first = place()
    second = replace(first, note_id=new_id())
    sealed, secret = sealed_at(first)
    other = seal("anderes", second, secret)

    for mixed in (Sealed(other.ciphertext, sealed.wrapped), Sealed(sealed.ciphertext, other.wrapped)):
        with pytest.raises(Unopened):
            unseal(mixed, first, secret)


def test_the_length_tells_only_a_coarse_step():
    where = place()
    secret = new_secret(new_id(), where.unit_id)

    lengths = {len(seal("x" * count, where, secret).ciphertext) for count in range(0, STEP - 4, 100)}
    assert len(lengths) == 1


def test_the_same_text_looks_different_each_time():
    where = place()
    secret = new_secret(new_id(), where.unit_id)
    first, second = seal(TEXT, where, secret), seal(TEXT, where, secret)

    assert first.ciphertext != second.ciphertext
    assert first.wrapped != second.wrapped


def test_wrapping_anew_leaves_the_text_and_shuts_out_the_old_key():
    where = place()
    sealed, old = sealed_at(where)
    new = new_secret(new_id(), where.unit_id)

    moved = Sealed(sealed.ciphertext, wrap_anew(sealed.wrapped, where, old=old, new=new))

    assert unseal(moved, where, new) == TEXT
    with pytest.raises(Unopened):
        unseal(moved, where, old)


def test_a_key_of_another_unit_wraps_nothing():
    where = place()
    sealed, old = sealed_at(where)

    with pytest.raises(Unopened):
        wrap_anew(sealed.wrapped, where, old=old, new=new_secret(new_id(), new_id()))


def test_a_key_never_shows_its_bytes():
    secret = new_secret(new_id(), new_id())

    assert secret.material.hex() not in f"{secret!r} {secret} {secret.fingerprint}".lower()
    assert secret.fingerprint == replace(secret).fingerprint
    assert secret.fingerprint != new_secret(secret.key_id, secret.unit_id).fingerprint


def test_a_key_is_kept_for_one_account_and_comes_back(tmp_path):
    folder = KeyFolder(tmp_path / "keys")
    secret = new_secret(new_id(), new_id())

    folder.write(secret)

    assert folder.read(secret.unit_id, secret.key_id).material == secret.material
    file = folder.file_of(secret.unit_id, secret.key_id)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert list(folder.known()) == [(secret.unit_id, secret.key_id)]
    assert [path.name for path in folder.path.iterdir()] == [file.name]


def test_a_key_is_never_written_over_another(tmp_path):
    folder = KeyFolder(tmp_path)
    secret = new_secret(new_id(), new_id())
    folder.write(secret)

    with pytest.raises(KeyNotKept):
        folder.write(new_secret(secret.key_id, secret.unit_id))
    assert folder.read(secret.unit_id, secret.key_id).material == secret.material


@pytest.mark.parametrize("content", ["", "{", '{"format": "x"}', None])
def test_a_missing_or_broken_file_is_a_missing_key(tmp_path, content):
    folder = KeyFolder(tmp_path)
    unit, key = new_id(), new_id()
    if content is not None:
        folder.file_of(unit, key).write_text(content)

    with pytest.raises(KeyMissing, match="Der Schlüssel der Stelle ist nicht da"):
        folder.read(unit, key)


def test_a_file_under_another_name_is_refused(tmp_path):
    folder = KeyFolder(tmp_path)
    secret = new_secret(new_id(), new_id())
    folder.write(secret)
    other = new_id()
    folder.file_of(secret.unit_id, secret.key_id).rename(folder.file_of(other, secret.key_id))

    with pytest.raises(KeyMissing):
        folder.read(other, secret.key_id)


def test_a_folder_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "keys").write_text("a file where the folder should be")

    with pytest.raises(KeyNotKept, match="STAFETTE_KEYS"):
        KeyFolder(tmp_path / "keys").write(new_secret(new_id(), new_id()))


@pytest.fixture
def cheap(monkeypatch):
    monkeypatch.setattr(key_backup, "_COST", 2**4)


PHRASE = "rostig Laterne Wiese vier Anker"


def test_keys_come_back_from_what_was_written_out(cheap):
    unit = new_id()
    keys = [new_secret(new_id(), unit) for _ in range(3)]

    text = written_out(keys, PHRASE)

    assert read_back("Überschrift\n\n" + text.lower(), PHRASE) == keys
    assert all(one.material.hex() not in text for one in keys)


def test_a_wrong_passphrase_opens_nothing(cheap):
    text = written_out([new_secret(new_id(), new_id())], PHRASE)

    with pytest.raises(BadInput, match="Passphrase"):
        read_back(text, PHRASE + "x")


def test_a_short_passphrase_is_refused(cheap):
    with pytest.raises(BadInput, match="zu kurz"):
        written_out([new_secret(new_id(), new_id())], "kurz")


def test_a_slip_in_typing_is_found_in_its_line(cheap):
    text = written_out([new_secret(new_id(), new_id())], PHRASE)
    lines = text.splitlines()
    sign = "A" if lines[1][6] != "A" else "B"
    lines[1] = lines[1][:6] + sign + lines[1][7:]

    with pytest.raises(BadInput, match="Zeile 2"):
        read_back("\n".join(lines), PHRASE)


def test_a_missing_line_is_told(cheap):
    text = written_out([new_secret(new_id(), new_id())], PHRASE)

    for some in (text.splitlines()[1:], []):
        with pytest.raises(BadInput, match="fehlen Zeilen"):
            read_back("\n".join(some), PHRASE)


def test_the_file_says_for_what_it_is(tmp_path):
    folder = KeyFolder(tmp_path)
    secret = new_secret(new_id(), new_id())
    folder.write(secret)

    found = json.loads(folder.file_of(secret.unit_id, secret.key_id).read_text())

    assert UUID(found["unit"]) == secret.unit_id
    assert issubclass(KeyMissing, StafetteError)
