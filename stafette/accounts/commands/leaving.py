"""Leaving is a procedure: first everything open is handed over, then the access ends, in one step."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts import handover
from stafette.accounts.commands.handing import hand_over_work
from stafette.accounts.guards import (
    end_sessions,
    keep_a_caseworker,
    keep_an_administrator,
    lock_units,
    refuse_oneself,
    running_of,
)
from stafette.accounts.models import Absence, Membership, Unit, User
from stafette.accounts.queries import books_of, home_unit, successors_for
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission


@command
def finish_leaving(
    *,
    actor: Actor,
    user_id: UUID,
    successors: Mapping[UUID, Sequence[UUID]],
    leaves_sealed: bool = False,
) -> User:
    """Hand over all that is open, to one or several per unit, end the memberships, and close the account.

    Units that have ended and whose books the leaver's unit took over count like one's own. What was entrusted to the
    leaver alone is handed over by nobody else: it stays shut, and whoever ends the access must have said so.
    A second click finds the account closed and moves nothing again. The account stays, so that the log goes on
    naming who did what.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if user.left_on is not None:
        raise RuleBroken(
            _("{label} ist schon verabschiedet; es wurde nichts noch einmal übergeben.").format(
                label=user.label
            )
        )
    memberships = running_of(user)
    units = lock_units(unit for membership in memberships for unit in books_of(membership.unit_id))
    _require_leaving(actor, list(units))
    refuse_oneself(actor, user.pk, doing=_("Der Abschied"))
    alone = _refuse_forgotten(actor, user, list(units), leaves_sealed)
    moved = {
        str(unit_id): _hand_over(actor, user, unit, successors.get(unit_id, ()))
        for unit_id, unit in units.items()
    }
    _end_memberships(actor, units, memberships)
    _end_absences(user, successors)
    user.is_active, user.left_on = False, today()
    user.set_unusable_password()
    user.save(update_fields=["is_active", "left_on", "password"])
    sessions = end_sessions(user)
    for unit_id in units or [home_unit()]:
        record(
            actor, "account.left", user,
            unit=unit_id, successors=list(successors.get(unit_id, ())), moved=moved.get(str(unit_id), {}),
            sessions=sessions, sealed=sum(one.count for one in alone if one.unit_id == unit_id),
        )  # fmt: skip
    return user


def _require_leaving(actor: Actor, units: list[UUID]) -> None:
    """Whoever manages accounts, or whoever administers all units in which the person works."""
    if units and all(actor.may(Permission.UNIT_ADMIN, unit=unit) for unit in units):
        return
    actor.require(Permission.USER_ADMIN, unit=home_unit())


def _refuse_forgotten(
    actor: Actor, user: User, unit_ids: list[UUID], leaves_sealed: bool
) -> list[handover.LeftBehind]:
    """Ask before something stays shut for ever; return what does."""
    alone = handover.left_behind(actor=actor, user_id=user.pk, unit_ids=unit_ids)
    if alone and not leaves_sealed:
        raise BadInput(
            _(
                "{label} hält noch {count} Vermerke, die danach niemand mehr öffnen kann. Bitten Sie die Person, "
                "vorher eine Vertretung zu benennen, oder bestätigen Sie, dass sie verschlossen bleiben."
            ).format(label=user.label, count=sum(one.count for one in alone))
        )
    return alone


def _hand_over(actor: Actor, user: User, unit: Unit, successors: Sequence[UUID]) -> dict[str, int]:
    if not handover.piles(actor=actor, user_id=user.pk, unit_id=unit.pk):
        return {}
    if not successors:
        raise BadInput(
            _("In „{unit}“ ist noch etwas offen. Wählen Sie, wer es übernimmt.").format(unit=unit.name)
        )
    fitting = set(successors_for(user_id=user.pk, unit_id=unit.pk).values_list("pk", flat=True))
    if not set(successors) <= fitting:
        raise BadInput(
            _("Wer in „{unit}“ übernimmt, muss dort dasselbe dürfen. Wählen Sie jemand anderen.").format(
                unit=unit.name
            )
        )
    done = hand_over_work(
        actor=actor.with_grants((Permission.UNIT_ADMIN, unit.pk)),  # whoever manages accounts, for this step
        hand_over_id=new_id(),
        unit_id=unit.pk,
        to_user_ids=successors,
        from_user_id=user.pk,
    )
    moved: dict[str, int] = done.counts["kinds"]
    return moved


def _end_memberships(actor: Actor, units: Mapping[UUID, Unit], memberships: list[Membership]) -> None:
    """The access ends today; who has not begun yet does not begin."""
    for unit_id, unit in units.items():
        own = [one for one in memberships if one.unit_id == unit_id]
        keep_an_administrator(unit, after=today(), without=own)
        keep_a_caseworker(actor, unit, after=today(), without=own)
    for membership in memberships:
        if membership.starts_on > today():
            membership.delete()
        else:
            membership.ends_on = today()
            membership.save(update_fields=["ends_on"])


def _end_absences(user: User, successors: Mapping[UUID, Sequence[UUID]]) -> None:
    """Whoever counted on this deputy gets a successor, or is on one's own again."""
    yesterday = today() - timedelta(days=1)
    for absence in Absence.objects.filter(deputy=user, ends_on__gte=today()).select_related("user"):
        units = absence.user.memberships.values_list("unit_id", flat=True)
        new = next(
            (
                successor
                for unit in units
                for successor in successors.get(unit, ())
                if successor != absence.user_id
            ),
            None,
        )
        if new is not None:
            absence.deputy_id = new
            absence.save(update_fields=["deputy"])
        else:
            _shorten(absence, yesterday)
    for absence in user.absences.filter(ends_on__gte=today()):
        _shorten(absence, yesterday)


def _shorten(absence: Absence, last: date) -> None:
    if absence.starts_on > last:
        absence.delete()
    else:
        absence.ends_on = last
        absence.save(update_fields=["ends_on"])
