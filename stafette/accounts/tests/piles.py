"""A room with open things, for tests of the rooms that hand them over."""

from uuid import uuid4

from stafette.accounts import handover
from stafette.accounts.handover import LATE, LATER, OpenThings, Slice
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import current


class Pile:
    """Things with a holder in a unit: {id: (user, unit)}."""

    def __init__(self, *things):
        self.things = {uuid4(): thing for thing in things}
        self.moves = []

    def as_open_things(self):
        return OpenThings(
            "papers", "Papiere", (Permission.REFERRAL_VIEW,), (Permission.REFERRAL_ANSWER,),
            self.slices, self.lock, self.give,
        )  # fmt: skip

    def held_by(self, user_id):
        return [user for user, _unit in self.things.values()].count(user_id)

    def slices(self, unit_id):
        assert current().may(Permission.REFERRAL_VIEW, unit=unit_id)
        here = [user for user, unit in self.things.values() if unit == unit_id]
        return [
            Slice(user, "offen", LATER if place else LATE, here.count(user))
            for place, user in enumerate(dict.fromkeys(here))
        ]

    def lock(self, unit_id, holder):
        return [
            (thing, user)
            for thing, (user, unit) in self.things.items()
            if unit == unit_id and holder in (None, user)
        ]

    def give(self, actor, unit_id, new_holders):
        for thing, user in new_holders.items():
            self.things[thing] = (user, unit_id)
        self.moves.append(len(new_holders))
        return len(new_holders)


def only_pile(monkeypatch, *things):
    """Let no other room have open things in this test."""
    monkeypatch.setattr(handover, "_registered", {})
    monkeypatch.setattr(handover, "_sources", [])
    pile = Pile(*things)
    handover.register(pile.as_open_things())
    return pile
