"""Questions about the units' keys: numbers, dates and whether the file is there, never a key's bytes on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from stafette.accounts.models import Unit
from stafette.accounts.roles import ROLES
from stafette.accounts.staffing import roles_in
from stafette.casework.access import keyed_units_visible_to, keys_visible_to
from stafette.casework.models import UnitKey
from stafette.kernel.actor import Actor
from stafette.kernel.errors import RuleBroken
from stafette.kernel.key_files import KeyFolder, missing_words
from stafette.kernel.permissions import Permission
from stafette.kernel.sealing import KeyMissing, UnitSecret


def key_folder() -> KeyFolder:
    """Return the folder in which the keys lie (STAFETTE_KEYS)."""
    return KeyFolder(Path(settings.STAFETTE_KEYS))


@sensitive_variables()
def secret_of(key: UnitKey) -> UnitSecret:
    """Fetch a key from the folder; one whose fingerprint is another counts as missing."""
    secret = key_folder().read(key.unit_id, key.pk)
    if secret.fingerprint != key.fingerprint:
        raise KeyMissing(missing_words())
    return secret


def key_in_use(unit_id: UUID, *, locked: bool = False) -> UnitKey:
    """Return the key under which the unit writes now, or say who makes one.

    Whoever writes locks it, so that a key is never retired between the look at it and the note.
    """
    keys = UnitKey.objects.filter(unit=unit_id, replaced_at=None)
    key = (keys.select_for_update(of=("self",), no_key=True) if locked else keys).first()
    if key is None:
        raise RuleBroken(
            _(
                "Diese Stelle hat noch keinen Schlüssel. Bitten Sie die technische Administration, unter „Schlüssel“ "
                "einen anzulegen. Vorher lässt sich nichts verschließen."
            )
        )
    return key


def needs_key(unit: Unit) -> bool:
    """Tell whether somebody may hold sealed notes in this unit."""
    return any(Permission.SEALED_EDIT in ROLES[role].permissions for role in roles_in(unit))


def units_without_key() -> list[UUID]:
    """Return the running units that may hold sealed notes and have no key to seal them with."""
    keyed = UnitKey.objects.filter(replaced_at=None).values("unit")
    running = Unit.objects.filter(ends_on=None).exclude(pk__in=keyed).order_by("code")
    return [unit.pk for unit in running if needs_key(unit)]


@dataclass(frozen=True)
class SealedCount:
    """So many notes of a unit lie under a key; some of them nobody can read any more."""

    unit_id: UUID
    key_id: UUID
    ground: str
    is_reachable: bool
    number: int


def sealed_counts() -> list[SealedCount]:
    """Count sealed notes where the actor of this transaction answers for them; existence, nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("select * from casework_sealed_counts()")
        return [SealedCount(*row) for row in cursor.fetchall()]


def last_reader_count(unit_id: UUID, user_id: UUID) -> int:
    """Count the notes that nobody could read any more if this person left."""
    with connection.cursor() as cursor:
        cursor.execute("select casework_sealed_last_reader(%s, %s)", [unit_id, user_id])
        return int(cursor.fetchone()[0])


def wrapped_under(key: UnitKey, many: int) -> list[tuple[UUID, UUID, UUID, bytes]]:
    """Return note, unit, author and wrapped data key of the next notes under a key, locked."""
    with connection.cursor() as cursor:
        cursor.execute("select * from casework_wrapped(%s, %s)", [key.pk, many])
        return [(note, unit, author, bytes(wrapped)) for note, unit, author, wrapped in cursor.fetchall()]


@dataclass(frozen=True)
class KeyRow:
    """A key on the page of those who look after it."""

    key: UnitKey
    notes: int
    is_there: bool

    @property
    def state(self) -> tuple[str, str]:
        """Word and colour of what is the matter with it."""
        if self.key.destroyed_at:
            return _("vernichtet"), "info"
        if not self.is_there:
            return (
                (_("fehlt"), "danger")
                if self.notes or not self.key.retired_at
                else (_("Datei fehlt"), "warning")
            )
        if self.key.retired_at:
            return _("außer Dienst"), "info"
        return (_("wird abgelöst"), "warning") if self.key.replaced_at else (_("in Gebrauch"), "success")


