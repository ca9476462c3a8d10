"""Questions about units and staff."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from stafette.accounts.models import (
    Absence,
    ClosingPeriod,
    Equipment,
    FindingKind,
    FormInUse,
    Mandate,
    Membership,
    Post,
    ResponseRule,
    Route,
    Topic,
    Town,
    Unit,
    UnitKind,
    User,
)
from stafette.accounts.roles import ROLES, Reach, Role
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission

KINDS: dict[str, str] = dict(UnitKind.choices)
MANDATES: dict[str, str] = dict(Mandate.choices)
DUTIES: dict[str, str] = dict(Post.Duty.choices)
RHYTHMS: dict[str, str] = dict(Equipment.Rhythm.choices)


def running_on(day: date) -> Q:
    """Select what has begun and not ended on that day (models with starts_on and ends_on)."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def memberships_of(user: User, *, on: date | None = None) -> QuerySet[Membership]:
    """Memberships that run on that day, the oldest first."""
    day = on or today()
    found = Membership.objects.filter(running_on(day), user=user).select_related("unit__authority")
    return found.order_by("starts_on", "id")


def actor_for(user: User, *, memberships: Iterable[Membership] | None = None) -> Actor:
    """Build who acts from the memberships that run today; an inactive account has no grants.

    Two queries at most: the memberships, and the units where a role reaches beyond its own.
    """
    if not user.is_active:
        return Actor(id=user.pk, label=user.label)
    grants: set[tuple[Permission, UUID]] = set()
    for membership in memberships if memberships is not None else memberships_of(user):
        card = ROLES[Role(membership.role)]
        for unit_id in _reached(membership, card.reach):
            grants.update((permission, unit_id) for permission in card.permissions)
    return Actor(id=user.pk, label=user.label, grants=frozenset(grants))


def _reached(membership: Membership, reach: Reach) -> Iterable[UUID]:
    if reach is Reach.UNIT:
        return [membership.unit_id]
    units = Unit.objects.all()
    if reach is Reach.AUTHORITY:
        units = units.filter(authority=membership.unit.authority_id)
    return units.values_list("pk", flat=True)


def units_visible(*, actor: Actor) -> QuerySet[Unit]:
    """Every unit: who is responsible is no secret, and whoever hands over must find the receiver."""
    units = Unit.objects.select_related("authority").prefetch_related("posts", "equipment")
    return units if actor.may(Permission.UNIT_VIEW) else units.none()


def staff_of(unit_id: UUID, *, on: date | None = None) -> QuerySet[User]:
    """Active accounts that work in the unit on that day."""
    day = on or today()
    running = Membership.objects.filter(running_on(day), unit=unit_id).values("user")
    return User.objects.filter(pk__in=running, is_active=True).order_by("label")


def caseworkers_of(unit_id: UUID, *, on: date | None = None) -> QuerySet[User]:
    """Those of the staff who may answer for a case: holders of a role that may answer referrals."""
    day = on or today()
    roles = [role for role, card in ROLES.items() if Permission.REFERRAL_ANSWER in card.permissions]
    running = Membership.objects.filter(running_on(day), unit=unit_id, role__in=roles).values("user")
    return User.objects.filter(pk__in=running, is_active=True).order_by("label")


def stand_ins(*, on: date | None = None) -> dict[UUID, UUID]:
    """Map whoever is away on that day to the deputy."""
    day = on or today()
    away = Absence.objects.filter(starts_on__lte=day, ends_on__gte=day)
    return dict(away.values_list("user_id", "deputy_id"))


def desks_of(actor: Actor, *, on: date | None = None) -> set[UUID]:
    """Whose open things lie on the actor's desk: one's own and those of everyone whom one stands in for."""
    return {actor.id} | {user for user, deputy in stand_ins(on=on).items() if deputy == actor.id}


def holding_on(day: date) -> Q:
    """Select the version of a rule that holds on that day (models with valid_from and valid_to)."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def town() -> Town | None:
    """The town of this installation; None before a blueprint was applied."""
    return Town.objects.select_related("coordination__authority").first()


def topics() -> QuerySet[Topic]:
    """Topics that may be chosen today, in the order of the blueprint."""
    return Topic.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today()))


def finding_labels() -> dict[str, str]:
    """The German word for each finding, also for those that are no longer made."""
    return dict(FindingKind.objects.values_list("code", "label"))


def routes_for(finding_code: str, *, sender_id: UUID, on: date | None = None) -> QuerySet[Route]:
    """Where this finding leads from this unit, the proposed way first."""
    found = Route.objects.filter(holding_on(on or today()), finding__code=finding_code, sender=sender_id)
    return found.select_related("finding", "sender__authority", "receiver__authority", "consent")


def response_rule(*, sender_id: UUID, receiver_id: UUID, on: date | None = None) -> ResponseRule | None:
    """The periods agreed on for this pair: the pair's own rule, else the receiver's, else that for all."""
    found = ResponseRule.objects.filter(
        holding_on(on or today()),
        Q(sender=sender_id) | Q(sender=None),
        Q(receiver=receiver_id) | Q(receiver=None),
    )
    return max(found, key=lambda rule: (rule.sender_id is not None, rule.receiver_id is not None), default=None)


def form_file(code: str) -> str:
    """The file of a guided form, below the folder of blueprints; empty where the town uses none of that code."""
    return FormInUse.objects.filter(code=code).values_list("file", flat=True).first() or ""


def closing_days(authority_id: UUID, *, from_on: date, to_on: date) -> set[date]:
    """Days on which the authority is closed, within the given days."""
    periods = ClosingPeriod.objects.filter(authority=authority_id, starts_on__lte=to_on, ends_on__gte=from_on)
    return {
        date.fromordinal(number)
        for period in periods
        for number in range(
            max(period.starts_on, from_on).toordinal(), min(period.ends_on, to_on).toordinal() + 1
        )
    }


def units_by_kind(kind: str) -> list[UUID]:
    """Ids of the units of this kind, in the order of their codes."""
    return list(Unit.objects.filter(kind=kind).order_by("code").values_list("pk", flat=True))
