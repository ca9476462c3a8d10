"""What was entrusted is for its author and the named deputy; every other look finds nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from stafette.accounts.models import User
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.audit.models import Event
from stafette.casework.access import notes_visible_to
from stafette.casework.commands import (
    change_note,
    delete_note,
    name_deputy,
    name_deputy_for_many,
    withdraw_deputy,
    write_note,
)
from stafette.casework.models import SealedNote
from stafette.casework.queries import own_notes, read_note
from stafette.casework.tests.scenes import MARKER, TITLE, make_scene
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.sealing import KeyMissing, Unopened
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import PersonFactory


def opened(actor, note):
    with acting(actor):
        return read_note(actor=actor, note_id=note.pk).text


def seen(actor):
    with acting(actor):
        return set(own_notes(actor=actor).values_list("pk", flat=True))


def rows_of(actor):
    """What the database itself shows, past the program's queries."""
    with acting(actor), connection.cursor() as cursor:
        cursor.execute("select id from casework_sealednote")
        return {row[0] for row in cursor.fetchall()}


def happened(kind):
    with as_owner():
        return Event.objects.get(kind=kind)


def left(user):
    with as_owner():
        User.objects.filter(pk=user.pk).update(left_on=today(), is_active=False)


def test_the_author_reads_what_was_written(scene):
    note = scene.write()

    text = opened(scene.writer, note)

    assert (text.title, text.body) == (TITLE, MARKER)
    event = happened("sealed_note.written")
    assert event.about_id is None, "the household's timeline must not tell colleagues of it"


def test_no_column_holds_a_word_of_it(scene):
    note = scene.write()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "select n::text, encode(ciphertext, 'escape') from casework_sealednote n where id = %s", [note.pk]
        )
        row = "".join(map(str, cursor.fetchone()))
    assert MARKER not in row and TITLE not in row
    assert MARKER.encode().hex() not in row


def test_for_colleagues_there_is_nothing(scene):
    note = scene.write()
    granted = scene.other.with_grants(
        *((one, scene.unit.pk) for one in Permission if one != Permission.PURGE)
    )

    for actor in (scene.other, granted):
        assert seen(actor) == set() == rows_of(actor)
        with pytest.raises(NotAllowed):
            opened(actor, note)


@pytest.mark.parametrize("role", [Role.HEAD, Role.UNIT_ADMIN, Role.TECHNICAL, Role.DATA_PROTECTION])
def test_no_rank_opens_it(scene, role):
    note = scene.write()
    ranked = actor_for(MembershipFactory(unit=scene.unit, role=role).user)

    assert seen(ranked) == set() == rows_of(ranked)
    with pytest.raises(NotAllowed):
        opened(ranked, note)


def test_break_glass_opens_files_but_no_sealed_text(scene):
    """Whatever an emergency grants, and to whomever: the account is not the author's."""
    note = scene.write()
    emergency = scene.other.with_grants(
        (Permission.GLASS_OPEN, scene.unit.pk),
        (Permission.SEALED_VIEW, scene.unit.pk),
        (Permission.SEALED_EDIT, scene.unit.pk),
    )

    assert rows_of(emergency) == set()
    with pytest.raises(NotAllowed):
        opened(emergency, note)


def test_the_deletion_that_sees_every_row_still_opens_none(scene):
    note = scene.write()
    purge = Actor(
        scene.colleague.pk,
        "Löschlauf",
        frozenset({(Permission.PURGE, scene.unit.pk), (Permission.SEALED_VIEW, scene.unit.pk)}),
    )

    assert rows_of(purge) == {note.pk}
    with pytest.raises(NotAllowed):
        opened(purge, note)


def test_whoever_no_longer_works_in_the_unit_reads_nothing(scene):
    note = scene.write()
    elsewhere = Actor(scene.author.pk, "woanders")

    assert seen(elsewhere) == set()
    with pytest.raises(NotAllowed):
        opened(elsewhere, note)


