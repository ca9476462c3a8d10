"""A closed file does not exist for colleagues and superiors: on no page, in no list, search, count or row.

The same clerk asks every address about the same household, before and after the file is closed to her; whoever is
named goes on as before.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from stafette.accounts.models import User
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.kernel import kin, rows
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.scope import closed as closed_rows
from stafette.kernel.testing import as_owner
from stafette.people.commands import close_file, name_readers, reopen_file
from stafette.people.models import ClosedFile, Household, Person
from stafette.referrals.commands import prepare_referral, send_referral
from stafette.referrals.models import Referral
from stafette.referrals.tests.factories import make_town, staff
from stafette.retention.commands import hold_up
from stafette.retention.models import Announcement, Hold
from tests.test_url_matrix import MATRIX, call, world

__all__ = ["world"]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def everything(model):
    return model._base_manager.all()


@pytest.fixture
def town(db):
    """A family with a referral, a clerk who is related to it, two colleagues who are not, and the head."""
    town = make_town()
    town.related, town.second = staff(town.clearing, Role.CLERK), staff(town.clearing, Role.CLERK)
    town.head = staff(town.clearing, Role.HEAD)
    route = town.route("child_without_school_place", town.school, ["core", "address", "language"])
    finding = town.finding("child_without_school_place", person=town.child)
    town.referral = prepare_referral(actor=town.related, finding_id=finding.pk, route_id=route.pk)
    return town


def close(town, **facts):
    values = {"kind": "own", "reason": "relative", "open_to": [town.clerk.id, town.second.id]} | facts
    return close_file(actor=town.related, household_id=town.household.pk, **values)


def rows_of(actor, model):
    """What the actor gets without any filter, and what the code's own scope selects."""
    with acting(actor):
        return set(everything(model).values_list("pk", flat=True)), set(
            rows.visible(model, actor).values_list("pk", flat=True)
        )


def file_of(town):
    with as_owner():
        return kin.rows_below(kin.household_seeds([town.household.pk], everything), everything)


def test_a_closed_file_is_gone_for_colleagues_and_head_and_there_for_those_named(town):
    below = file_of(town)
    assert {Household, Person, Referral} <= set(below)
    before = {model: rows_of(town.clerk, model) for model in below}
    close(town)
    for model, ids in below.items():
        if model is ClosedFile:
            continue
        for outside in (town.related, town.head):
            by_policy, by_query = rows_of(outside, model)
            assert by_policy == by_query, model
            assert not by_policy & ids, model
        assert rows_of(town.clerk, model) == before[model], model


def test_whoever_closes_it_may_close_it_to_oneself_and_open_things_move(town):
    assert town.referral.responsible_user_id == town.related.id
    close(town)
    with as_owner():
        moved = Referral.objects.get(pk=town.referral.pk)
    assert moved.responsible_user_id in (town.clerk.id, town.second.id)
    assert moved.sender_user_id == moved.responsible_user_id


def test_the_timeline_and_the_log_of_the_unit_say_nothing_about_it(town):
    Event = apps.get_model("audit", "Event")
    close(town)
    ids = {one for found in file_of(town).values() for one in found}
    by_policy, by_query = rows_of(town.related, Event)
    with as_owner():
        about = set(Event.objects.filter(about_id__in=ids).values_list("pk", flat=True))
    assert about and not about & (by_policy | by_query)
    assert by_policy == by_query


def test_opened_again_everything_is_back(town):
    before = rows_of(town.related, Person)
    closed = close(town)
    assert rows_of(town.related, Person) != before
    reopen_file(actor=town.clerk, closed_id=closed.pk)
    assert rows_of(town.related, Person) == before
    with pytest.raises(RuleBroken):
        reopen_file(actor=town.clerk, closed_id=closed.pk)


def test_the_head_names_others_without_seeing_the_file(town):
    closed = close(town)
    third = staff(town.clearing, Role.CLERK)
    name_readers(actor=town.head, closed_id=closed.pk, open_to=[third.id, town.second.id])
    assert rows_of(third, Household)[0] == {town.household.pk}
    assert rows_of(town.clerk, Household)[0] == set()
    assert rows_of(town.head, Household)[0] == set()
    with as_owner():
        assert Referral.objects.get(pk=town.referral.pk).responsible_user_id in (third.id, town.second.id)


def test_a_head_who_works_on_cases_does_not_let_oneself_in(town):
    """§ 35(1) sentence 3 SGB I keeps the data of staff from those who decide about staff."""
    closed = close(town)
    user = User.objects.get(pk=town.head.id)
    MembershipFactory(user=user, unit=town.clearing, role=Role.CLERK)
    head = actor_for(user)
    with pytest.raises(NotAllowed):
        name_readers(actor=head, closed_id=closed.pk, open_to=[head.id, town.clerk.id])
    with pytest.raises(NotAllowed):
        reopen_file(actor=head, closed_id=closed.pk)
    assert rows_of(head, Household) == (set(), set())
    name_readers(actor=head, closed_id=closed.pk, open_to=[town.clerk.id, town.second.id])


