"""The demo's partners: whom the units ask without an account, and how some of them answer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

from django.conf import settings

from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today, travel
from stafette.kernel.scope import acting
from stafette.kernel.workdays import add_working_days
from stafette.partners.access import link_actor
from stafette.partners.basis import outsider_of
from stafette.partners.commands import (
    answer_request,
    close_request,
    fill_request,
    prepare_request,
    send_request,
)
from stafette.partners.models import Partner, PartnerRequest
from stafette.people.models import HouseholdMember
from stafette.people.queries import current_members
from stafette.protection.commands import give_consent

LAND = "ST"
STORIES = (  # working days ago, question, the school's answer, how long it took, whether it was read
    (24, "start_date", "starts", 3, True),
    (4, "attends", "irregular", 2, False),
    (15, "start_date", "", 0, False),  # its link has run out by now
    (2, "attends", "", 0, False),
    (17, "start_date", "not_enrolled", 2, True),
)


def ask_partners(actors: dict[str, Actor]) -> None:
    """Put questions to two of the town's partners: answered and read, answered, open, and late.

    The school holds an account: it finds the questions of two units on one page.
    """
    school, doctor = (Partner.objects.get(code=code) for code in ("grundschule", "kinderarzt"))
    teacher = actors["schule-stadt"]
    with acting(teacher):
        children = _children(teacher, since=today().year - 16, until=today().year - 6)
        for child, story in zip(cycle(children), STORIES, strict=False):
            _ask_school(teacher, school, child, *story)
    clerk = actors["clearing"]
    with acting(clerk):
        youngest = _children(clerk, since=today().year - 16, until=today().year)
        for child, with_consent in zip(youngest, (True, False), strict=False):
            _ask_by_consent(clerk, doctor, child, "appointment_possible", with_consent)
        pupils = _children(clerk, since=today().year - 16, until=today().year - 6)
        for child in pupils[:2]:
            _ask_by_consent(clerk, school, child, "place_free", True)


def _children(actor: Actor, *, since: int, until: int) -> list[HouseholdMember]:
    """Children of these years in the unit's own households, the youngest first, always the same ones."""
    rows = current_members(actor=actor)
    return list(
        rows.filter(person__birth_year__range=(since, until)).order_by("-person__birth_year", "id")[:8]
    )


def _ask_school(
    teacher: Actor,
    school: Partner,
    child: HouseholdMember,
    days_ago: int,
    question: str,
    answer: str,
    took: int,
    read: bool,
) -> None:
    asked_on = add_working_days(today(), -days_ago, LAND)
    with travel(_at(asked_on, 9)):
        request = prepare_request(
            actor=teacher, household_id=child.household_id, partner_id=school.pk, question=question,
            person_id=child.person_id,
        )  # fmt: skip
        send_request(actor=teacher, request_id=request.pk)
    answered_on = add_working_days(asked_on, took, LAND)
    if not answer or answered_on > today():
        return
    with travel(_at(answered_on, 11)):
        _answer(request, answer, answered_on)
    if read:
        with travel(_at(add_working_days(answered_on, 1, LAND), 8)):
            close_request(actor=teacher, request_id=request.pk)


def _answer(request: PartnerRequest, answer: str, day: date) -> None:
    """Answer as the school does, by its link."""
    starts = add_working_days(day, 5, LAND) if answer == "starts" else None
    answer_request(
        actor=link_actor(request.pk),
        request_id=request.pk,
        answer=answer,
        answer_on=starts,
        own_number=f"GS {request.number[-3:]}/{day:%y}",
        link_id=request.links.values_list("pk", flat=True).first(),
    )


def _ask_by_consent(
    clerk: Actor, partner: Partner, child: HouseholdMember, question: str, with_consent: bool
) -> None:
    """One question waits for the partner and its answer, or still for the parents' consent."""
    with travel(_at(add_working_days(today(), -1, LAND), 10)):
        request = prepare_request(
            actor=clerk, household_id=child.household_id, partner_id=partner.pk, question=question,
            person_id=child.person_id,
        )  # fmt: skip
        if not with_consent:
            return
        adults = [
            one.person_id
            for one in current_members(actor=clerk).filter(household=child.household_id)
            if (one.person.birth_year or today().year) <= today().year - 19
        ]
        give_consent(
            actor=clerk, unit_id=request.unit_id, household_id=child.household_id, outsider=outsider_of(partner),
            purpose=request.purpose, categories=request.categories, person_ids=[child.person_id],
            guardian_ids=adults[:1], text_version="Vorgabe 1", language="de", form="written",
        )  # fmt: skip
        fill_request(actor=clerk, request_id=request.pk)
        send_request(actor=clerk, request_id=request.pk)


def _at(day: date, hour: int) -> datetime:
    moment = datetime.combine(day, time(hour, 5), tzinfo=ZoneInfo(settings.TIME_ZONE))
    return min(moment, now() - timedelta(minutes=5))
