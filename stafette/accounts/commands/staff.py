"""Who works where from when until when, and who stands in."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.guards import (
    keep_a_caseworker,
    keep_an_administrator,
    lock_units,
    refuse_enforcement,
    refuse_oneself,
)
from stafette.accounts.models import Absence, Membership, Unit, User
from stafette.accounts.queries import home_unit, may_stand_in, running_on
from stafette.accounts.staffing import APPOINTED, roles_in
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission


@command
def add_membership(
    *, actor: Actor, unit_id: UUID, email: str, role: str, starts_on: date, ends_on: date | None = None
) -> Membership:
    """Let a colleague work in the unit in a role, from a day on.

    The roles of a unit follow from its task, so that nobody can give out rights that the unit does not have. The
    technical administration may appoint who administers a unit, but gives out no case work; nobody appoints oneself.
    """
    unit = lock_units([unit_id])[unit_id]
    user = _active_user(email)
    _require_appointing(actor, unit, role)
    refuse_oneself(actor, user.pk, doing=_("Eine Mitgliedschaft vergeben"))
    refuse_enforcement(unit)
    _check_dates(starts_on, ends_on)
    if role not in roles_in(unit):
        raise BadInput(
            _("Diese Rolle gibt es in „{unit}“ nicht. Wählen Sie eine andere.").format(unit=unit.name)
        )
    _refuse_twice(user, unit, role, starts_on, ends_on)
    membership = Membership(user=user, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on)
    membership.save(force_insert=True)
    record(
        actor, "membership.added", membership,
        unit=unit.pk, user=user.pk, role=role, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    return membership


@command
def end_membership(*, actor: Actor, membership_id: UUID, ends_on: date) -> Membership:
    """Name the last day of a membership; one that has not begun by then goes.

    The unit is locked first: when two people take the last two administrators away at the same moment, the second
    one waits, looks again, and is refused.
    """
    found = Membership.objects.only("unit_id").get(pk=membership_id)
    unit = lock_units([found.unit_id])[found.unit_id]
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership_id)
    _require_appointing(actor, unit, membership.role)
    if membership.ends_on is not None and membership.ends_on < today():
        raise RuleBroken(_("Diese Mitgliedschaft ist schon beendet."))
    if ends_on < today() - timedelta(days=1):
        raise BadInput(
            _(
                "Der letzte Tag kann nicht in der Vergangenheit liegen. Tragen Sie heute oder einen späteren Tag ein."
            )
        )
    keep_an_administrator(unit, after=ends_on, without=[membership])
    keep_a_caseworker(actor, unit, after=ends_on, without=[membership])
    if membership.starts_on > ends_on:
        record(
            actor,
            "membership.cancelled",
            membership,
            unit=unit.pk,
            user=membership.user_id,
            role=membership.role,
        )
        membership.delete()
        return membership
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    record(
        actor, "membership.ended", membership,
        unit=unit.pk, user=membership.user_id, role=membership.role, ends_on=ends_on,
    )  # fmt: skip
    return membership


@command
def record_absence(
    *, actor: Actor, user_id: UUID, deputy_id: UUID, starts_on: date, ends_on: date
) -> Absence:
    """Note who stands in while someone is away; no reason is asked for.

    The deputy finds the open things on the own desk, so it must be a colleague who may do the same in each unit.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    unit_id = _require_own_or_admin(actor, user)
    _check_dates(starts_on, ends_on)
    if ends_on < today():
        raise BadInput(_("Diese Tage sind schon vorbei. Tragen Sie einen späteren letzten Tag ein."))
    deputy = User.objects.filter(pk=deputy_id, is_active=True).exclude(pk=user.pk).first()
    if deputy is None or not may_stand_in(
        user_id=user.pk, deputy_id=deputy.pk, from_on=starts_on, to_on=ends_on
    ):
        raise BadInput(
            _(
                "Die Vertretung muss in derselben Stelle dasselbe dürfen und in dieser Zeit da sein. "
                "Wählen Sie jemand anderen."
            )
        )
    if user.absences.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise RuleBroken(_("In dieser Zeit gibt es schon eine Abwesenheit. Beenden Sie diese zuerst."))
    absence = Absence(user=user, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
    absence.save(force_insert=True)
    record(
        actor, "absence.recorded", absence,
        unit=unit_id, user=user.pk, deputy=deputy.pk, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    return absence


@command
def cancel_absence(*, actor: Actor, absence_id: UUID) -> None:
    """Someone is back early: the deputy keeps nothing on the desk from tomorrow, or from now when it had not begun."""
    absence = Absence.objects.select_for_update(of=("self",)).select_related("user").get(pk=absence_id)
    unit_id = _require_own_or_admin(actor, absence.user)
    if absence.ends_on < today():
        raise RuleBroken(_("Diese Abwesenheit ist schon vorbei."))
    yesterday = today() - timedelta(days=1)
    record(actor, "absence.cancelled", absence, unit=unit_id, user=absence.user_id, ends_on=yesterday)
    if absence.starts_on > yesterday:
        absence.delete()
        return
    absence.ends_on = yesterday
    absence.save(update_fields=["ends_on"])


def _active_user(email: str) -> User:
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise BadInput(
            _(
                "Zu dieser E-Mail-Adresse gibt es kein aktives Konto. Die technische Administration legt Konten an."
            )
        )
    return user


def _require_appointing(actor: Actor, unit: Unit, role: str) -> None:
    """Heads appoint in their unit; whoever manages accounts appoints those who administer a unit, and its own staff."""
    if actor.may(Permission.USER_ADMIN, unit=unit.pk) and role in APPOINTED:
        return
    actor.require(Permission.UNIT_ADMIN, unit=unit.pk)


def _require_own_or_admin(actor: Actor, user: User) -> UUID:
    """Return the unit in whose books the absence stands; one's own needs no further right."""
    running = Membership.objects.filter(running_on(today()), user=user).order_by("unit_id")
    units: list[UUID] = list(running.values_list("unit_id", flat=True))
    if actor.id == user.pk:
        return units[0] if units else home_unit()
    administered = [unit for unit in units if actor.may(Permission.UNIT_ADMIN, unit=unit)]
    unit = (administered or units or [home_unit()])[0]
    actor.require(Permission.UNIT_ADMIN, unit=unit)
    return unit


def _check_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise BadInput(_("Der letzte Tag liegt vor dem ersten. Bitte prüfen Sie die beiden Tage."))


def _refuse_twice(user: User, unit: Unit, role: str, starts_on: date, ends_on: date | None) -> None:
    for other in user.memberships.filter(unit=unit, role=role):
        begins_before = ends_on is None or other.starts_on <= ends_on
        if begins_before and (other.ends_on is None or other.ends_on >= starts_on):
            raise RuleBroken(_("{label} hat diese Rolle in dieser Zeit schon.").format(label=user.label))