@dataclass(frozen=True)
class UnitKeys:
    """The keys of one unit and what is to be done with them."""

    unit: Unit
    rows: list[KeyRow]
    needs_key: bool
    unreachable: int

    @property
    def in_use(self) -> KeyRow | None:
        """The key under which the unit writes."""
        return next((row for row in self.rows if row.key.replaced_at is None), None)

    @property
    def waiting(self) -> int:
        """Notes that still lie under a key that is being replaced."""
        return sum(row.notes for row in self.rows if row.key.replaced_at is not None)

    @property
    def problem(self) -> str:
        """What has to be done, most urgent first; empty where all is well."""
        if any(not row.is_there and row.notes for row in self.rows):
            return _(
                "Eine Schlüsseldatei fehlt. Holen Sie sie aus der Sicherung zurück (stafette keys restore); bis dahin "
                "öffnet sich keiner der Vermerke darunter."
            )
        if self.in_use is None:
            return _(
                "Noch kein Schlüssel. Legen Sie einen an, damit die Stelle Anvertrautes verschließen kann."
            )
        if not self.in_use.is_there:
            return _("Die Datei des Schlüssels fehlt. Holen Sie sie zurück oder wechseln Sie den Schlüssel.")
        if self.waiting:
            return _("Der Wechsel ist nicht fertig. Setzen Sie ihn fort.")
        if self.in_use.key.backed_up_at is None:
            return _(
                "Noch nicht gesichert: stafette keys backup. Ohne Sicherung ist ein verlorener Schlüssel endgültig."
            )
        return ""


def keys_of_units(*, actor: Actor, unit_ids: Collection[UUID] | None = None) -> list[UnitKeys]:
    """Return the units that have or need a key, those with something to do first."""
    units = keyed_units_visible_to(actor).order_by("name")
    if unit_ids is not None:
        units = units.filter(pk__in=unit_ids)
    keys: dict[UUID, list[UnitKey]] = {}
    for key in keys_visible_to(actor).order_by("-created_at", "-id"):
        keys.setdefault(key.unit_id, []).append(key)
    counted = sealed_counts()
    notes: Counter[UUID] = Counter()
    lost: Counter[UUID] = Counter()
    for one in counted:
        notes[one.key_id] += one.number
        lost[one.unit_id] += 0 if one.is_reachable else one.number
    folder = key_folder()
    found = []
    for unit in units:
        rows = [KeyRow(key, notes[key.pk], folder.has(unit.pk, key.pk)) for key in keys.get(unit.pk, [])]
        if rows or (needs_key(unit) and unit.ends_on is None):
            found.append(UnitKeys(unit, rows, needs_key(unit), lost[unit.pk]))
    return sorted(found, key=lambda one: not one.problem)


def unknown_files() -> list[tuple[UUID, UUID]]:
    """Return keys in the folder of which the database knows nothing: from a broken-off creation or another town."""
    files = list(key_folder().known())
    known = set(UnitKey.objects.filter(Q(pk__in=[key for _unit, key in files])).values_list("unit_id", "pk"))
    return [pair for pair in files if pair not in known]


def keys_to_back_up(*, actor: Actor, unit_id: UUID) -> Any:
    """Return the keys of a unit that are not destroyed, the oldest first."""
    return keys_visible_to(actor).filter(unit=unit_id, destroyed_at=None).order_by("created_at", "id")


@dataclass(frozen=True)
class UnitCount:
    """How much a unit keeps sealed, by ground; and how much of it nobody can read any more."""

    unit: Unit
    entrusted: int
    secret: int
    unreachable: int


def counts_of_units(*, actor: Actor, unit_id: UUID | None = None) -> list[UnitCount]:
    """Count per unit that the actor administers or whose log one reads, by name."""
    seen = actor.units(Permission.UNIT_ADMIN) | actor.units(Permission.EVENT_VIEW)
    wanted = seen if unit_id is None else seen & {unit_id}
    found: dict[UUID, Counter[str]] = {}
    for one in sealed_counts():
        counter = found.setdefault(one.unit_id, Counter())
        counter[one.ground] += one.number
        counter["unreachable"] += 0 if one.is_reachable else one.number
    units = Unit.objects.filter(pk__in=wanted & found.keys()).order_by("name")
    return [
        UnitCount(unit, found[unit.pk]["entrusted"], found[unit.pk]["secret"], found[unit.pk]["unreachable"])
        for unit in units
    ]
