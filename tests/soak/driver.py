"""Random steps and random trouble; after each one the model is asked, every so often the audit of all there is."""

import inspect
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from unittest import mock

from django.db import DatabaseError, connection

from stafette.accounts.commands import finish_leaving, hand_over_work
from stafette.accounts.models import Unit
from stafette.accounts.queries import books_of, crews
from stafette.audit.models import Event
from stafette.kernel.clock import today, travel
from stafette.kernel.errors import StafetteError
from stafette.kernel.ids import new_id
from stafette.kernel.testing import as_owner
from stafette.outbox.delivery import sweep
from stafette.outbox.packing import pack
from stafette.referrals import batons, commands
from stafette.referrals.auditing import faults
from stafette.referrals.data import ReopenReason
from stafette.referrals.duty import run_deadlines
from stafette.referrals.models import (
    CaseTransfer,
    ContactAttempt,
    DateChange,
    DeclineReason,
    FollowUp,
    Outcome,
    Referral,
    Task,
)
from tests.soak import model, world

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOT_DRIVEN = {  # begin something, belong to another test, or are driven as a disturbance below
    *("prepare_referral", "record_findings", "dismiss_finding", "signpost", "end_for_consent"),
    *("hand_over_batons", "create_task", "plan_own_follow_up"),
}
THINGS = {"referral_id": Referral, "offer_id": CaseTransfer, "follow_up_id": FollowUp, "task_id": Task}
JUMPS = (  # summer time, winter time, year's end, Easter, backwards
    datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 10, 25, 0, 59, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 59, tzinfo=UTC), datetime(2027, 3, 26, 7, 0, tzinfo=UTC),
)  # fmt: skip


class Fallen(AssertionError):
    """A baton fell: what was done, and what is wrong."""


class Killed(BaseException):
    """What a worker that is killed looks like from inside: nothing after it runs."""


def driven():
    """Every command of the room that works on one open thing; a new one is driven without being named here."""
    found = {}
    for name in commands.__all__:
        parameters = inspect.signature(getattr(commands, name)).parameters
        keys = [key for key in parameters if key in THINGS]
        if name not in NOT_DRIVEN and keys:
            found[name] = (keys[0], parameters)
    return found