def test_a_named_deputy_reads_with_the_consent_of_the_person(scene):
    note = scene.write()

    name_deputy(actor=scene.writer, note_id=note.pk, deputy_id=scene.colleague.pk, consent_on=today())

    assert opened(scene.other, note).body == MARKER
    assert seen(scene.other) == {note.pk}
    event = happened("sealed_note.deputy_named")
    assert event.details["deputy"] == str(scene.colleague.pk) and event.about_id is None


def test_what_was_entrusted_goes_to_nobody_without_consent(scene):
    note = scene.write()

    with pytest.raises(BadInput, match="§ 65"):
        name_deputy(actor=scene.writer, note_id=note.pk, deputy_id=scene.colleague.pk)
    with pytest.raises(BadInput, match="Zukunft"):
        name_deputy(
            actor=scene.writer,
            note_id=note.pk,
            deputy_id=scene.colleague.pk,
            consent_on=today() + timedelta(days=1),
        )
    with pytest.raises(IntegrityError), transaction.atomic(), as_owner():
        SealedNote.objects.filter(pk=note.pk).update(deputy=scene.colleague)
    assert seen(scene.other) == set()


def test_a_professional_secret_may_have_a_deputy_without_that_date(scene):
    note = scene.write(ground="secret")

    name_deputy(actor=scene.writer, note_id=note.pk, deputy_id=scene.colleague.pk)

    assert opened(scene.other, note).body == MARKER


def test_a_deputy_works_in_the_same_unit_and_may_hold_such_notes(scene):
    note = scene.write()
    stranger = MembershipFactory(unit=UnitFactory(), role=Role.OUTREACH).user
    head = MembershipFactory(unit=scene.unit, role=Role.HEAD).user

    for unfit in (stranger, head, scene.author):
        with pytest.raises(BadInput, match="derselben Stelle"):
            name_deputy(actor=scene.writer, note_id=note.pk, deputy_id=unfit.pk, consent_on=today())


def test_a_withdrawn_deputy_reads_nothing_any_more(scene):
    note = scene.write()
    name_deputy(actor=scene.writer, note_id=note.pk, deputy_id=scene.colleague.pk, consent_on=today())

    withdraw_deputy(actor=scene.writer, note_id=note.pk)

    assert seen(scene.other) == set() == rows_of(scene.other)
    with pytest.raises(NotAllowed):
        opened(scene.other, note)


def test_a_deputy_only_reads(scene):
    note = scene.write()
    name_deputy(actor=scene.writer, note_id=note.pk, deputy_id=scene.colleague.pk, consent_on=today())
    third = MembershipFactory(unit=scene.unit, role=Role.OUTREACH).user

    with pytest.raises(NotAllowed):
        change_note(actor=scene.other, note_id=note.pk, title="", body="anders")
    with pytest.raises(NotAllowed):
        withdraw_deputy(actor=scene.other, note_id=note.pk)
    with pytest.raises(NotAllowed):
        delete_note(actor=scene.other, note_id=note.pk)
    with pytest.raises(NotAllowed):
        name_deputy(actor=scene.other, note_id=note.pk, deputy_id=third.pk, consent_on=today())


def test_where_the_author_has_left_the_deputy_hands_on(scene):
    note = scene.write()
    name_deputy(actor=scene.writer, note_id=note.pk, deputy_id=scene.colleague.pk, consent_on=today())
    third = MembershipFactory(unit=scene.unit, role=Role.OUTREACH).user
    left(scene.author)

    name_deputy(actor=scene.other, note_id=note.pk, deputy_id=third.pk, consent_on=today())

    assert seen(scene.other) == set()
    assert opened(actor_for(third), note).body == MARKER


def test_changing_leaves_nothing_of_the_old_text(scene):
    note = scene.write()
    before = (bytes(note.ciphertext), bytes(note.wrapped))

    change_note(actor=scene.writer, note_id=note.pk, title="neu", body="anders")

    with acting(scene.writer):
        note.refresh_from_db()
    assert opened(scene.writer, note).body == "anders"
    assert note.changed_at is not None
    assert (bytes(note.ciphertext), bytes(note.wrapped)) != before
    with as_owner():
        assert "anders" not in str(list(Event.objects.values_list("details", flat=True)))


