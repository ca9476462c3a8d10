"""Rules that several commands of this room keep."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from stafette.accounts.models import Membership, Unit, User
from stafette.accounts.queries import home_unit
from stafette.accounts.staffing import ADMINISTERING, administrations
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.errors import NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission

COMMAND_LINE = UUID(int=1)  # whoever can log in to the server; the log shows it as such


def lock_units(unit_ids: Iterable[UUID]) -> dict[UUID, Unit]:
    """Lock the units in a fixed order: whoever wants to change their administration waits, and nobody deadlocks."""
    units = Unit.objects.select_for_update().filter(pk__in=set(unit_ids)).order_by("pk")
    return {unit.pk: unit for unit in units}


def keep_an_administrator(unit: Unit, *, after: date, without: list[Membership]) -> None:
    """Refuse to leave a unit without anybody who administers it; the unit's row must be locked."""
    leaving = [membership for membership in without if membership.role in ADMINISTERING]
    if leaving and not administrations(unit, after=after, without=without).exists():
        raise RuleBroken(
            _(
                "„{unit}“ hätte danach niemanden mehr, der die Stelle verwaltet. "
                "Geben Sie zuerst jemand anderem die Leitung oder die Verwaltung der Stelle."
            ).format(unit=unit.name)
        )


def require_user_admin(actor: Actor) -> UUID:
    """Ask for the right to manage accounts and return the unit in whose books that stands."""
    home = home_unit()
    actor.require(Permission.USER_ADMIN, unit=home)
    return home


def refuse_oneself(actor: Actor, user_id: UUID, *, doing: str) -> None:
    """Some things take a second person."""
    if actor.id == user_id:
        raise NotAllowed(
            _("{doing} geht nicht für das eigene Konto. Bitten Sie jemand anderen darum.").format(doing=doing)
        )


def running_of(user: User) -> list[Membership]:
    """Memberships of the user that have not ended, also those to come."""
    lasting = user.memberships.select_related("unit").order_by("unit_id", "role")
    return [
        membership for membership in lasting if membership.ends_on is None or membership.ends_on >= today()
    ]


def end_sessions(user: User) -> int:
    """Throw the user out everywhere; returns how many sessions ended."""
    mine = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    return Session.objects.filter(pk__in=mine).delete()[0]
