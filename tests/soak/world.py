"""The town that the soak runs in: five units with several people each, ways between them, many referrals at once."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from stafette.accounts.models import Absence, Unit, UnitKind, User
from stafette.accounts.queries import actor_for, crews
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.referrals.commands import create_task, prepare_referral
from stafette.referrals.models import Finding
from stafette.referrals.tests.cloning import clone_referral
from stafette.referrals.tests.factories import ROLE_OF, make_town, staff
from stafette.referrals.tests.scenes import checked

PER_UNIT = 3


@dataclass
class World:
    """Who and what there is; `epoch` counts changes of staff, so that actors are built anew after each."""

    random: Random
    town: object
    units: list
    centre: Unit
    epoch: int = 0
    heads: dict = field(default_factory=dict)
    _actors: dict = field(default_factory=dict)
    _able: dict = field(default_factory=dict)

    def actor(self, user_id):
        key = (user_id, self.epoch, today())
        if key not in self._actors:
            self._actors[key] = actor_for(User.objects.get(pk=user_id))
        return self._actors[key]

    def able(self, unit_id):
        """Caseworkers of a unit, or of its successor, in an order that a seed repeats."""
        key = (unit_id, self.epoch, today())
        if key not in self._able:
            found = User.objects.filter(pk__in=crews(on=today()).crew(unit_id).workers)
            self._able[key] = list(found.order_by("created_at", "email").values_list("pk", flat=True))
        return list(self._able[key])

    def head(self, unit_id):
        return self.heads[unit_id]

    def hire(self, unit):
        self.epoch += 1
        return staff(unit)

    def dissolve(self, unit):
        """The unit ended yesterday; a new one with people of its own takes over."""
        with as_owner():
            heir = UnitFactory(kind=unit.kind, authority=unit.authority, mandate=unit.mandate)
            for _turn in range(PER_UNIT):
                staff(heir)
            self.heads[heir.pk] = MembershipFactory(unit=heir, role=Role.HEAD).user_id
            Unit.objects.filter(pk=unit.pk).update(ends_on=today() - timedelta(days=1), successor=heir)
        self.epoch += 1
        return heir

    def send_away(self, user_id, deputy_id):
        with as_owner():
            Absence.objects.filter(user=user_id).delete()
            Absence.objects.create(
                user_id=user_id, deputy_id=deputy_id, starts_on=today() - timedelta(days=1),
                ends_on=today() + timedelta(days=self.random.randint(0, 20)),
            )  # fmt: skip

    def lock(self, user_id):
        with as_owner():
            User.objects.filter(pk=user_id).update(is_active=False)
        self.epoch += 1


def build(random: Random, referrals: int) -> World:
    """Clone one referral that is ready to be sent; hints, tasks and drafts come by the same commands as ever."""
    town = make_town()
    centre = UnitFactory(kind=UnitKind.DISTRICT_CENTRE, name="Stadtteilzentrum")
    units = [town.clearing, town.outreach, town.school, town.housing, centre]
    world = World(random, town, units, centre)
    for unit in units:
        for _turn in range(PER_UNIT if unit == centre else PER_UNIT - 1):
            staff(unit, ROLE_OF[unit.kind])
        world.heads[unit.pk] = MembershipFactory(unit=unit, role=Role.HEAD).user_id
    first = checked(town)
    with as_owner():
        Finding.objects.filter(pk=first.finding_id).update(code="family_needs_support")
    clone_referral(first, max(0, referrals - 1 - referrals // 10))
    route = town.route("overcrowding", town.housing, ["address", "count_at_address"])
    hint = prepare_referral(actor=town.clerk, finding_id=town.finding("overcrowding").pk, route_id=route.pk)
    clone_referral(hint, max(0, referrals // 10 - 1), mark="H")
    for number in range(20):
        unit, actor = (town.clearing, town.clerk) if number % 2 else (town.outreach, town.worker)
        create_task(
            actor=actor, unit_id=unit.pk, title=f"Rückruf {number}", next_on=today() + timedelta(days=3)
        )
    return world
