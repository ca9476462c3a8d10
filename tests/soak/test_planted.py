"""Bugs put in on purpose: the driver or the audit has to see each of them, or they are worth nothing."""

from random import Random
from unittest import mock

import pytest
from django.db import connection

from stafette.accounts.commands import finish_leaving
from stafette.accounts.models import Unit
from stafette.kernel.clock import today, travel
from stafette.kernel.testing import as_owner
from stafette.referrals import commands
from stafette.referrals.auditing import faults
from stafette.referrals.commands import answering, timing
from stafette.referrals.leaving import hand_over_batons
from stafette.referrals.models import Envelope, Referral
from tests.soak.driver import Driver, Fallen


class Straight(Driver):
    """Walks one referral along a given way, so that a planted bug is met at once."""

    way = ()

    def choose(self):
        with as_owner():
            thing = Referral.objects.get(pk=self.ids[0])
        return self.way[self.counts["done"]], thing

    def arguments(self, name, parameters, row, actor):
        found = super().arguments(name, parameters, row, actor) | {"version": None}
        return {key: value for key, value in found.items() if key != "next_on"}

    def who(self, row):
        return self.world.able(row["responsible_unit_id"])[-1]

    def value(self, name, parameter, row):
        return (
            "family_away"
            if (name, parameter) == ("suspend_referral", "reason")
            else super().value(name, parameter, row)
        )


def walk(way, seed=5):
    driver = Straight(seed, 1)
    driver.way = way
    with mock.patch.object(Random, "random", lambda self: 0.5):  # no killing, no stale version
        with travel(driver.clock):
            for _turn in range(60):
                if driver.counts["done"] < len(way):
                    driver.step()
    assert driver.counts["done"] == len(way)
    return driver


WHOLE = (
    "send_referral",
    "accept_referral",
    "suspend_referral",
    "resume_referral",
    "close_referral",
    "give_feedback",
)


def test_without_a_bug_the_same_ways_are_quiet(db):
    driver = walk(WHOLE)
    with travel(driver.clock):
        driver.audit()


def forget_to_pass(referral, user_id, dates):
    referral.receiver_user_id = user_id


def test_accepting_without_passing_the_baton(db, monkeypatch):
    monkeypatch.setattr(answering, "pass_to_receiver", forget_to_pass)
    with pytest.raises(Fallen, match="accept_referral"):
        walk(WHOLE[:2])


def test_resuming_without_new_dates(db, monkeypatch):
    def keep_dates(referral, user_id, dates):
        referral.receiver_user_id = referral.responsible_user_id = user_id
        referral.version += 1
        referral.next_on = referral.remind_on = today().replace(year=today().year - 1)

    monkeypatch.setattr(timing, "pass_to_receiver", keep_dates)
    with pytest.raises(Fallen, match="suspend_referral on"):
        walk(WHOLE[:4])


def test_an_end_that_leaves_it_open(db, monkeypatch):
    def end(self, move, *, at):
        self.move(move)
        self.ended_at = at
        self.version += 1

    monkeypatch.setattr(Referral, "end", end)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("alter table referrals_referral drop constraint referral_is_open_fits_state")
    with pytest.raises(Fallen, match="done and is_open=True"):
        walk(WHOLE)


def test_a_hand_over_that_forgets_some(db, monkeypatch):
    """Half of a leaver's things stay with an account that is closed: driver and audit both say so."""

    def half(*, actor, kind_code, unit_id, new_holders):
        kept = dict(sorted(new_holders.items())[::2])
        return hand_over_batons(actor=actor, kind_code=kind_code, unit_id=unit_id, new_holders=kept)

    driver = Driver(7, 12)
    monkeypatch.setattr("stafette.referrals.leaving.hand_over_batons", half)
    with travel(driver.clock):
        clearing, leaver = driver.world.town.clearing, driver.world.town.clerk.id
        successor = next(one for one in driver.world.able(clearing.pk) if one != leaver)
        head = driver.world.actor(driver.world.head(clearing.pk))
        finish_leaving(actor=head, user_id=leaver, successors={clearing.pk: [successor]})
        with pytest.raises(Fallen, match="still with somebody who left"):
            driver.nobody_holds(leaver, clearing.pk)
        with as_owner():
            assert {"person"} == {fault.code for fault in faults(using="default")}


@pytest.mark.parametrize("what", ["envelope", "escalation", "finding"])
def test_what_no_constraint_can_hold(db, what):
    """Rows that are each allowed and wrong together: only the audit can see them."""
    driver = walk(WHOLE[:2])
    with travel(driver.clock), as_owner():
        if what == "envelope":
            Envelope.objects.all().delete()
        elif what == "escalation":
            office = driver.world.town.coordination
            Unit.objects.filter(pk=office.pk).update(ends_on=today().replace(year=2025), successor=office)
        else:
            Referral.objects.filter(pk=driver.ids[0]).update(finding=None)
    with travel(driver.clock), pytest.raises(Fallen):
        driver.audit()


def test_every_driven_command_is_one_of_the_room():
    assert all(getattr(commands, name).is_command for name in commands.__all__)
