"""Where somebody lands after login, and what stands in the head: by what the unit does."""

from datetime import date

import pytest
from django.urls import reverse

from stafette.accounts.models import FindingKind, Route
from stafette.accounts.queries import actor_for, hands_over
from stafette.accounts.roles import CASEWORK, Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.kernel.testing import as_owner
from stafette.web import navigation

MOST = 9
FILES = {"referrals:list", "partners:requests", "protection:requests", "people:closed", "notices:glasses"}


@pytest.fixture
def house(db):
    """A welcome centre: its findings are signposts, nobody answers them, nobody works on files."""
    unit = UnitFactory(kind="WZ", name="Willkommenszentrum")
    lead(unit, None)
    return unit


def lead(sender, receiver):
    with as_owner():
        finding, _made = FindingKind.objects.get_or_create(code="advice", defaults={"label": "Beratung"})
        way = {"receiver": receiver} if receiver else {"signpost": ["mbe"]}
        Route.objects.create(
            code=f"{sender.code}-{len(way)}-{bool(receiver)}", finding=finding, sender=sender,
            valid_from=date(2020, 1, 1), **way,
        )  # fmt: skip


def bar(role, unit):
    user = MembershipFactory(role=role, unit=unit).user
    return [item.url for item in navigation.items_for(actor_for(user), "/")]


def addresses(*names):
    return {reverse(name) for name in names}


def test_head_of_a_counter_begins_with_what_is_asked_there(house, logged_in):
    seen = bar(Role.HEAD, house)
    assert seen[0] == reverse("evaluation:index")
    assert addresses("directory:search", "partners:week", "materials:list", "partners:list") <= {*seen}
    assert not addresses(*FILES) & {*seen} and len(seen) <= MOST
    client = logged_in(Role.HEAD, house)
    assert client.get("/")["Location"] == seen[0] and client.get(seen[0]).status_code == 200
    assert all(client.get(address).status_code == 200 for address in seen)


@pytest.mark.parametrize("turned", [False, True])
def test_an_agreed_way_that_is_answered_brings_the_files_back(house, turned):
    other = UnitFactory(name="Schulteam")
    lead(*((other, house) if turned else (house, other)))
    seen = bar(Role.HEAD, house)
    assert seen[0] == reverse("referrals:list") and addresses(*FILES) <= {*seen}
    assert not addresses("directory:search", "materials:list") & {*seen}


def test_whoever_works_on_files_brings_them_back_too(house):
    MembershipFactory(unit=UnitFactory(), role=Role.COUNTER)
    assert bar(Role.HEAD, house)[0] == reverse("evaluation:index")  # elsewhere is not here
    MembershipFactory(unit=house, role=Role.COUNTER)
    assert bar(Role.HEAD, house)[0] == reverse("referrals:list")


def test_the_desk_of_such_a_house_finds_the_sheets_and_no_rules_of_files(house):
    seen = bar(Role.DESK, house)
    assert seen[0] == reverse("intake:contact") and reverse("materials:list") in seen
    assert reverse("protection:rules") not in seen


def test_the_plan_of_the_week_is_on_the_bar_of_whoever_signs_agreements(house):
    assert reverse("partners:week") in bar(Role.UNIT_ADMIN, house)


def test_coordination_begins_with_the_chain_only_where_there_is_one(house):
    assert bar(Role.COORDINATION, house)[0] == reverse("evaluation:index")
    assert reverse("steering:index") in bar(Role.COORDINATION, house)
    lead(house, UnitFactory())
    assert bar(Role.COORDINATION, house)[0] == reverse("steering:index")


def test_the_officer_keeps_what_is_overseen_everywhere(house):
    seen = bar(Role.DATA_PROTECTION, house)
    assert addresses("notices:glasses", "protection:rules", "oversight:events") <= {*seen}


@pytest.mark.parametrize("role", [role for role in Role if role not in CASEWORK])
def test_in_a_house_without_files_no_bar_is_longer_than_can_be_read(house, role):
    assert 1 < len(bar(role, house)) <= MOST


def test_whoever_answers_hand_overs_costs_no_question(house, django_assert_num_queries):
    clerk = actor_for(MembershipFactory(role=Role.CLERK, unit=house).user)
    head = actor_for(MembershipFactory(role=Role.HEAD, unit=UnitFactory()).user)
    with django_assert_num_queries(0):
        assert hands_over(clerk)
    with django_assert_num_queries(1):
        assert not hands_over(head)
