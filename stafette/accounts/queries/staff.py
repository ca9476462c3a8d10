"""Questions about staff: who works where, who may do what, who stands in."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from stafette.accounts.extra_grants import ExtraGrant, extras_of
from stafette.accounts.models import Absence, Membership, Unit, User
from stafette.accounts.queries.succession import Books, books_of, heir_id, heirs
from stafette.accounts.roles import CASEWORK, ROLES, Reach, Role
from stafette.kernel.actor import PROGRAM_ID, Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission


def running_on(day: date) -> Q:
    """Select what has begun and not ended on that day (models with starts_on and ends_on)."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def memberships_of(user: User, *, on: date | None = None) -> QuerySet[Membership]:
    """Memberships that run on that day, the oldest first, each with the `books` that it opens."""
    day = on or today()
    found = Membership.objects.filter(running_on(day), user=user).select_related("unit__authority")
    return found.annotate(books=Books("unit_id", Value(day))).order_by("starts_on", "id")


def actor_for(
    user: User,
    *,
    memberships: Iterable[Membership] | None = None,
    extras: Iterable[ExtraGrant] | None = None,
) -> Actor:
    """Build who acts from the memberships that run today; an inactive account has no grants.

    Whoever works in the successor of a unit that has ended, works in its books in the same role. Two queries at
    most: the memberships, and the units where a role reaches beyond its own. What break-glass opened comes on top,
    for those only who may still open it.
    """
    if not user.is_active:
        return Actor(id=user.pk, label=user.label)
    grants: set[tuple[Permission, UUID]] = set()
    for membership in memberships if memberships is not None else memberships_of(user):
        card = ROLES[Role(membership.role)]
        for unit_id in _reached(membership, card.reach):
            grants.update((permission, unit_id) for permission in card.permissions)
    if any(permission is Permission.GLASS_OPEN for permission, _unit in grants):
        for extra in extras_of(user) if extras is None else extras:
            grants |= extra.pairs
    return Actor(id=user.pk, label=user.label, grants=frozenset(grants))


def _reached(membership: Membership, reach: Reach) -> Iterable[UUID]:
    if reach is Reach.UNIT:
        known: Iterable[UUID] | None = getattr(membership, "books", None)
        return known if known is not None else books_of(membership.unit_id)
    units = Unit.objects.all()
    if reach is Reach.AUTHORITY:
        units = units.filter(authority=membership.unit.authority_id)
    return units.values_list("pk", flat=True)


def watch_actor() -> Actor:
    """Who runs deadlines: the program itself. It sees dates and states of all units, never content."""
    units = Unit.objects.values_list("pk", flat=True)
    return Actor(
        id=PROGRAM_ID,
        label="Stafette (Fristenlauf)",
        grants=frozenset((Permission.DUTY_WATCH, unit) for unit in units),
    )


def staff_of(unit_id: UUID, *, on: date | None = None) -> QuerySet[User]:
    """Active accounts that work in the unit on that day; in its successor, where the unit has ended."""
    day = on or today()
    running = Membership.objects.filter(running_on(day), unit=heir_id(unit_id, day)).values("user")
    return User.objects.filter(pk__in=running, is_active=True).order_by("label")


def caseworkers_of(unit_id: UUID, *, on: date | None = None) -> QuerySet[User]:
    """Those of the staff who may answer for a case: holders of a role that may answer referrals."""
    day = on or today()
    running = Membership.objects.filter(running_on(day), unit=heir_id(unit_id, day), role__in=CASEWORK)
    return User.objects.filter(pk__in=running.values("user"), is_active=True).order_by("label")


def stand_ins(*, on: date | None = None) -> dict[UUID, UUID]:
    """Map whoever is away on that day to who is there in their stead.

    A deputy who is away as well hands on to the own deputy. Where nobody is found in the end, the named deputy stays
    (left_alone names those desks).
    """
    away = _absences(on or today())
    return {user: _present(user, away) or deputy for user, (deputy, _active) in away.items()}


