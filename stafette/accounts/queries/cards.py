"""What the pages of units, roles and accounts show, put together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from stafette.accounts import handover
from stafette.accounts.models import (
    Absence,
    Authority,
    Equipment,
    JointProcessing,
    Membership,
    Post,
    ResponseRule,
    Route,
    Topic,
    Unit,
    User,
)
from stafette.accounts.queries.cooperation import holding_on, response_rule
from stafette.accounts.queries.staff import running_on, successors_for
from stafette.accounts.queries.succession import books_of
from stafette.accounts.queries.units import KINDS, units_visible
from stafette.accounts.roles import ROLES
from stafette.accounts.staffing import ADMINISTERING
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission


@dataclass(frozen=True)
class Answering:
    """Within how many working days the unit answers: all senders or one of them, whatever it is or one finding."""

    sender: str
    rule: ResponseRule
    finding: str = ""


@dataclass(frozen=True)
class UnitCard:
    """What one wants to know about a unit before calling it."""

    contacts: list[Post]
    deputies: list[Post]
    posts: list[Post]
    fte: Decimal
    equipment: list[Equipment]
    topics: list[str]
    periods: list[Answering]
    routes_in: list[Route]
    routes_out: list[Route]
    joint: list[JointProcessing]


def unit_card(unit_id: UUID) -> UnitCard:
    """Put the page of a unit together; functions only, never a person."""
    unit = Unit.objects.prefetch_related("posts", "equipment").get(pk=unit_id)
    posts = list(unit.posts.all())
    day = today()
    routes = Route.objects.filter(holding_on(day)).select_related("finding", "sender", "receiver")
    return UnitCard(
        contacts=[post for post in posts if post.duty == Post.Duty.CONTACT],
        deputies=[post for post in posts if post.duty == Post.Duty.DEPUTY],
        posts=posts,
        fte=sum((post.fte for post in posts), Decimal(0)),
        equipment=list(unit.equipment.all()),
        topics=list(Topic.objects.filter(code__in=unit.topics).values_list("label", flat=True)),
        periods=_periods(unit, day),
        routes_in=list(routes.filter(receiver=unit).order_by("finding__position", "sender__code")),
        routes_out=list(routes.filter(sender=unit).order_by("finding__position", "position")),
        joint=list(JointProcessing.objects.filter(units__contains=[unit.code])),
    )


def _periods(unit: Unit, day: date) -> list[Answering]:
    """The rule for all senders first, then what was agreed on with single ones, then for single findings."""
    general = response_rule(sender_id=UUID(int=0), receiver_id=unit.pk, on=day)
    arriving = Route.objects.filter(holding_on(day), receiver=unit).values("finding")
    own = ResponseRule.objects.filter(
        Q(receiver=unit, sender__isnull=False)
        | Q(receiver=unit, finding__isnull=False)
        | Q(receiver=None, finding__in=arriving),
        holding_on(day),
    ).select_related("sender", "finding")
    rules = sorted(
        own, key=lambda rule: (rule.finding.position if rule.finding else -1, str(rule.sender or ""))
    )
    return [
        *([Answering("", general)] if general else []),
        *(
            Answering(str(rule.sender or ""), rule, rule.finding.label if rule.finding else "")
            for rule in rules
        ),
    ]


def units_by_authority(*, actor: Actor) -> list[Authority]:
    """Authorities with their units and contact posts; units that have ended are left out.

    In the order of a case's way: registering and helping first, overseeing and operating last.
    """
    running = units_visible(actor=actor).filter(Q(ends_on=None) | Q(ends_on__gte=today()))
    found = Authority.objects.prefetch_related(Prefetch("units", running, to_attr="running_units"))
    authorities: list[Any] = [authority for authority in found.order_by("-name") if authority.running_units]
    for authority in authorities:
        authority.running_units.sort(key=lambda unit: list(KINDS).index(unit.kind))
    return authorities


@dataclass(frozen=True)
class RoleCardView:
    """A role as the page shows it."""

    name: str
    sentence: str
    reach: str
    permissions: list[str]


@dataclass(frozen=True)
class PermissionCardView:
    """A permission and the roles that hold it."""

    name: str
    sentence: str
    roles: list[str]


def role_cards() -> list[RoleCardView]:
    """Every role, in the order of the code."""
    return [
        RoleCardView(
            str(role.label),
            card.sentence,
            card.reach,
            [one.sentence for one in Permission if one in card.permissions],
        )
        for role, card in ROLES.items()
    ]


def permission_cards() -> list[PermissionCardView]:
    """Every permission, in the order of the code."""
    return [
        PermissionCardView(
            one.value,
            one.sentence,
            [str(role.label) for role, card in ROLES.items() if one in card.permissions],
        )
        for one in Permission
    ]


@dataclass(frozen=True)
class Team:
    """The staff of a unit: now, later, no longer; and whether somebody administers it."""

    running: list[Membership]
    coming: list[Membership]
    ended: list[Membership]
    absences: list[Absence]
    is_administered: bool


def team_of(unit_id: UUID) -> Team:
    """Put the staff page of a unit together."""
    day = today()
    found = list(
        Membership.objects.filter(unit=unit_id).select_related("user").order_by("user__label", "starts_on")
    )
    running = [one for one in found if one.starts_on <= day and (one.ends_on is None or one.ends_on >= day)]
    absences = Absence.objects.filter(ends_on__gte=day, user__in=[one.user_id for one in running])
    return Team(
        running=running,
        coming=[one for one in found if one.starts_on > day],
        ended=[one for one in found if one.ends_on is not None and one.ends_on < day],
        absences=list(absences.select_related("user", "deputy").order_by("starts_on")),
        is_administered=any(one.role in ADMINISTERING and one.user.is_active for one in running),
    )


@dataclass(frozen=True)
class AccountCard:
    """What belongs to an account."""

    memberships: list[Membership]
    absences: list[Absence]
    deputyships: list[Absence]
    has_second_factor: bool
    units: list[tuple[UUID, str]] = field(default_factory=list)


def own_card(user_id: UUID) -> AccountCard:
    """Put the page of an account together; also one's own."""
    day = today()
    lasting = Q(ends_on=None) | Q(ends_on__gte=day)
    memberships = list(
        Membership.objects.filter(lasting, user=user_id).select_related("unit").order_by("unit__name", "role")
    )
    absences = Absence.objects.filter(ends_on__gte=day).select_related("user", "deputy").order_by("starts_on")
    return AccountCard(
        memberships=memberships,
        absences=list(absences.filter(user=user_id)),
        deputyships=list(absences.filter(deputy=user_id)),
        has_second_factor=Authenticator.objects.filter(user=user_id, type=Authenticator.Type.TOTP).exists(),
        units=list(
            dict.fromkeys((one.unit_id, one.unit.name) for one in memberships if one.starts_on <= day)
        ),
    )


