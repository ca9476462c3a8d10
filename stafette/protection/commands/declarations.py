"""Bodies outside the public service commit themselves to equal protection; without it nothing travels to them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.protection.flow import EQUAL_PROTECTION
from stafette.protection.models import Declaration


@command
def note_declaration(
    *, actor: Actor, unit_id: UUID, given_on: date, expires_on: date | None = None
) -> Declaration:
    """Keep that the body behind a unit guarantees equal protection in writing (§ 61(3) SGB VIII, § 78 SGB X).

    It counts from `given_on`, and before `expires_on` where the paper names an end. BadInput for a public unit,
    which needs none, for a day to come, an end that is not later, and a second paper of one day.
    """
    unit = Unit.objects.select_for_update(of=("self",)).select_related("authority").get(pk=unit_id)
    actor.require(Permission.UNIT_ADMIN, unit=unit_id)
    if unit.authority.is_public:
        raise BadInput(
            _("Öffentliche Stellen sind durch das Gesetz gebunden und verpflichten sich nicht eigens.")
        )
    if given_on > today():
        raise BadInput(_("Dieser Tag liegt in der Zukunft. Tragen Sie ein, was schon unterschrieben ist."))
    if expires_on is not None and expires_on <= given_on:
        raise BadInput(_("Das Ende muss nach dem Tag der Unterschrift liegen."))
    if Declaration.objects.filter(unit=unit_id, given_on=given_on).exists():
        raise BadInput(_("Eine Verpflichtung von diesem Tag ist schon festgehalten."))
    declaration = Declaration(
        unit_id=unit_id, norm=EQUAL_PROTECTION, given_on=given_on, expires_on=expires_on
    )
    declaration.save(force_insert=True)
    record(actor, "declaration.noted", declaration, unit=unit_id, given_on=given_on, expires_on=expires_on)
    return declaration


@command
def end_declaration(*, actor: Actor, declaration_id: UUID) -> Declaration:
    """Let a declaration count no longer from today: revoked, or the paper was wrong. One day is its shortest life.

    Another declaration of the unit goes on counting: what is said to the head is asked anew after this.
    """
    declaration = Declaration.objects.select_for_update().get(pk=declaration_id)
    actor.require(Permission.UNIT_ADMIN, unit=declaration.unit_id)
    if declaration.expires_on is not None and declaration.expires_on <= today():
        raise BadInput(_("Diese Verpflichtung gilt schon nicht mehr."))
    declaration.expires_on = max(today(), declaration.given_on + timedelta(days=1))
    declaration.save(update_fields=["expires_on"])
    record(
        actor, "declaration.ended", declaration, unit=declaration.unit_id, expires_on=declaration.expires_on
    )
    return declaration
