"""Which roles a unit can give out, and which of them administer it: so that rights follow the unit's task."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from stafette.accounts.models import Membership, Unit, UnitKind
from stafette.accounts.roles import ROLES, Role
from stafette.kernel.permissions import Permission

ADMINISTERING = (Role.HEAD, Role.UNIT_ADMIN)
_BY_KIND: dict[str, tuple[Role, ...]] = {
    UnitKind.CLEARING_DESK: (Role.CLERK,),
    UnitKind.REGISTRATION: (Role.CLERK,),
    UnitKind.OUTREACH: (Role.OUTREACH,),
    UnitKind.HOUSING_CONTROL: (Role.CONTROLLER,),
    UnitKind.BUILDING_CONTROL: (Role.CONTROLLER,),
    UnitKind.DISTRICT_CENTRE: (Role.COUNTER,),
    UnitKind.CHARITY: (Role.COUNTER,),
    UnitKind.INTEGRATION_MANAGEMENT: (Role.COUNTER,),
    UnitKind.SCHOOL_TEAM: (Role.SCHOOL,),
    UnitKind.COORDINATION: (Role.COORDINATION,),
    UnitKind.DATA_PROTECTION: (Role.DATA_PROTECTION,),
    UnitKind.OPERATIONS: (Role.TECHNICAL,),
}


def roles_in(unit: Unit) -> tuple[Role, ...]:
    """Roles that someone may have in this unit: those of its task, its head and its administration."""
    return (*_BY_KIND.get(unit.kind, ()), *ADMINISTERING)


def does_casework(role: str) -> bool:
    """Tell whether open things can lie on the desk of someone with this role."""
    return Permission.REFERRAL_ANSWER in ROLES[Role(role)].permissions


def administrations(unit: Unit, *, after: date, without: Iterable[Membership]) -> QuerySet[Membership]:
    """Memberships that go on administering the unit after that day, apart from those that end."""
    lasting = Q(ends_on=None) | Q(ends_on__gt=after)
    found = Membership.objects.filter(lasting, unit=unit, role__in=ADMINISTERING, user__is_active=True)
    return found.exclude(pk__in=[membership.pk for membership in without])