def test_a_deleted_note_is_gone(scene):
    note = scene.write()

    delete_note(actor=scene.writer, note_id=note.pk)

    with as_owner():
        assert not SealedNote.objects.filter(pk=note.pk).exists()
    assert happened("sealed_note.deleted").subject_id == note.pk


def test_several_notes_get_their_deputy_in_one_go(scene):
    first, second = scene.write(), scene.write(ground="secret")

    name_deputy_for_many(
        actor=scene.writer, deputy_id=scene.colleague.pk, consents={first.pk: today(), second.pk: None}
    )

    assert seen(scene.other) == {first.pk, second.pk}


def test_in_one_go_means_all_or_none(scene):
    first, second = scene.write(ground="secret"), scene.write()

    with pytest.raises(BadInput), transaction.atomic():
        name_deputy_for_many(
            actor=scene.writer, deputy_id=scene.colleague.pk, consents={first.pk: None, second.pk: None}
        )
    assert seen(scene.other) == set()


def test_without_a_key_nothing_is_written(db, folder):
    scene = make_scene(with_key=False)

    with pytest.raises(RuleBroken, match="noch keinen Schlüssel"):
        scene.write()
    with as_owner():
        assert not SealedNote.objects.exists()


def test_a_missing_key_says_so_and_says_no_more(scene, folder):
    note = scene.write()
    for file in folder.glob("*.key"):
        file.rename(folder / "away")

    for attempt in (lambda: opened(scene.writer, note), lambda: scene.write()):
        with pytest.raises(KeyMissing, match="Der Schlüssel der Stelle ist nicht da") as refused:
            attempt()
        assert MARKER not in str(refused.value)


@pytest.mark.parametrize("swap", ["ciphertext", "wrapped", "both"])
def test_rows_swapped_by_whoever_owns_the_database_do_not_open(scene, swap):
    first, second = scene.write(body="eins"), scene.write(body="zwei")
    fields = ["ciphertext", "wrapped"] if swap == "both" else [swap]
    with as_owner():
        SealedNote.objects.filter(pk=first.pk).update(**{name: getattr(second, name) for name in fields})

    with pytest.raises(Unopened):
        opened(scene.writer, first)
    assert opened(scene.writer, second).body == "zwei"


def test_a_row_signed_over_to_another_account_does_not_open_for_it(scene):
    note = scene.write()
    with as_owner():
        SealedNote.objects.filter(pk=note.pk).update(author=scene.colleague)

    assert seen(scene.other) == {note.pk}
    with pytest.raises(Unopened):
        opened(scene.other, note)


def test_a_row_put_into_another_unit_does_not_open_there(scene, folder):
    note, other = scene.write(), make_scene()
    key = other.write().key_id
    with as_owner():
        SealedNote.objects.filter(pk=note.pk).update(
            unit=other.unit, author=other.author, key=key, household=other.household, person=None
        )

    with pytest.raises(Unopened):
        opened(other.writer, note)


def test_a_note_is_about_a_household_one_sees_and_somebody_in_it(scene, folder):
    other = make_scene()

    with pytest.raises(NotAllowed):
        write_note(actor=scene.writer, household_id=other.household.pk, ground="secret", title="", body="x")
    with pytest.raises(BadInput, match="gehört nicht"):
        write_note(
            actor=scene.writer,
            household_id=scene.household.pk,
            person_id=PersonFactory(unit=scene.unit).pk,
            ground="secret",
            title="",
            body="x",
        )
    with pytest.raises(BadInput, match="leer"):
        scene.write(body=" \n ")


def test_who_may_see_the_household_but_hold_no_such_notes_writes_none(scene):
    clerk = actor_for(MembershipFactory(unit=scene.unit, role=Role.SCHOOL).user)

    with pytest.raises(NotAllowed):
        scene.write(actor=clerk)


def test_the_list_never_fetches_an_envelope(scene):
    scene.write()

    with acting(scene.writer):
        (note,) = own_notes(actor=scene.writer)
    assert {"ciphertext", "wrapped"} <= note.get_deferred_fields()
    assert notes_visible_to(Actor(scene.author.pk, "x")).query is not None
