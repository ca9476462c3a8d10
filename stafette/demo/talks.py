"""The demo's past at the clearing desk: families arrive and talk, day by day."""

from datetime import datetime, time
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from stafette.arrivals.commands import invite_household, record_contact_attempt, record_walk_in
from stafette.demo.answers import answers_of
from stafette.demo.town import Family
from stafette.intake.commands import assess_stay, finish_interview, hand_out, save_answers, start_interview
from stafette.intake.models import Interview
from stafette.kernel.actor import Actor
from stafette.kernel.clock import travel

OUTLOOK = {"likely": "long", "short": "short", "unknown": "unknown"}
INTERPRETING = ("device", "device", "clerk", "companion", "phone", "german")


def at(family: Family, rng: Random) -> datetime:
    """Return when in office hours the talk took place."""
    moment = time(rng.randint(8, 15), rng.choice((0, 20, 40)))
    return datetime.combine(family.talk_on, moment, tzinfo=ZoneInfo(settings.TIME_ZONE))


def hold_talk(actor: Actor, unit: UUID, family: Family, number: int) -> UUID:
    """Let a family walk in and hold the talk with it; returns the household."""
    rng = Random(number)
    with travel(at(family, rng)):
        arrival = record_walk_in(
            actor=actor,
            unit=unit,
            members=list(family.members),
            address=family.address,
            moved_in_on=family.moved_in,
            came_from="",
            language=family.language,
        )
        interview = _start(actor, arrival.household_id, family, rng)
        participants = list(interview.participants.select_related("person"))
        adults = [one.pk for one in participants if one.role == "adult"]
        children = [one.pk for one in participants if one.role == "child"]
        save_answers(
            actor=actor,
            interview_id=interview.pk,
            answers=answers_of(family, adults, children, number),
        )
        assess_stay(actor=actor, interview_id=interview.pk, outlook=OUTLOOK[str(family.said["stay"])])
        hand_out(actor=actor, interview_id=interview.pk, materials={"arrival_folder": family.language})
        finish_interview(actor=actor, interview_id=interview.pk)
    return arrival.household_id


def _start(actor: Actor, household: UUID, family: Family, rng: Random) -> Interview:
    from stafette.people.queries import members_of

    members = members_of(actor=actor, household_id=household)
    return start_interview(
        actor=actor,
        household_id=household,
        person_ids=[member.person_id for member in members],
        language=family.language,
        interpreting=rng.choice(INTERPRETING),
        agreed=True,
        document_check=rng.choices(("ok", "not_done", "doubt"), weights=(90, 8, 2))[0],
    )


def still_waiting(actor: Actor, unit: UUID, families: list[Family]) -> None:
    """Leave some families in each state before the talk: to invite, invited, with an appointment, not reached."""
    for number, family in enumerate(families):
        rng = Random(1000 + number)
        with travel(at(family, rng)):
            arrival = record_walk_in(
                actor=actor,
                unit=unit,
                members=list(family.members),
                address=family.address,
                moved_in_on=family.moved_in,
                language=family.language,
            )
            if number % 4 == 0:
                continue
            channel = "messenger" if family.address.locked else "letter"
            invite_household(actor=actor, arrival_id=arrival.pk, channel=channel, language=family.language)
            if number % 4 == 2:
                record_contact_attempt(
                    actor=actor, arrival_id=arrival.pk, channel="phone", result="no_answer"
                )
            if number % 4 == 3:
                record_contact_attempt(actor=actor, arrival_id=arrival.pk, channel="phone", result="declined")
