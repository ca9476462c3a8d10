"""Units and staff for tests."""

from datetime import date

import factory

from stafette.accounts.models import Absence, Authority, Mandate, Membership, Unit, UnitKind, User
from stafette.accounts.roles import Role
from stafette.kernel.testing import OwnedFactory


class AuthorityFactory(OwnedFactory[Authority]):
    class Meta:
        model = Authority

    code = factory.Sequence(lambda n: f"behoerde-{n}")
    name = factory.Sequence(lambda n: f"Musterstadt {n}")
    land = "ST"


class UnitFactory(OwnedFactory[Unit]):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"stelle-{n}")
    kind = UnitKind.CLEARING_DESK
    name = factory.Sequence(lambda n: f"Stelle {n}")
    short_name = factory.Sequence(lambda n: f"S{n}")
    authority = factory.SubFactory(AuthorityFactory)
    mandate = Mandate.REGISTERING


class UserFactory(OwnedFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"konto{n}@musterstadt.example")
    label = factory.Sequence(lambda n: f"Konto {n}")


class MembershipFactory(OwnedFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.CLERK
    starts_on = date(2020, 1, 1)


class AbsenceFactory(OwnedFactory[Absence]):
    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    deputy = factory.SubFactory(UserFactory)
    starts_on = date(2020, 1, 1)
    ends_on = date(2099, 1, 1)
