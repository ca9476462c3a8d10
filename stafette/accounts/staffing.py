"""Which roles a unit can give out, and which of them administer it: so that rights follow the unit's task."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from stafette.accounts.models import Membership, Unit, UnitKind
from stafette.accounts.roles import Role
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission

ADMINISTERING = (Role.HEAD, Role.UNIT_ADMIN)
APPOINTED = (
    *ADMINISTERING,
    Role.TECHNICAL,
)  # by whoever manages accounts; all other roles by the unit itself
_BY_KIND: dict[str, tuple[Role, ...]] = {
    UnitKind.CLEARING_DESK: (Role.CLERK,),
    UnitKind.REGISTRATION: (Role.CLERK,),
    UnitKind.OUTREACH: (Role.OUTREACH,),
    UnitKind.HOUSING_CONTROL: (Role.CONTROLLER,),
    UnitKind.BUILDING_CONTROL: (Role.CONTROLLER,),
    UnitKind.DISTRICT_CENTRE: (Role.COUNTER, Role.EDITOR),
    UnitKind.WELCOME_CENTRE: (Role.DESK, Role.EDITOR),
    UnitKind.CHARITY: (Role.COUNTER, Role.PARTNER),
    UnitKind.SCHOOL: (Role.PARTNER,),
    UnitKind.INTEGRATION_MANAGEMENT: (Role.COUNTER,),
    UnitKind.SCHOOL_TEAM: (Role.SCHOOL,),
    UnitKind.COORDINATION: (Role.COORDINATION, Role.EDITOR),
    UnitKind.DATA_PROTECTION: (Role.DATA_PROTECTION,),
    UnitKind.OPERATIONS: (Role.TECHNICAL,),
}


def roles_in(unit: Unit) -> tuple[Role, ...]:
    """Roles that someone may have in this unit: those of its task, its head and its administration."""
    return (*_BY_KIND.get(unit.kind, ()), *ADMINISTERING)


def roles_to_give(actor: Actor, unit: Unit) -> tuple[Role, ...]:
    """Roles that this actor may give in the unit: its administration all of them, the technical one only its heads."""
    own = actor.may(Permission.UNIT_ADMIN, unit=unit.pk)
    appoints = actor.may(Permission.USER_ADMIN, unit=unit.pk)
    return tuple(role for role in roles_in(unit) if own or (appoints and role in APPOINTED))


def administrations(unit: Unit, *, after: date, without: Iterable[Membership]) -> QuerySet[Membership]:
    """Memberships that go on administering the unit after that day, apart from those that end."""
    lasting = Q(ends_on=None) | Q(ends_on__gt=after)
    found = Membership.objects.filter(lasting, unit=unit, role__in=ADMINISTERING, user__is_active=True)
    return found.exclude(pk__in=[membership.pk for membership in without])
