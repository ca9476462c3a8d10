"""The life of a unit's key: made, replaced, retired, destroyed. Nobody who does this sees a note.

The file comes before the row, and the row goes before the file: what a crash leaves is a key too many, never one too
few.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.casework.models import UnitKey
from stafette.casework.queries import key_folder, secret_of, wrapped_under
from stafette.casework.rules import kept_for_backups
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.sealing import Place, new_secret, wrap_anew

BATCH = 500


@command
def create_key(*, actor: Actor, unit_id: UUID) -> UnitKey:
    """Make the first key of a unit; where it has one that is in use, that one stays."""
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    actor.require(Permission.KEY_ADMIN, unit=unit_id)
    if UnitKey.objects.filter(unit=unit_id, replaced_at=None).exists():
        raise RuleBroken(
            _("Diese Stelle hat schon einen Schlüssel. Einen neuen bekommt sie durch einen Wechsel.")
        )
    key = _make(unit)
    record(actor, "unit_key.created", key, unit=unit_id, fingerprint=key.fingerprint)
    return key


@command
def rotate_key(*, actor: Actor, unit_id: UUID) -> UnitKey:
    """Give a unit its next key. From now on it writes under that; the notes follow in batches (rewrap_notes).

    It works without the old key's file too: after a loss the unit can go on writing, while the old notes wait for the
    key to come back.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    actor.require(Permission.KEY_ADMIN, unit=unit_id)
    old = UnitKey.objects.select_for_update().filter(unit=unit_id, replaced_at=None).first()
    if old is None:
        raise RuleBroken(_("Diese Stelle hat noch keinen Schlüssel. Legen Sie zuerst einen an."))
    if UnitKey.objects.filter(unit=unit_id, replaced_at__isnull=False, retired_at=None).exists():
        raise RuleBroken(_("Der letzte Wechsel ist noch nicht fertig. Setzen Sie ihn zuerst fort."))
    old.replaced_at = now()
    old.save(update_fields=["replaced_at"])
    key = _make(unit)
    record(actor, "unit_key.rotated", key, unit=unit_id, fingerprint=key.fingerprint, before=old.pk)
    return key


@sensitive_variables()
@command
def rewrap_notes(*, actor: Actor, key_id: UUID, many: int = BATCH) -> int:
    """Bring the next notes under the unit's key in use; returns how many they were, 0 when none is left.

    Only data keys are wrapped anew: no text is opened. Each batch is a transaction of its own, and a note lies under
    exactly one key at any moment, so that a rotation that was cut off simply goes on.
    """
    old = UnitKey.objects.get(pk=key_id)
    actor.require(Permission.KEY_ADMIN, unit=old.unit_id)
    if old.replaced_at is None:
        raise RuleBroken(_("Dieser Schlüssel ist noch in Gebrauch. Wechseln Sie ihn zuerst."))
    found = wrapped_under(old, many)
    if not found:
        return 0
    new = UnitKey.objects.get(unit=old.unit_id, replaced_at=None)
    old_secret, new_secret_ = secret_of(old), secret_of(new)
    rows = [
        (note, old.pk, new.pk, wrap_anew(wrapped, Place(note, unit, author), old=old_secret, new=new_secret_))
        for note, unit, author, wrapped in found
    ]
    with connection.cursor() as cursor:
        cursor.executemany("select casework_rewrap(%s, %s, %s, %s)", rows)
    record(actor, "unit_key.rewrapped", old, unit=old.unit_id, count=len(rows), to=new.pk)
    return len(rows)


@command
def retire_key(*, actor: Actor, key_id: UUID) -> UnitKey:
    """Take a replaced key out of service when no note lies under it any more.

    The lock waits for notes that are being written right now. The file stays for the backups of the database that
    still hold notes under it.
    """
    key = _locked(key_id)
    actor.require(Permission.KEY_ADMIN, unit=key.unit_id)
    if key.retired_at is not None:
        return key
    if key.replaced_at is None:
        raise RuleBroken(_("Dieser Schlüssel ist noch in Gebrauch. Wechseln Sie ihn zuerst."))
    if wrapped_under(key, 1):
        raise RuleBroken(
            _("Unter diesem Schlüssel liegen noch Vermerke. Setzen Sie den Wechsel zuerst fort.")
        )
    key.retired_at = now()
    key.save(update_fields=["retired_at"])
    record(actor, "unit_key.retired", key, unit=key.unit_id)
    return key


@command
def destroy_key(*, actor: Actor, key_id: UUID) -> UnitKey:
    """Destroy a retired key once no backup needs it: what old copies of the database hold never opens again."""
    key = _locked(key_id)
    actor.require(Permission.KEY_ADMIN, unit=key.unit_id)
    if key.retired_at is None:
        raise RuleBroken(_("Vernichtet wird nur ein Schlüssel außer Dienst."))
    free_at = key.retired_at + timedelta(days=kept_for_backups().days)
    if free_at > now():
        raise RuleBroken(
            _(
                "Sicherungen der Datenbank brauchen diesen Schlüssel noch. Vernichten können Sie ihn ab {day}."
            ).format(day=f"{free_at:%d.%m.%Y}")
        )
    key.destroyed_at = now()
    key.save(update_fields=["destroyed_at"])
    record(actor, "unit_key.destroyed", key, unit=key.unit_id)
    key_folder().remove(key.unit_id, key.pk)
    return key


@command
def note_backup(*, actor: Actor, unit_id: UUID, key_ids: Collection[UUID]) -> int:
    """Keep that these keys were put into a backup, so that the page can say which were not."""
    actor.require(Permission.KEY_ADMIN, unit=unit_id)
    count = UnitKey.objects.filter(unit=unit_id, pk__in=key_ids).update(backed_up_at=now())
    record(actor, "unit_key.backed_up", Unit.objects.get(pk=unit_id), unit=unit_id, count=count)
    return count


@command
def note_restore(*, actor: Actor, unit_id: UUID, key_ids: Collection[UUID]) -> int:
    """Keep that these keys came back from a backup."""
    actor.require(Permission.KEY_ADMIN, unit=unit_id)
    known = UnitKey.objects.filter(unit=unit_id, pk__in=key_ids, destroyed_at=None)
    if known.count() != len(set(key_ids)):
        raise BadInput(
            _(
                "Die Sicherung enthält einen Schlüssel, den diese Datenbank nicht kennt oder der vernichtet ist."
            )
        )
    record(actor, "unit_key.restored", Unit.objects.get(pk=unit_id), unit=unit_id, keys=list(key_ids))
    return len(set(key_ids))


@sensitive_variables()
def _make(unit: Unit) -> UnitKey:
    """Keep the file, then enter it; the new key is the newest, whatever the clock says."""
    latest = UnitKey.objects.filter(unit=unit).aggregate(at=Max("created_at"))["at"]
    key = UnitKey(id=new_id(), unit=unit)
    if latest is not None and key.created_at <= latest:
        key.created_at = latest + timedelta(microseconds=1)
    secret = new_secret(key.pk, unit.pk)
    key.fingerprint = secret.fingerprint
    key_folder().write(secret)
    key.save(force_insert=True)
    return key


def _locked(key_id: UUID) -> UnitKey:
    return UnitKey.objects.select_for_update(of=("self",)).get(pk=key_id)
