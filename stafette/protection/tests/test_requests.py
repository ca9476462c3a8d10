"""Requests of other authorities: kept with their reasons, decided by the head, six months long (§§ 67d, 68 SGB X)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory
from stafette.protection.commands.requests import grant_request, refuse_request, take_request
from stafette.protection.flow import months_before
from stafette.protection.models import Disclosure, DisclosureRequest

TAKES = (Permission.REFERRAL_SEND, Permission.PERSON_VIEW, Permission.REFERRAL_VIEW)


@pytest.fixture
def household(db):
    return HouseholdMemberFactory(household=HouseholdFactory(unit=UnitFactory(kind="CL"))).household


def taken(actor, household, **facts):
    values = {
        "unit_id": household.unit_id, "body_kind": "POL", "body_name": "Polizeirevier Süd", "dated_on": today(),
        "categories": ["core", "address", "work"], "justification": "Ermittlung wegen Diebstahls",
        "household_id": household.pk,
    }  # fmt: skip
    return take_request(actor=actor, **values | facts)


def test_the_head_answers_what_the_rule_allows_and_nothing_more(household, actor_with):
    request = taken(actor_with(*TAKES, unit=household.unit), household)
    head = actor_with(Permission.REQUEST_DECIDE, unit=household.unit)
    done = grant_request(actor=head, request_id=request.pk)
    with as_owner():
        entry = Disclosure.objects.get(kind="answer")
        people = entry.people.count()
    assert (done.state, done.rule, done.decided_by_id) == ("granted", "F40", head.id)
    assert (entry.mode, entry.rule, entry.categories) == ("request", "F40", ["core", "address"])
    assert (entry.reference, entry.outsider_name, people) == (request.number, "Polizeirevier Süd", 1)


def test_reason_and_names_stay_out_of_the_log(household, actor_with):
    taken(actor_with(*TAKES, unit=household.unit), household)
    with as_owner():
        event = Event.objects.get(kind="disclosure_request.taken")
    assert "Diebstahl" not in str(event.details)
    assert "Süd" not in str(event.details)


def test_a_request_of_more_than_six_months_ago_is_not_answered(household, actor_with):
    old = months_before(today(), 6) - timedelta(days=1)
    request = taken(actor_with(*TAKES, unit=household.unit), household, dated_on=old)
    head = actor_with(Permission.REQUEST_DECIDE, unit=household.unit)
    with pytest.raises(RuleBroken, match="zu alt"):
        grant_request(actor=head, request_id=request.pk)
    assert refuse_request(actor=head, request_id=request.pk, refusal="too_old").refusal == "too_old"
    with as_owner():
        assert not Disclosure.objects.exists()


def test_only_the_head_decides_and_once(household, actor_with):
    clerk = actor_with(*TAKES, unit=household.unit)
    request = taken(clerk, household)
    with pytest.raises(NotAllowed):
        grant_request(actor=clerk, request_id=request.pk)
    with pytest.raises(NotAllowed):
        refuse_request(actor=clerk, request_id=request.pk, refusal="protected")
    head = actor_with(Permission.REQUEST_DECIDE, unit=household.unit)
    refuse_request(actor=head, request_id=request.pk, refusal="protected")
    with pytest.raises(MoveNotAllowed):
        grant_request(actor=head, request_id=request.pk)
    stranger = actor_with(Permission.REQUEST_DECIDE, unit=UnitFactory())
    with pytest.raises(DisclosureRequest.DoesNotExist):
        grant_request(actor=stranger, request_id=request.pk)


@pytest.mark.parametrize("kind", ["AB", "BEH"])
def test_who_may_not_ask_gets_nothing_also_from_the_head(household, actor_with, kind):
    request = taken(actor_with(*TAKES, unit=household.unit), household, body_kind=kind)
    head = actor_with(Permission.REQUEST_DECIDE, unit=household.unit)
    with pytest.raises(RuleBroken):
        grant_request(actor=head, request_id=request.pk)


def test_about_somebody_unknown_nothing_can_be_told(household, actor_with):
    request = taken(actor_with(*TAKES, unit=household.unit), household, household_id=None)
    head = actor_with(Permission.REQUEST_DECIDE, unit=household.unit)
    with pytest.raises(RuleBroken, match="nichts vor"):
        grant_request(actor=head, request_id=request.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"justification": " "},
        {"body_name": ""},
        {"categories": []},
        {"dated_on": date(2099, 1, 1)},
    ],
)
def test_a_request_without_reason_body_matter_or_with_a_wrong_day_is_not_taken(household, actor_with, wrong):
    with pytest.raises(BadInput):
        taken(actor_with(*TAKES, unit=household.unit), household, **wrong)


def test_a_household_of_another_unit_is_none(household, actor_with):
    clerk = actor_with(*TAKES, unit=household.unit)
    with pytest.raises(BadInput, match="gibt es in Ihrer Stelle nicht"):
        taken(clerk, household, household_id=HouseholdFactory().pk)
    with pytest.raises(NotAllowed):
        taken(actor_with(Permission.PERSON_VIEW, unit=household.unit), household)
    with pytest.raises(BadInput):
        refuse_request(
            actor=actor_with(Permission.REQUEST_DECIDE, unit=household.unit),
            request_id=taken(clerk, household).pk,
            refusal="",
        )


def test_the_pages_lead_from_the_request_to_the_decision(household, logged_in):
    clerk = logged_in(Role.CLERK, household.unit)
    answer = clerk.post(
        reverse("protection:take_request"),
        {
            "unit_id": household.unit_id, "body_kind": "POL", "body_name": "Polizeirevier Süd",
            "dated_on": f"{today():%d.%m.%Y}", "categories": ["core"], "justification": "Vermisstensache",
            "household_id": household.pk,
        },
        follow=True,
    )  # fmt: skip
    text = answer.content.decode()
    assert "Die Leitung der Stelle entscheidet." in text
    assert "Name und Geburtsdatum" in text
    with as_owner():
        request = DisclosureRequest.objects.get()
    head = logged_in(Role.HEAD, household.unit)
    page = head.get(reverse("protection:request", args=[request.pk])).content.decode()
    assert "Beantworten" in page
    assert head.post(reverse("protection:refuse_request", args=[request.pk]), {}).status_code == 422
    done = head.post(reverse("protection:grant_request", args=[request.pk]), follow=True).content.decode()
    assert "steht im Nachweis" in done
    listed = head.get(reverse("protection:requests")).content.decode()
    assert request.number in listed
    assert "beantwortet" in listed


def test_a_request_of_another_unit_is_404(household, logged_in, actor_with):
    request = taken(actor_with(*TAKES, unit=household.unit), household)
    for role in (Role.CLERK, Role.HEAD):
        other = logged_in(role, UnitFactory())
        assert other.get(reverse("protection:request", args=[request.pk])).status_code == 404