def test_colleagues_to_whom_it_is_closed_have_no_say(town):
    closed = close(town)
    with pytest.raises(NotAllowed):
        reopen_file(actor=town.related, closed_id=closed.pk)
    with pytest.raises(NotAllowed):
        name_readers(actor=town.related, closed_id=closed.pk, open_to=[town.related.id, town.clerk.id])


@pytest.mark.parametrize("names", ["nobody", "one", "a stranger"])
def test_a_file_is_never_left_without_two_who_work_with_it(town, names):
    open_to = {"nobody": [], "one": [town.clerk.id], "a stranger": [town.clerk.id, town.teacher.id]}[names]
    with pytest.raises(BadInput):
        close(town, open_to=open_to)


def test_it_is_closed_in_one_way_once(town):
    close(town)
    with pytest.raises(RuleBroken):
        close_file(
            actor=town.clerk, household_id=town.household.pk, kind="own", reason="staff",
            open_to=[town.clerk.id, town.second.id],
        )  # fmt: skip


def test_another_unit_keeps_what_it_was_given(town):
    """The receiver's copy is in the receiver's books: the sender's closing does not reach it."""
    with acting(town.related):
        send_referral(actor=town.related, referral_id=town.referral.pk)
    before = rows_of(town.teacher, Referral)
    close(town)
    assert rows_of(town.teacher, Referral) == before
    assert before[0] == {town.referral.pk}


def test_neither_the_grace_list_nor_a_hold_tells_that_there_is_a_closed_file(town):
    """Both name a record without a foreign key; a hold says why, in free words."""
    with acting(town.clerk):
        held = hold_up(
            actor=town.clerk, kind="people.Household", object_id=town.household.pk, reason="claim",
            until_on=today() + timedelta(days=30), reference="Klage gegen die Stelle",
        )  # fmt: skip
    with as_owner():
        told = Announcement.objects.create(
            unit=town.clearing, kind="people.Household", object_id=town.household.pk, rule="L4",
            rule_from=today(), event_on=today(), due_on=today(), told_on=today(),
        )  # fmt: skip
    assert rows_of(town.related, Hold) == ({held.pk}, {held.pk})
    close(town)
    for model, row in ((Hold, held), (Announcement, told)):
        assert rows_of(town.clerk, model) == ({row.pk}, {row.pk})
        for outside in (town.related, town.head):
            assert rows_of(outside, model) == (set(), set())


def test_where_nothing_is_closed_the_scope_names_nothing(town):
    with acting(town.related):
        assert closed_rows() == frozenset()


def test_no_address_answers_those_to_whom_the_file_is_closed(world):
    """Each address with an id of the file: an answer before, and as if there were no such thing after."""
    things, accounts = world
    clerk = accounts[Role.CLERK]
    with as_owner():
        ids = {
            one
            for found in kin.rows_below(
                kin.household_seeds([things["household"].pk], everything), everything
            ).values()
            for one in found
        }
    inside = {
        name: address
        for name, address in MATRIX.items()
        if address.args and Role.CLERK in address.allowed and things[address.args[0]].pk in ids
    }
    assert len(inside) > 30
    others = [staff(things["unit"], Role.CLERK).id for _number in range(2)]
    with acting(actor_for(clerk)) as actor:
        close_file(
            actor=actor, household_id=things["household"].pk, kind="own", reason="staff", open_to=others
        )
    told = []
    for name, address in inside.items():
        with transaction.atomic():
            status = call(world, name, address, Role.CLERK).status_code
            transaction.set_rollback(True)
        if status != 404:
            told.append(f"{name}: {status}")
    assert not told, told


def test_no_list_and_no_search_of_those_to_whom_it_is_closed_holds_the_name(world):
    things, accounts = world
    name = things["person"].family_name
    pages = [
        reverse(address)
        for address, entry in MATRIX.items()
        if not entry.args and entry.method == "get" and Role.CLERK in entry.allowed
    ]
    client = Client()
    client.force_login(accounts[Role.CLERK], backend=BACKEND)

    def shown():
        asked = [(page, {}) for page in pages] + [(reverse("people:search"), {"q": name})]
        return {page for page, data in asked if name in client.get(page, data).content.decode()}

    assert reverse("people:list") in shown()
    others = [staff(things["unit"], Role.CLERK).id for _number in range(2)]
    with acting(actor_for(accounts[Role.CLERK])) as actor:
        close_file(
            actor=actor, household_id=things["household"].pk, kind="own", reason="staff", open_to=others
        )
    assert shown() == set()
