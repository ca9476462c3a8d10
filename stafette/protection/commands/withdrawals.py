"""A withdrawal is as easy as the consent was, at any unit: by the consent itself, or by its number alone."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.protection.locking import locked
from stafette.protection.models import Consent, WithdrawalNote
from stafette.protection.numbers import read_number
from stafette.web.jobs import hand_over

FOLLOW = "stafette.protection.tasks.follow_withdrawals"
QUEUE = "deadlines"


@command
def withdraw_consent(
    *,
    actor: Actor,
    consent_id: UUID,
    form: str = Consent.Form.SPOKEN,
    said_by: str = Consent.SaidBy.PERSON,
    at_unit_id: UUID | None = None,
    taken_by_id: UUID | None = None,
) -> Consent:
    """End a consent as easily as it was given (Art. 7(3) GDPR): who said it, where, in which form; a word is enough.

    What renewed it ends with it. Nothing more is sent; the rooms that work with it stop what is under way, tell the
    receivers and begin the check of what must be deleted (config/wiring.py).
    """
    consent = locked(consent_id)
    actor.require(Permission.CONSENT_EDIT, unit=consent.unit_id)
    if consent.withdrawn_at is not None:
        raise RuleBroken(_("Diese Einwilligung wurde schon widerrufen."))
    for one in _chain(consent):
        one.withdraw(
            at=now(),
            unit_id=at_unit_id or one.unit_id,
            form=form,
            said_by=said_by,
            taken_by_id=taken_by_id or actor.id,
        )
        one.save(
            update_fields=[
                *("withdrawn_at", "withdrawn_unit", "withdrawal_form", "withdrawal_by"),
                "withdrawal_taken_by",
            ]
        )
        record(
            actor, "consent.withdrawn", one, unit=one.unit_id, about=one.household_id, number=one.number,
            consent=one.kind, receiver=one.receiver_id, outsider=one.outsider_id, categories=one.categories,
            form=form, said_by=said_by, at=one.withdrawn_unit_id,
        )  # fmt: skip
    consent.refresh_from_db()
    return consent


def _chain(consent: Consent) -> list[Consent]:
    """The consent with what it renewed and what renewed it, as far as they still stand."""
    rows = Consent.objects.select_for_update(of=("self",)).filter(
        unit=consent.unit_id, household=consent.household_id, withdrawn_at=None
    )
    known = {one.pk: one for one in rows.exclude(pk=consent.pk)}
    chain, grown = {consent.pk: consent}, True
    while grown:
        near = [
            one
            for one in known.values()
            if one.pk not in chain
            and (one.renews_id in chain or any(other.renews_id == one.pk for other in chain.values()))
        ]
        chain |= {one.pk: one for one in near}
        grown = bool(near)
    return list(chain.values())


@command
def note_withdrawal(
    *,
    actor: Actor,
    unit_id: UUID,
    number: str,
    said_by: str,
    form: str,
    language: str = "de",
    key: UUID | None = None,
) -> WithdrawalNote:
    """Take a withdrawal down by number at whatever unit the person came to.

    The same happens for every number: a note, a job. Whether the consent exists, whose it is and what it is about is
    learnt by nobody here, not by the answer and not by how long it takes; the program follows it by itself.
    """
    actor.require(Permission.CONSENT_EDIT, unit=unit_id)
    written = read_number(number)
    if written is None:
        raise BadInput(
            _("In der Nummer steckt ein Tippfehler. Sie steht auf dem Beleg und sieht so aus: E-7K4-M9Q-2TX.")
        )
    known = WithdrawalNote.objects.filter(pk=key, unit=unit_id).first() if key else None
    if known is not None:
        return known
    note = WithdrawalNote(
        unit_id=unit_id,
        number=written,
        said_by=said_by,
        form=form,
        language=language,
        taken_by_id=actor.id,
        at=now(),
    )
    note.id = key or note.id
    note.save(force_insert=True)
    record(actor, "withdrawal.noted", note, unit=unit_id, form=form, said_by=said_by)
    hand_over(FOLLOW, queue=QUEUE, note_id=str(note.pk))
    return note


@command
def follow_withdrawal(*, actor: Actor, note_id: UUID) -> None:
    """Withdraw what a note names, in the books of the unit that owns it; the program does it, once per note."""
    note = WithdrawalNote.objects.select_for_update(of=("self",)).get(pk=note_id)
    actor.require(Permission.DUTY_WATCH, unit=note.unit_id)
    if note.settled_at is not None:
        return
    for consent_id, unit_id in _by_number(note.number):
        clerk = actor.with_grants((Permission.CONSENT_VIEW, unit_id), (Permission.CONSENT_EDIT, unit_id))
        with acting(clerk):
            if Consent.objects.filter(pk=consent_id, withdrawn_at=None).exists():
                withdraw_consent(
                    actor=clerk,
                    consent_id=consent_id,
                    form=note.form,
                    said_by=note.said_by,
                    at_unit_id=note.unit_id,
                    taken_by_id=note.taken_by_id,
                )
    note.settled_at = now()
    note.save(update_fields=["settled_at"])
    record(actor, "withdrawal.followed", note, unit=note.unit_id)


def _by_number(number: str) -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute("select consent_id, unit_id from consent_by_number(%s)", [number])
        return list(cursor.fetchall())
