"""Write, change and delete what was entrusted; name who may read it in one's stead.

The events say that something happened, never about which household: its timeline would show colleagues that there is
something at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from stafette.accounts.models import User
from stafette.audit.record import record
from stafette.casework.access import notes_visible_to
from stafette.casework.models import SealedNote
from stafette.casework.queries import deputies_for, key_in_use, secret_of
from stafette.casework.texts import NoteText
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.sealing import seal
from stafette.people.access import households_visible_to, members_visible_to


@sensitive_variables()
@command
def write_note(
    *, actor: Actor, household_id: UUID, ground: str, title: str, body: str, person_id: UUID | None = None
) -> SealedNote:
    """Seal what was entrusted with the unit's key; the row holds no word of it.

    Where the unit has no key, or its file is gone, nothing is written at all.
    """
    household = households_visible_to(actor).filter(pk=household_id).first()
    if household is None:
        raise NotAllowed(_("Diesen Haushalt gibt es in Ihrer Stelle nicht."))
    actor.require(Permission.SEALED_EDIT, unit=household.unit_id)
    _check(ground, body)
    if person_id is not None:
        _require_member(actor, household_id, person_id)
    key = key_in_use(household.unit_id, locked=True)
    note = SealedNote(
        unit_id=household.unit_id, household=household, person_id=person_id, author_id=actor.id, ground=ground
    )
    note.put_under(seal(NoteText(title, body).packed(), note.place, secret_of(key)), key)
    note.save(force_insert=True)
    record(actor, "sealed_note.written", note, unit=note.unit_id, ground=ground)
    return note


@sensitive_variables()
@command
def change_note(*, actor: Actor, note_id: UUID, title: str, body: str) -> SealedNote:
    """Replace the text by another one under a fresh data key; the old text is gone, the date of the change stays."""
    note = _own(actor, note_id)
    actor.require(Permission.SEALED_EDIT, unit=note.unit_id)
    _check(note.ground, body)
    key = key_in_use(note.unit_id, locked=True)
    note.renew(seal(NoteText(title, body).packed(), note.place, secret_of(key)), key, at=now())
    note.save(update_fields=["ciphertext", "wrapped", "key", "changed_at"])
    record(actor, "sealed_note.changed", note, unit=note.unit_id)
    return note


@command
def delete_note(*, actor: Actor, note_id: UUID) -> None:
    """Remove a note; its data key goes with it, so that no copy of the text opens again.

    Where the author has left, the deputy may do it.
    """
    note = _held(actor, note_id)
    actor.require(Permission.SEALED_EDIT, unit=note.unit_id)
    record(actor, "sealed_note.deleted", note, unit=note.unit_id, ground=note.ground)
    note.delete()


@command
def name_deputy(
    *, actor: Actor, note_id: UUID, deputy_id: UUID, consent_on: date | None = None
) -> SealedNote:
    """Let a colleague read the note in one's stead, which only whoever holds it can do.

    What was entrusted goes on only with the consent of the person who entrusted it (§ 65(1) No. 1 SGB VIII), also
    inside the unit (§ 65(2)); the day of the consent is kept. Where the author has left, the deputy names the next.
    """
    note = _held(actor, note_id)
    actor.require(Permission.SEALED_EDIT, unit=note.unit_id)
    return _name_and_record(actor, note, deputy_id, consent_on)


@command
def name_deputy_for_many(
    *, actor: Actor, deputy_id: UUID, consents: Mapping[UUID, date | None]
) -> list[SealedNote]:
    """Name the same deputy for several notes in one go, as before leaving; each with its own consent."""
    notes = [_held(actor, note_id) for note_id in consents]
    for note in notes:
        actor.require(Permission.SEALED_EDIT, unit=note.unit_id)
    return [_name_and_record(actor, note, deputy_id, consents[note.pk]) for note in notes]


@command
def withdraw_deputy(*, actor: Actor, note_id: UUID) -> SealedNote:
    """Take the deputy's look away again; from the next moment on only the author opens the note."""
    note = _own(actor, note_id)
    actor.require(Permission.SEALED_EDIT, unit=note.unit_id)
    before = note.deputy_id
    note.withdraw_deputy()
    note.save(update_fields=["deputy", "deputy_consent_on"])
    record(actor, "sealed_note.deputy_withdrawn", note, unit=note.unit_id, deputy=before)
    return note


def _name_and_record(actor: Actor, note: SealedNote, deputy_id: UUID, consent_on: date | None) -> SealedNote:
    deputy = deputies_for(note, actor=actor).filter(pk=deputy_id).first()
    if deputy is None:
        raise BadInput(
            _(
                "Die Vertretung muss in derselben Stelle arbeiten und dort dasselbe dürfen. Wählen Sie jemand anderen."
            )
        )
    if note.ground == SealedNote.Ground.ENTRUSTED and consent_on is None:
        raise BadInput(
            _(
                "Anvertrautes geht nur mit Einwilligung der Person an die Vertretung (§ 65 Abs. 1 Nr. 1 SGB VIII). "
                "Tragen Sie ein, wann sie eingewilligt hat."
            )
        )
    if consent_on is not None and consent_on > today():
        raise BadInput(_("Der Tag der Einwilligung kann nicht in der Zukunft liegen."))
    before = note.deputy_id
    note.name_deputy(deputy, consent_on=consent_on)
    if actor.id == note.author_id:
        note.save(update_fields=["deputy", "deputy_consent_on"])
    else:
        _hand_on(note)
    record(
        actor, "sealed_note.deputy_named", note,
        unit=note.unit_id, deputy=deputy.pk, before=before, consent_on=consent_on,
    )  # fmt: skip
    return note


def _hand_on(note: SealedNote) -> None:
    """Give away one's own look at a note: afterwards the row is none of one's own, which no policy lets one write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select casework_hand_on(%s, %s, %s)", [note.pk, note.deputy_id, note.deputy_consent_on]
        )
        if not cursor.fetchone()[0]:
            raise NotAllowed(_("Das kann nur, wer den Vermerk geschrieben hat."))


def _locked(actor: Actor, note_id: UUID) -> SealedNote:
    found = notes_visible_to(actor).select_related(None)
    note = found.select_for_update(of=("self",), no_key=True).filter(pk=note_id).first()
    if note is None:
        raise NotAllowed(_("Dieser Vermerk ist für Sie nicht da."))
    return note


def _own(actor: Actor, note_id: UUID) -> SealedNote:
    """The actor's own note."""
    note = _locked(actor, note_id)
    if note.author_id != actor.id:
        raise NotAllowed(_("Das kann nur, wer den Vermerk geschrieben hat."))
    return note


def _held(actor: Actor, note_id: UUID) -> SealedNote:
    """The actor's own note, or one whose author has left and for whom the actor stands in."""
    note = _locked(actor, note_id)
    if note.author_id == actor.id:
        return note
    if User.objects.filter(pk=note.author_id, left_on=None).exists():
        raise NotAllowed(_("Das kann nur, wer den Vermerk geschrieben hat."))
    return note


def _require_member(actor: Actor, household_id: UUID, person_id: UUID) -> None:
    if not members_visible_to(actor).filter(household=household_id, person=person_id).exists():
        raise BadInput(_("Diese Person gehört nicht zu dem Haushalt. Wählen Sie eine andere."))


def _check(ground: str, body: str) -> None:
    if ground not in SealedNote.Ground.values:
        raise BadInput(_("Wählen Sie, warum der Vermerk verschlossen wird."))
    if not body.strip():
        raise BadInput(_("Der Vermerk ist leer. Schreiben Sie, was festgehalten werden soll."))
