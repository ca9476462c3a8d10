"""Invite, try to reach, close: each move works and is recorded; wrong state, wrong unit and a locked door do not."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.arrivals import commands, work
from stafette.arrivals.models import Arrival, ArrivalFile, ArrivalImport, ContactAttempt, Invitation
from stafette.arrivals.reactions import talk_was_held
from stafette.arrivals.tests.factories import ArrivalFactory, HomeFactory, ImportFactory
from stafette.audit.models import Event
from stafette.audit.record import record
from stafette.kernel.clock import today, travel
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission as P
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.data import AddressData, PersonData

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
GRANTS = (P.ARRIVAL_VIEW, P.ARRIVAL_EDIT, P.PERSON_VIEW, P.PERSON_EDIT)


@pytest.fixture
def arrival(db):
    return ArrivalFactory()


@pytest.fixture
def actor(actor_with, arrival):
    return actor_with(*GRANTS, unit=arrival.unit)


def fresh(arrival):
    with as_owner():
        return Arrival.objects.get(pk=arrival.pk)


def test_invitation_moves_the_arrival_and_sets_the_day_to_look_again(actor, arrival):
    with travel(FRIDAY):
        commands.invite_household(actor=actor, arrival_id=arrival.pk, channel="letter", language="bg")
    found = fresh(arrival)
    assert (found.state, found.language, f"{found.next_on}") == ("invited", "bg", "2026-11-27")
    with as_owner():
        assert Invitation.objects.get().text_version
        assert Event.objects.get(kind="arrival.invited").about_id == arrival.household_id


def test_invitation_with_an_appointment_plans_the_talk(actor, arrival):
    with travel(FRIDAY):
        at = FRIDAY + timedelta(days=4)
        commands.invite_household(
            actor=actor, arrival_id=arrival.pk, channel="phone", language="de", appointment_at=at
        )
    assert (fresh(arrival).state, fresh(arrival).talk_at) == ("talk_planned", at)


def test_an_appointment_in_the_past_is_refused(actor, arrival):
    at = FRIDAY - timedelta(days=1)
    with travel(FRIDAY), pytest.raises(BadInput):
        commands.invite_household(
            actor=actor, arrival_id=arrival.pk, channel="phone", language="de", appointment_at=at
        )


def test_no_letter_goes_to_a_locked_address(actor_with):
    arrival = ArrivalFactory(household=HomeFactory(address_locked=True))
    actor = actor_with(*GRANTS, unit=arrival.unit)
    with pytest.raises(RuleBroken, match="sicheren Weg"):
        commands.invite_household(actor=actor, arrival_id=arrival.pk, channel="letter", language="de")
    commands.invite_household(actor=actor, arrival_id=arrival.pk, channel="safe", language="de")


@pytest.mark.parametrize(
    ("result", "state"),
    [("no_answer", "to_invite"), ("reached", "to_invite"), ("undeliverable", "to_invite"), ("declined", "declined"),
     ("moved_on", "moved_on"), ("given_up", "not_reached")],
)  # fmt: skip
def test_the_result_of_an_attempt_moves_the_arrival(actor, arrival, result, state):
    commands.record_contact_attempt(actor=actor, arrival_id=arrival.pk, channel="phone", result=result)
    found = fresh(arrival)
    assert found.state == state
    assert (found.closed_on is None) == (state in Arrival.OPEN)
    with as_owner():
        assert ContactAttempt.objects.get().result == result
        assert Event.objects.filter(kind="arrival.contact_attempted").count() == 1


def test_the_next_attempt_is_on_the_day_that_was_said(actor, arrival):
    day = today() + timedelta(days=12)
    commands.record_contact_attempt(
        actor=actor, arrival_id=arrival.pk, channel="visit", result="no_answer", next_on=day
    )
    assert fresh(arrival).next_on == day


def test_a_closed_arrival_takes_no_more_attempts_but_may_be_invited_again(actor, arrival):
    commands.record_contact_attempt(actor=actor, arrival_id=arrival.pk, channel="phone", result="given_up")
    with pytest.raises(RuleBroken):
        commands.record_contact_attempt(
            actor=actor, arrival_id=arrival.pk, channel="phone", result="no_answer"
        )
    commands.invite_household(actor=actor, arrival_id=arrival.pk, channel="sms", language="ro")
    assert (fresh(arrival).state, fresh(arrival).closed_on) == ("invited", None)


def test_after_the_talk_nobody_is_invited(actor, arrival):
    commands.mark_talk_held(actor=actor, household_id=arrival.household_id, unit=arrival.unit_id)
    with pytest.raises(MoveNotAllowed):
        commands.invite_household(actor=actor, arrival_id=arrival.pk, channel="sms", language="ro")


def test_a_finished_talk_closes_the_arrival_also_for_who_may_not_edit_arrivals(actor_with, arrival):
    talker = actor_with(P.INTERVIEW_EDIT, unit=arrival.unit)
    with acting(talker):
        event = record(
            talker, "interview.test", arrival.household, unit=arrival.unit_id, about=arrival.household_id
        )
        talk_was_held(talker, event)
    assert (fresh(arrival).state, fresh(arrival).closed_on) == ("talk_held", today())


@pytest.mark.parametrize("permissions", [(P.ARRIVAL_VIEW, P.PERSON_VIEW), GRANTS])
def test_without_the_permission_in_this_unit_nothing_moves(actor_with, arrival, permissions):
    unit = arrival.unit if P.ARRIVAL_EDIT not in permissions else UnitFactory()
    other = actor_with(*permissions, unit=unit)
    with pytest.raises((NotAllowed, Arrival.DoesNotExist)):
        commands.invite_household(actor=other, arrival_id=arrival.pk, channel="sms", language="ro")
    assert fresh(arrival).state == "to_invite"


def test_walk_in_makes_household_and_arrival(actor, arrival):
    found = commands.record_walk_in(
        actor=actor,
        unit=arrival.unit_id,
        members=[PersonData(family_name="Popescu", given_names="Ana", nationalities=("154",))],
        address=AddressData("Röntgenweg", "3", "06667", "Weißenfels"),
    )
    assert (found.is_walk_in, found.language, found.state) == (True, "ro", "to_invite")


def test_a_list_that_cannot_be_read_in_the_background_says_why(actor, arrival):
    upload = ImportFactory(unit=arrival.unit)
    with acting(actor):
        ArrivalFile(unit=arrival.unit, source=upload, content=b"Stra\xdfe;Miete\r\nWeg;300\r\n").save()
    work.read_list(actor, upload.pk, mapping=None, sheet=None)
    with as_owner():
        found = ArrivalImport.objects.get(pk=upload.pk)
    assert found.state == "failed" and "keine Liste von Personen" in found.message
