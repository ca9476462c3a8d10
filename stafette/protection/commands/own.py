"""Keep what leaves the screen inside the unit: lists as files, prints, letters to the family itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.people.queries import current_members
from stafette.protection.commands.disclosures import _log_and_record
from stafette.protection.data import Category, Channel, Party
from stafette.protection.models import Disclosure
from stafette.protection.queries.deciding import decide_outside

TO = {Channel.LETTER: "FAM", Channel.PRINT: "SELF", Channel.EXPORT: "SELF"}
MOST = 32_767  # what the column holds


@command
def log_own(
    *,
    actor: Actor,
    unit_id: UUID,
    kind: str,
    reference: str,
    purpose: str,
    household_id: UUID | None = None,
    categories: Sequence[str] = (Category.CORE,),
    person_count: int = 1,
    person_ids: Collection[UUID] = (),
) -> Disclosure:
    """Put an export, a print or a letter into the log of disclosures: no crossing, and marked as none.

    Without it the proof would have a gap exactly where names leave the program (domain.md 12, separation rule 4).
    `kind` is Channel.EXPORT, PRINT, or LETTER for what the person itself is handed.
    """
    actor.require(Permission.REFERRAL_VIEW, unit=unit_id)
    return _own_and_record(
        actor, unit_id, kind, reference, purpose, household_id, categories, person_count, person_ids
    )


@command
def log_letter(
    *,
    actor: Actor,
    unit_id: UUID,
    household_id: UUID | None,
    reference: str = "",
    person_ids: Collection[UUID] | None = None,
) -> Disclosure:
    """Keep that a letter or a sheet for people was printed: it carries their names out of the program.

    Without `person_ids` it was for all who live in the household. Only whoever works with the file prints it: who
    opened it by break-glass reads and takes nothing along.
    """
    actor.require(Permission.CONSENT_EDIT, unit=unit_id)
    members = current_members(actor=actor).filter(household=household_id)
    people = members.values_list("person_id", flat=True) if person_ids is None else person_ids
    return _own_and_record(
        actor, unit_id, Channel.LETTER, reference or "Brief", _("Brief oder Blatt für die Person"), household_id,
        (Category.CORE,), len(people), list(people),
    )  # fmt: skip


def _own_and_record(
    actor: Actor,
    unit_id: UUID,
    kind: str,
    reference: str,
    purpose: str,
    household_id: UUID | None,
    categories: Sequence[str],
    person_count: int,
    person_ids: Collection[UUID],
) -> Disclosure:
    unit = Unit.objects.select_related("authority").get(pk=unit_id)
    decision = decide_outside(
        sender=unit, receiver=Party(TO[Channel(kind)]), finding_code="", categories=categories
    )
    return _log_and_record(
        actor=actor,
        unit_id=unit_id,
        receiver_id=unit_id,
        household_id=household_id,
        reference=reference[:40],
        purpose=purpose[:300],
        decision=decision,
        categories=list(categories),
        person_count=min(person_count, MOST),
        kind=kind,
        person_ids=person_ids,
    )
