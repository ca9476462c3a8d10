"""An officer, a unit under oversight, readings and breaches."""

from datetime import timedelta

import factory

from stafette.accounts.models import Mandate, Unit, UnitKind
from stafette.accounts.roles import ROLES, Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.audit.models import Reading
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.ids import new_id
from stafette.kernel.testing import OwnedFactory
from stafette.oversight.models import Breach


class ReadingFactory(OwnedFactory[Reading]):
    class Meta:
        model = Reading

    account_id = factory.LazyFunction(new_id)
    unit_id = factory.LazyFunction(new_id)
    record_type = "people.Household"
    record_id = factory.LazyFunction(new_id)
    about_id = factory.SelfAttribute("record_id")
    page = "people:household"


class BreachFactory(OwnedFactory[Breach]):
    class Meta:
        model = Breach

    number = factory.Sequence(lambda n: f"DP-2026-{n:05}")
    unit = factory.SubFactory(UnitFactory)
    units = factory.LazyAttribute(lambda breach: [breach.unit.pk])
    detected_at = factory.LazyFunction(lambda: now() - timedelta(hours=1))
    aware_at = factory.SelfAttribute("detected_at")
    due_at = factory.LazyAttribute(lambda breach: breach.aware_at + timedelta(hours=72))
    what = "Eine Liste ging an eine falsche Adresse."
    natures = ["seen"]
    data_kinds = ["names", "address"]
    reported_by = factory.LazyAttribute(lambda breach: MembershipFactory(unit=breach.unit).user)


def officer_for(unit: Unit) -> Actor:
    """The data protection officer of the unit's authority, with the grants of the role in all its units."""
    office = UnitFactory(kind=UnitKind.DATA_PROTECTION, mandate=Mandate.OVERSEEING, authority=unit.authority)
    membership = MembershipFactory(role=Role.DATA_PROTECTION, unit=office)
    units = Unit.objects.filter(authority=unit.authority).values_list("pk", flat=True)
    grants = {(one, pk) for one in ROLES[Role.DATA_PROTECTION].permissions for pk in units}
    return Actor(id=membership.user_id, label=membership.user.label, grants=frozenset(grants))