class Driver:
    """One run with one seed."""

    def __init__(self, seed, referrals):
        self.seed, self.random, self.counts = seed, Random(seed), Counter()
        self.clock, self.commands, self.log = START, driven(), []
        with travel(self.clock):
            self.world = world.build(self.random, referrals)
            with as_owner():
                self.ids = list(Referral.objects.order_by("number").values_list("pk", flat=True))
        self.touched, self.hand = set(), []

    def run(self, steps, *, audit_every=150, trouble=0.06):
        for number in range(steps):
            with travel(self.clock):
                try:
                    if self.random.random() < trouble:
                        self.disturb()
                    else:
                        self.step()
                    if number % audit_every == audit_every - 1:
                        self.audit()
                except (DatabaseError, AttributeError, TypeError, KeyError, ValueError) as error:
                    self.fall(f"{type(error).__name__}: {error}")
            self.clock += timedelta(minutes=self.random.choice((1, 7, 60, 600)))
        with travel(self.clock):
            self.audit()
        return self.counts

    def fall(self, why):
        raise Fallen(f"seed {self.seed}, {today()}, after {self.log[-3:]}: {why}")

    # --- one step ------------------------------------------------------------------------------------------

    def step(self):
        name, thing = self.choose()
        if thing is None:
            return
        key, parameters = self.commands[name]
        before = self.snapshot(thing)
        actor = self.world.actor(self.who(before))
        values = {key: thing.pk, **self.arguments(name, parameters, before, actor)}
        self.log.append((name, before["number"], before["state"]))
        is_killed = self.random.random() < 0.04
        try:
            with killed_in_the_middle() if is_killed else nothing():
                getattr(commands, name)(actor=actor, **values)
            outcome = "done"
        except StafetteError:
            outcome = "refused"
        except Killed:
            outcome = "killed"
        after = self.snapshot(thing)
        self.counts[outcome] += 1
        self.counts[f"{name}:{outcome}"] += 1
        self.touched.add(thing.pk)
        self.check(name, outcome, before, after, actor)

    def check(self, name, outcome, before, after, actor):
        if outcome != "done":
            wrong = model.expect_nothing_changed(name, before, after)
        elif "from_unit_id" in after and "receiver_user_id" in after:
            wrong = model.expect_step(name, before, after, actor.id, today())
        else:
            wrong = None if after["version"] > before["version"] else f"{name} did not count the version up"
        if wrong:
            self.fall(wrong)
        if (
            outcome == "done"
            and after["is_open"]
            and after["responsible_user_id"] != before["responsible_user_id"]
            and after["responsible_user_id"] not in self.world.able(after["responsible_unit_id"])
        ):
            self.fall(f"{name} gave the baton to somebody who cannot act")

    def choose(self):
        """Mostly a step that the state allows, sometimes any."""
        name = self.random.choice(sorted(self.commands))
        key, _parameters = self.commands[name]
        with as_owner():
            if key != "referral_id":
                rows = THINGS[key].objects.filter(is_open=self.random.random() < 0.9)
                found = list(rows.order_by("number", "created_at")[:50])
                return name, (self.random.choice(found) if found else None)
            thing = Referral.objects.get(pk=self.in_hand())
        if self.random.random() < 0.9:
            fitting = [
                one
                for one, (come_from, _to) in model.LEADS.items()
                if thing.state in come_from and one in self.commands
            ]
            others = [
                one
                for one, (key, _p) in self.commands.items()
                if key == "referral_id" and one not in model.LEADS
            ]
            forward = [one for one in fitting if one not in ("withdraw_referral", "revise_referral")]
            pool = forward * 4 + fitting + sorted(others)
            name = self.random.choice(pool)
        elif self.commands[name][0] != "referral_id":
            name = "take_over"
        return name, thing

    def in_hand(self):
        """A few at a time, so that each goes a long way; the others wait, fall due and are handed over meanwhile."""
        if len(self.hand) < 20 or self.random.random() < 0.03:
            self.hand = [*self.hand[-19:], self.random.choice(self.ids)]
        return self.random.choice(self.hand)

    def snapshot(self, thing):
        with as_owner():
            return type(thing).objects.filter(pk=thing.pk).values().get()

    def who(self, row):
        """Mostly somebody of the unit that holds it, sometimes of the other one, sometimes anybody."""
        chance = self.random.random()
        unit = row["responsible_unit_id"]
        if chance > 0.9 and "from_unit_id" in row:
            unit = self.random.choice((row["from_unit_id"], row["to_unit_id"]))
        elif chance < 0.03:
            unit = self.random.choice(self.world.units).pk
        people = self.world.able(unit) or [self.world.head(unit)]
        return self.random.choice(people)

    def arguments(self, name, parameters, row, actor):
        values = {}
        for parameter in parameters.values():
            if parameter.name in ("actor", *THINGS):
                continue
            is_needed = parameter.default is inspect.Parameter.empty
            if parameter.name == "version":
                chance = self.random.random()
                values["version"] = (
                    row["version"] if chance < 0.6 else row["version"] - 1 if chance < 0.7 else None
                )
            elif is_needed or (parameter.name in ("next_on", "again_on") and self.random.random() < 0.3):
                values[parameter.name] = self.value(name, parameter.name, row)
        return values

    def value(self, name, parameter, row):
        day = today() + timedelta(days=self.random.choice((-3, 0, 1, 2, 5, 10, 20, 60)))
        reasons = {
            "decline_referral": DeclineReason.values, "return_referral": DeclineReason.values,
            "reopen_referral": ReopenReason.values, "offer_lead": CaseTransfer.Reason.values,
        }  # fmt: skip
        choices = {
            "reason": reasons.get(name, DateChange.Reason.values),
            "outcome": Outcome.values,
            "channel": ContactAttempt.Channel.values,
            "result": FollowUp.Result.values if "follow_up" in name else ContactAttempt.Result.values,
            "drop_reason": FollowUp.DropReason.values,
            "until": [day], "next_on": [day],  "again_on": [day],
            "unit_id": [unit.pk for unit in self.world.units],
            "user_id": self.world.able(row["responsible_unit_id"]) or [row["responsible_user_id"]],
            "field": ["outcome", "decline_reason", "contacted_at"],
            "value": ["helped", "no_need", "no_capacity", today().isoformat()],
            "source": ["typing", "family"],
            "title": ["Anruf"],
        }  # fmt: skip
        if parameter not in choices:
            raise NotImplementedError(f"tell tests/soak/driver.py what {parameter} of {name} may be")
        return self.random.choice(choices[parameter])

    # --- trouble -------------------------------------------------------------------------------------------

    def disturb(self):
        name = self.random.choice(
            ("absence", "back", "bulk", "leaver", "clock", "run", "mail", "lock", "dissolve")
        )
        if name == "dissolve" and self.counts["dissolve"] >= 2:
            name = "bulk"
        if name in ("lock", "leaver") and self.random.random() < 0.5:
            name = "absence"
        self.log.append((name,))
        getattr(self, f"do_{name}")()
        self.counts[name] += 1

    def people(self):
        unit = self.random.choice(self.world.units)
        return unit, self.world.able(unit.pk)

    def do_absence(self):
        _unit, people = self.people()
        if len(people) > 1:
            self.world.send_away(*self.random.sample(people, 2))  # chains and circles come by themselves

    def do_back(self):
        from stafette.accounts.models import Absence

        with as_owner():
            Absence.objects.all().delete()

    def do_lock(self):
        unit, people = self.people()
        if len(people) < 3:
            people.append(self.world.hire(_running(unit)).id)
        self.world.lock(self.random.choice(people[:-1]))

    def do_dissolve(self):
        unit = self.random.choice([one for one in self.world.units if _running(one).pk == one.pk])
        self.world.dissolve(unit)

    def do_clock(self):
        chance = self.random.random()
        if chance < 0.25:
            jump = next((at for at in JUMPS if at > self.clock), None)
            self.clock = jump or self.clock + timedelta(days=40)
        elif chance < 0.4:
            self.clock -= timedelta(days=self.random.choice((0, 1, 2)), hours=3)
        else:
            self.clock += timedelta(days=self.random.choice((1, 1, 2, 3, 5, 14)))

    def do_bulk(self):
        unit, people = self.people()
        if not people:
            return
        head = self.world.actor(self.world.head(unit.pk))
        to = self.random.sample(people, self.random.randint(1, len(people)))
        rest = [one for one in people if one not in to]
        values = {
            "hand_over_id": new_id(), "unit_id": unit.pk, "to_user_ids": to,
            "from_user_id": self.random.choice(rest) if rest and self.random.random() < 0.6 else None,
        }  # fmt: skip
        before = self.open_counts()
        if self.random.random() < 0.2:
            try:
                with killed_in_the_middle():
                    hand_over_work(actor=head, **values)
            except Killed:
                self.counts["bulk:killed"] += 1
            except StafetteError:
                return
        try:
            hand_over_work(actor=head, **values)
            versions = self.versions()
            hand_over_work(actor=head, **values)  # the second click
        except StafetteError:
            return
        if self.versions() != versions:
            self.fall("the second click moved something")
        if self.open_counts() != before:
            self.fall("a hand-over in bulk opened or closed something")

    def do_leaver(self):
        unit, people = self.people()
        if len(people) < 3:
            self.world.hire(_running(unit))
            people = self.world.able(unit.pk)
        leaver, *rest = self.random.sample(people, len(people))
        successors = rest[: self.random.randint(1, 2)]
        head = self.world.actor(self.world.head(_running(unit).pk))
        try:
            books = books_of(_running(unit).pk)
            finish_leaving(actor=head, user_id=leaver, successors=dict.fromkeys(books, successors))
        except StafetteError as error:
            self.counts["leaver:refused"] += 1
            self.log.append(("leaver refused", str(error)[:80]))
            return
        self.world.epoch += 1
        for book in books:
            self.nobody_holds(leaver, book)

    def nobody_holds(self, user_id, unit_id):
        with as_owner():
            for kind in batons.kinds():
                for unit, person in (("responsible_unit", "responsible_user"), *kind.sides):
                    rows = kind.model.objects.filter(**{unit: unit_id, person: user_id, "is_open": True})
                    if rows.exists():
                        self.fall(f"{rows.count()} × {kind.code} still with somebody who left ({person})")

    def do_run(self, *, whole=False):
        """The deadline run, broken off in the middle now and then and begun again."""
        if not whole and self.random.random() < 0.4:
            try:
                with mock.patch("stafette.referrals.duty.notices.notify", side_effect=Killed):
                    run_deadlines()
            except Killed:
                self.counts["run:killed"] += 1
        run_deadlines(piece=self.random.choice((7, 100, 5000)))
        if sum(run_deadlines().get(step, 0) for step in ("remind", "head", "steering")):
            self.fall("a second run on the same day told something twice")

    def do_mail(self):
        """The mail server answers, is away, or knows nobody."""
        backend = self.random.choice(("Good", "Away", "Unknown"))
        with mock.patch("django.conf.settings.EMAIL_BACKEND", f"tests.soak.mail.{backend}"):
            pack()
            with travel(self.clock + timedelta(hours=1)):
                sweep()

    # --- what must hold ------------------------------------------------------------------------------------

    def audit(self):
        """Let the deadline run find holders for what lost theirs; then nothing may be found any more.

        Where everybody of a unit is away for each other, the audit would rightly say so: then they come back first.
        """
        found = crews(on=today())
        if not all(found.able(unit.pk) for unit in self.world.units):
            self.do_back()
        self.do_run(whole=True)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
            found = faults(using="default")
            self.counts["audits"] += 1
        if found:
            self.fall("; ".join(f"{one.kind}: {one.count} × {one.says} {one.numbers[:3]}" for one in found))
        with as_owner():
            wrong = [model.expect_baton(row) for row in Referral.objects.filter(pk__in=self.touched).values()]
        if any(wrong):
            self.fall(next(filter(None, wrong)))
        self.touched.clear()

    def open_counts(self):
        with as_owner():
            return {kind.code: kind.model.objects.filter(is_open=True).count() for kind in batons.kinds()}

    def versions(self):
        with as_owner():
            return {
                kind.code: sum(kind.model.objects.values_list("version", flat=True))
                for kind in batons.kinds()
            }


def _running(unit):
    from stafette.accounts.queries import heir_of

    return heir_of(Unit.objects.select_related("authority").get(pk=unit.pk))


@contextmanager
def nothing():
    yield


@contextmanager
def killed_in_the_middle():
    """The process dies when the step writes its event: the row is saved already, the transaction is not."""
    with mock.patch.object(Event, "save", side_effect=Killed):
        yield
