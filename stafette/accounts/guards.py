"""Rules that several commands of this room keep."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from stafette.accounts import handover
from stafette.accounts.models import Membership, Route, Unit, User
from stafette.accounts.queries import books_of, heir_of, holding_on, home_unit, running_on, stand_ins
from stafette.accounts.roles import CASEWORK
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


def keep_a_caseworker(actor: Actor, unit: Unit, *, after: date, without: list[Membership]) -> None:
    """Refuse to leave a unit to which others hand over, or in which things are open, without anyone who is there.

    What it inherited from a unit that has ended counts as its own. The unit's row must be locked.
    """
    leaving = [membership for membership in without if membership.role in CASEWORK]
    if not leaving or heir_of(unit).pk != unit.pk:
        return
    day = after + timedelta(days=1)
    working = Membership.objects.filter(running_on(day), unit=unit, role__in=CASEWORK, user__is_active=True)
    staying = working.exclude(pk__in=[one.pk for one in without]).values_list("user", flat=True)
    if set(staying) - set(stand_ins(on=day)) or not _is_needed(actor, unit, day):
        return
    raise RuleBroken(
        _(
            "„{unit}“ hätte danach niemanden mehr, der da ist und Übergaben annimmt. "
            "Geben Sie zuerst jemand anderem die Sachbearbeitung in dieser Stelle."
        ).format(unit=unit.name)
    )


def _is_needed(actor: Actor, unit: Unit, day: date) -> bool:
    """Tell whether others hand over to the unit, or something is open in its books."""
    if Route.objects.filter(holding_on(day), receiver=unit).exists():
        return True
    return any(handover.slices_in(actor=actor, unit_id=book) for book in books_of(unit.pk, on=day))


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


NEVER_HERE = re.compile(
    r"\b(ausländer(behörde|amt|wesen)\w*|migrationsbehörde|zuwanderungsbehörde|bundespolizei|polizei\w*|"
    r"zoll(amt|fahndung)?|finanzkontrolle schwarzarbeit)\b",
    re.IGNORECASE,
)
NEVER_KINDS = {"AB", "POL"}  # as the flow rules name them


def refuse_enforcement(unit: Unit) -> None:
    """Nobody of a foreigners' authority or the police gets an account's rights: no list and no page is for them.

    What may go there goes as a letter that two people answer for (§ 87 AufenthG, stafette/notices).
    """
    if unit.kind in NEVER_KINDS:
        raise RuleBroken(_no_account(unit.name))
    refuse_enforcement_name(unit.name)
    refuse_enforcement_name(unit.short_name)


def refuse_enforcement_name(name: str) -> None:
    """The same for an organisation by its name: neither a unit nor a partner is one of them."""
    if NEVER_HERE.search(name):
        raise RuleBroken(_no_account(name))


def _no_account(name: str) -> str:
    return _(
        "„{name}“ kann in Stafette niemanden anmelden und nichts gefragt werden: Ausländerbehörde und Polizei haben "
        "hier kein Konto. Mitteilungen an sie gehen nur als geprüfter Brief."
    ).format(name=name)