def left_alone(*, on: date | None = None) -> frozenset[UUID]:
    """Who is away on that day and has nobody who stands in: the deputies are away for each other, or have left."""
    away = _absences(on or today())
    return frozenset(user for user in away if _present(user, away) is None)


Absences = Mapping[UUID, tuple[UUID, bool]]


def _absences(day: date) -> Absences:
    """Per absent account the deputy, and whether that account is active."""
    away = Absence.objects.filter(starts_on__lte=day, ends_on__gte=day)
    rows = away.values_list("user_id", "deputy_id", "deputy__is_active")
    return {user: (deputy, active) for user, deputy, active in rows}


def _present(user: UUID, away: Absences) -> UUID | None:
    """Follow the deputies until one is there; None where they go round in a circle or one has left."""
    seen: set[UUID] = set()
    while user in away:
        seen.add(user)
        user, active = away[user]
        if user in seen or not active:
            return None
    return user


def desks_of(actor: Actor, *, on: date | None = None) -> set[UUID]:
    """Whose open things lie on the actor's desk: one's own and those of everyone whom one stands in for."""
    return {actor.id} | {user for user, deputy in stand_ins(on=on).items() if deputy == actor.id}


def _casework_rights(
    user_id: UUID, *, from_on: date, to_on: date | None
) -> dict[UUID, frozenset[Permission]]:
    """Per unit what the user's roles of case work allow, taking memberships that last the whole time."""
    lasting = Q(ends_on=None) if to_on is None else Q(ends_on=None) | Q(ends_on__gte=to_on)
    rights: dict[UUID, frozenset[Permission]] = {}
    for membership in Membership.objects.filter(lasting, user=user_id, starts_on__lte=from_on):
        permissions = ROLES[Role(membership.role)].permissions
        if Permission.REFERRAL_ANSWER in permissions:
            rights[membership.unit_id] = rights.get(membership.unit_id, frozenset()) | permissions
    return rights


def may_stand_in(*, user_id: UUID, deputy_id: UUID, from_on: date, to_on: date) -> bool:
    """Tell whether the deputy may do the same in each unit of the user, and is there in that time."""
    if Absence.objects.filter(user=deputy_id, starts_on__lte=to_on, ends_on__gte=from_on).exists():
        return False
    needed = _casework_rights(user_id, from_on=from_on, to_on=from_on)
    offered = _casework_rights(deputy_id, from_on=from_on, to_on=to_on)
    if not needed:
        mine = Membership.objects.filter(running_on(from_on), user=user_id).values("unit")
        return Membership.objects.filter(running_on(from_on), user=deputy_id, unit__in=mine).exists()
    return all(rights <= offered.get(unit, frozenset()) for unit, rights in needed.items())


def possible_deputies(user_id: UUID, *, on: date | None = None) -> QuerySet[User]:
    """Colleagues of one's units, as far as they may do the same there; who is away is left out when it is saved."""
    day = on or today()
    units = Membership.objects.filter(running_on(day), user=user_id).values("unit")
    colleagues = (
        Membership.objects.filter(running_on(day), unit__in=units).exclude(user=user_id).values("user")
    )
    found = User.objects.filter(pk__in=colleagues, is_active=True).order_by("label")
    needed = _casework_rights(user_id, from_on=day, to_on=day)
    fitting = [
        user.pk
        for user in found
        if all(
            rights <= _casework_rights(user.pk, from_on=day, to_on=day).get(unit, frozenset())
            for unit, rights in needed.items()
        )
    ]
    return found.filter(pk__in=fitting)


def successors_for(*, user_id: UUID, unit_id: UUID) -> QuerySet[User]:
    """Colleagues of the unit who may do there what the user does, and will stay."""
    day = today()
    here = heirs(on=day).get(unit_id, unit_id)
    needed = _casework_rights(user_id, from_on=day, to_on=day).get(here, frozenset())
    colleagues = staff_of(unit_id).exclude(pk=user_id)
    fitting = [
        user.pk
        for user in colleagues
        if needed <= _casework_rights(user.pk, from_on=day, to_on=None).get(here, frozenset())
    ]
    return colleagues.filter(pk__in=fitting)
