"""A small town to hand over in: clearing desk, outreach, school team, housing control, coordination."""

from dataclasses import dataclass
from datetime import date

import factory

from stafette.accounts.models import FindingKind, ResponseRule, Route, Unit, UnitKind, User
from stafette.accounts.roles import ROLES, Role
from stafette.accounts.tests.factories import AuthorityFactory, MembershipFactory, UnitFactory
from stafette.kernel.actor import Actor
from stafette.kernel.testing import OwnedFactory, as_owner
from stafette.people.models import Household, Person
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.referrals.models import Finding

ROLE_OF = {
    UnitKind.CLEARING_DESK: Role.CLERK,
    UnitKind.OUTREACH: Role.OUTREACH,
    UnitKind.SCHOOL_TEAM: Role.SCHOOL,
    UnitKind.HOUSING_CONTROL: Role.CONTROLLER,
    UnitKind.DISTRICT_CENTRE: Role.COUNTER,
    UnitKind.CHARITY: Role.COUNTER,
}
CATEGORIES = ["core", "contact", "address", "language", "family", "needs"]


class FindingFactory(OwnedFactory[Finding]):
    class Meta:
        model = Finding

    household = factory.SubFactory(HouseholdFactory)
    unit = factory.SelfAttribute("household.unit")
    code = "family_needs_support"
    reason = "Die Familie wünscht Begleitung zu Ämtern."
    source = "Gespräch"
    rule_version = "1"


class RouteFactory(OwnedFactory[Route]):
    class Meta:
        model = Route

    code = factory.Sequence(lambda n: f"weg-{n}")
    valid_from = date(2026, 1, 1)
    purpose = "Unterstützung der Familie durch aufsuchende Sozialarbeit"
    categories = CATEGORIES


def staff(unit: Unit, role: Role | None = None) -> Actor:
    """Somebody who works in the unit, with the grants of the role."""
    membership = MembershipFactory(unit=unit, role=role or ROLE_OF[unit.kind])
    grants = frozenset((permission, unit.pk) for permission in ROLES[Role(membership.role)].permissions)
    return Actor(id=membership.user_id, label=membership.user.label, grants=grants)


@dataclass
class Town:
    """Units with one clerk each, a family at the clearing desk, and the routes between them."""

    clearing: Unit
    outreach: Unit
    school: Unit
    housing: Unit
    coordination: Unit
    clerk: Actor
    worker: Actor
    teacher: Actor
    controller: Actor
    household: Household
    mother: Person
    child: Person

    def finding(self, code="family_needs_support", person=None, **facts) -> Finding:
        return FindingFactory(
            household=self.household, code=code, person=person, found_by_id=self.clerk.id, **facts
        )

    def route(self, code, receiver, categories=CATEGORIES, **facts) -> Route:
        with as_owner():
            kind, _ = FindingKind.objects.get_or_create(code=code, defaults={"label": code})
        return RouteFactory(
            finding=kind, sender=self.clearing, receiver=receiver, categories=categories, **facts
        )

    def agree(self, unit: Unit, first=2, answer=5, contact=10, feedback=5) -> ResponseRule:
        with as_owner():
            return ResponseRule.objects.create(
                code=f"frist-{unit.code}",
                receiver=unit,
                valid_from=date(2026, 1, 1),
                receipt_days=first,
                answer_days=answer,
                first_contact_days=contact,
                feedback_days=feedback,
            )


def make_town() -> Town:
    city = AuthorityFactory(code="stadt-test", name="Stadt Musterstadt")
    county = AuthorityFactory(code="kreis-test", name="Landkreis Musterland")
    units = {
        kind: UnitFactory(kind=kind, authority=authority, name=str(UnitKind(kind).label))
        for kind, authority in (
            (UnitKind.CLEARING_DESK, city),
            (UnitKind.OUTREACH, county),
            (UnitKind.SCHOOL_TEAM, city),
            (UnitKind.HOUSING_CONTROL, city),
            (UnitKind.COORDINATION, city),
        )
    }
    clearing = units[UnitKind.CLEARING_DESK]
    household = HouseholdFactory(unit=clearing)
    mother = PersonFactory(
        unit=clearing, contact_channel="mobile", contact_value="0170 000000", contact_language="bg"
    )
    child = PersonFactory(unit=clearing, given_names="Ivo", birth_year=2017)
    HouseholdMemberFactory(household=household, person=mother)
    HouseholdMemberFactory(household=household, person=child, relation="child")
    return Town(
        clearing=clearing,
        outreach=units[UnitKind.OUTREACH],
        school=units[UnitKind.SCHOOL_TEAM],
        housing=units[UnitKind.HOUSING_CONTROL],
        coordination=units[UnitKind.COORDINATION],
        clerk=staff(clearing),
        worker=staff(units[UnitKind.OUTREACH]),
        teacher=staff(units[UnitKind.SCHOOL_TEAM]),
        controller=staff(units[UnitKind.HOUSING_CONTROL]),
        household=household,
        mother=mother,
        child=child,
    )


def user_of(actor: Actor) -> User:
    return User.objects.get(pk=actor.id)