def url_of_account(user_id: UUID, *, viewer_id: UUID) -> str:
    """One's own page, or the page of the account for others."""
    return (
        reverse("accounts:profile") if user_id == viewer_id else reverse("accounts:account", args=[user_id])
    )


def accounts_with_use(accounts: QuerySet[User]) -> QuerySet[User]:
    """Accounts with the memberships that run today, for the list."""
    running = Membership.objects.filter(running_on(today())).select_related("unit")
    return accounts.prefetch_related(Prefetch("memberships", running, to_attr="running"))


@dataclass(frozen=True)
class Desk:
    """What lies open on someone's desk in one unit, and who could take it."""

    unit: Unit
    piles: list[handover.Pile]
    successors: list[tuple[UUID, str]]
    alone: list[handover.LeftBehind] = field(default_factory=list)

    @property
    def as_choice(self) -> tuple[UUID, str, Iterable[tuple[UUID, str]], bool]:
        """What the form needs: unit, its name, the colleagues, and whether one must be chosen."""
        return self.unit.pk, self.unit.name, self.successors, bool(self.piles)


def desks_to_clear(*, actor: Actor, user_id: UUID) -> list[Desk]:
    """Per unit of someone who leaves: what is open, counted without being shown."""
    memberships: Any = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today()), user=user_id)
    books = {unit for own in memberships.values_list("unit", flat=True) for unit in books_of(own)}
    units = Unit.objects.filter(pk__in=books).order_by("name")
    return [
        Desk(
            unit,
            handover.piles(actor=actor, user_id=user_id, unit_id=unit.pk),
            list(successors_for(user_id=user_id, unit_id=unit.pk).values_list("pk", "label")),
            handover.left_behind(actor=actor, user_id=user_id, unit_ids=[unit.pk]),
        )
        for unit in units
    ]
