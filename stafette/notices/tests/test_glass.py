"""Break-glass: who may, what it opens and what it never opens, who is told, who reviews."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stafette.accounts.extra_grants import READ, extras_of
from stafette.accounts.models import Absence, Mandate, Unit, UnitKind, User
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import AbsenceFactory, AuthorityFactory, MembershipFactory, UnitFactory
from stafette.kernel.clock import now, today
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.notices import commands
from stafette.notices.glass_rules import glass_rule, glass_rules, is_formula
from stafette.notices.models import BreakGlass
from stafette.notices.opening import units_to_open
from stafette.notices.tests.scenes import EMERGENCY as REASON
from stafette.outbox.models import Note
from stafette.people.access import visible_to as persons_visible_to
from stafette.people.commands import close_file
from stafette.people.models import Person
from stafette.protection.models import Disclosure
from stafette.referrals.duty import run_deadlines
from stafette.referrals.tests.factories import make_town, staff, user_of


@pytest.fixture
def town(db):
    """Clearing desk and school team in one authority, each with a head; one officer for it."""
    town = make_town()
    with as_owner():
        Unit.objects.filter(pk=town.clearing.pk).update(mandate=Mandate.REGISTERING)
        Unit.objects.filter(pk=town.school.pk).update(mandate=Mandate.HELPING)
        Unit.objects.filter(pk=town.outreach.pk).update(mandate=Mandate.HELPING)
        Unit.objects.filter(pk=town.housing.pk).update(mandate=Mandate.CONTROLLING)
        Unit.objects.filter(pk=town.coordination.pk).update(mandate=Mandate.STEERING)
    town.head = staff(town.clearing, Role.HEAD)
    office = UnitFactory(
        kind=UnitKind.DATA_PROTECTION, mandate=Mandate.OVERSEEING, authority=town.clearing.authority
    )
    town.officer = actor_for(MembershipFactory(role=Role.DATA_PROTECTION, unit=office).user)
    return town


def opened(town, **facts):
    values = {"actor": town.teacher, "unit_id": town.clearing.pk, "ground": "danger", "reason": REASON}
    return commands.open_glass(**values | facts)


def again(actor):
    """The same person at the next request."""
    return actor_for(User.objects.get(pk=actor.id))


def test_in_danger_the_files_of_another_unit_can_be_read_and_only_read(town):
    assert not again(town.teacher).may(Permission.PERSON_VIEW, unit=town.clearing.pk)

    opened(town)

    teacher = again(town.teacher)
    assert {p for p, unit in teacher.grants if unit == town.clearing.pk} == READ
    with acting(teacher):
        assert town.mother in list(persons_visible_to(teacher))
        assert Person.objects.filter(pk=town.mother.pk).update(given_names="Anders") == 0
    assert not any("edit" in p or "sealed" in p or "answer" in p or "send" in p for p in READ)


def test_a_file_that_is_closed_to_colleagues_stays_closed(town):
    readers = [town.clerk.id, staff(town.clearing, Role.CLERK).id]
    close_file(actor=town.clerk, household_id=town.household.pk, kind="own", reason="staff", open_to=readers)

    opened(town)

    teacher = again(town.teacher)
    assert teacher.may(Permission.PERSON_VIEW, unit=town.clearing.pk)
    with acting(teacher):
        assert town.mother not in list(persons_visible_to(teacher))
        assert not Person.objects.filter(pk=town.mother.pk).exists()


def test_what_is_open_to_read_is_not_printed_nor_handed_out(client, town):
    """No sheet and no form with names leaves the other unit's books, and nothing is written into them."""
    opened(town)
    client.force_login(
        User.objects.get(pk=town.teacher.id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    household, person = town.household.pk, town.mother.pk
    assert client.get(reverse("protection:person_sheet", args=[household, person])).status_code == 200
    assert client.get(reverse("protection:filled", args=[household, "data", "de"])).status_code == 403
    printed = client.post(
        reverse("protection:print_sheet", args=[household, person]),
        {"sprache": "de", "agreed_ids": [str(person)]},
    )
    assert printed.status_code == 422
    with as_owner():
        assert not Disclosure.objects.filter(unit=town.clearing).exists()


def test_it_ends_by_itself_and_by_hand(town):
    glass = opened(town)
    assert timedelta(hours=3) < glass.ends_at - now() <= timedelta(hours=4)
    with as_owner():
        BreakGlass.objects.update(opened_at=now() - timedelta(hours=5), ends_at=now() - timedelta(hours=1))
    assert not again(town.teacher).may(Permission.PERSON_VIEW, unit=town.clearing.pk)

    other = opened(town, reason=REASON + " Diesmal ein anderes Kind.")
    assert again(town.teacher).may(Permission.PERSON_VIEW, unit=town.clearing.pk)
    commands.end_glass(actor=town.teacher, glass_id=other.pk)
    assert not again(town.teacher).may(Permission.PERSON_VIEW, unit=town.clearing.pk)
    with pytest.raises(RuleBroken):
        commands.end_glass(actor=town.teacher, glass_id=other.pk)


def test_nobody_ends_what_another_opened(town):
    glass = opened(town)
    with pytest.raises(RuleBroken):
        commands.end_glass(actor=town.clerk, glass_id=glass.pk)


@pytest.mark.parametrize("unit", ["outreach", "housing", "coordination", "school"])
def test_never_another_authority_nor_the_other_side_of_the_wall_nor_the_own_files(town, unit):
    with pytest.raises(NotAllowed):
        opened(town, unit_id=getattr(town, unit).pk)
    with as_owner():
        assert not BreakGlass.objects.exists()


def test_a_controlling_unit_opens_no_helping_one(town):
    with pytest.raises(NotAllowed):
        opened(town, actor=town.controller)
    with pytest.raises(NotAllowed):
        opened(town, actor=town.controller, unit_id=town.school.pk)


def test_who_may_not_open_glass_opens_none(town):
    for role in (Role.UNIT_ADMIN, Role.COORDINATION, Role.TECHNICAL, Role.DATA_PROTECTION):
        with pytest.raises(NotAllowed):
            opened(town, actor=staff(town.school, role))


def test_a_missing_deputy_opens_the_own_unit_to_its_head_only_while_somebody_is_missing(town):
    def attempt():
        return opened(town, actor=town.head, ground="deputy")

    with pytest.raises(NotAllowed):
        attempt()
    second = staff(town.clearing)
    day = today()
    AbsenceFactory(user=user_of(town.clerk), deputy=user_of(second), starts_on=day, ends_on=day)
    with pytest.raises(NotAllowed):
        attempt()
    AbsenceFactory(user=user_of(second), deputy=user_of(town.clerk), starts_on=day, ends_on=day)
    glass = attempt()
    assert glass.ground == "deputy" and again(town.head).may(Permission.PERSON_VIEW, unit=town.clearing.pk)
    with as_owner():
        Absence.objects.all().delete()
    assert units_to_open(town.head, glass_rule("deputy")) == []


@pytest.mark.parametrize(
    "reason", ["Notfall", "x" * 60, "Notfall Notfall Notfall Notfall Notfall Notfall", "       "]
)
def test_a_formula_is_no_reason(town, reason):
    with pytest.raises(BadInput):
        opened(town, reason=reason)


def test_the_same_words_do_not_open_twice(town):
    opened(town)
    with pytest.raises(BadInput, match="schon einmal"):
        opened(town, reason=REASON.upper())


def test_head_and_officer_are_told_at_once_by_number_only(town):
    glass = opened(town)
    with as_owner():
        notes = list(Note.objects.filter(kind="glass_opened"))
    assert {note.user_id for note in notes} == {town.head.id, town.officer.id}
    assert {note.reference for note in notes} == {glass.number}
    assert all("Klinik" not in note.path for note in notes)


def test_an_ordinary_request_costs_no_query_more(town, client):
    user = user_of(town.teacher)
    with CaptureQueriesContext(
        connection,
    ) as before:
        actor_for(user)
    opened(town)
    user.refresh_from_db()
    with CaptureQueriesContext(connection) as after:
        actor_for(user)
    assert len(after) == len(before) + 1, "one query, and only for the account that opened something"
    with CaptureQueriesContext(connection) as none:
        assert extras_of(user_of(town.clerk)) == ()
    assert len(none) == 1  # the account itself


def test_who_leaves_keeps_nothing_open(town):
    opened(town)
    with as_owner():
        User.objects.filter(pk=town.teacher.id).get().memberships.all().delete()
    assert again(town.teacher).grants == frozenset()


def test_both_sides_review_and_nobody_oneself(town):
    glass = opened(town)
    with pytest.raises(NotAllowed):
        commands.review_glass(actor=town.teacher, glass_id=glass.pk, finding="justified")
    half = commands.review_glass(actor=town.head, glass_id=glass.pk, finding="justified")
    assert half.state == "open" and half.head_by_id == town.head.id
    with pytest.raises(RuleBroken):
        commands.review_glass(actor=town.head, glass_id=glass.pk, finding="unjustified")
    whole = commands.review_glass(actor=town.officer, glass_id=glass.pk, finding="justified")
    assert whole.state == "justified" and whole.reviewed_at


def test_one_objection_makes_it_unjustified_and_the_officer_hears_of_it(town):
    glass = opened(town)
    commands.review_glass(actor=town.head, glass_id=glass.pk, finding="unjustified")
    with as_owner():
        assert {note.user_id for note in Note.objects.filter(kind="glass_unjustified")} == {town.officer.id}
    whole = commands.review_glass(actor=town.officer, glass_id=glass.pk, finding="justified")
    assert whole.state == "unjustified"


def test_a_head_who_opened_it_needs_no_second_head_but_the_officer(town):
    day = today()
    AbsenceFactory(user=user_of(town.clerk), deputy=user_of(staff(town.school)), starts_on=day, ends_on=day)
    with as_owner():
        User.objects.exclude(pk=town.head.id).filter(memberships__unit=town.school).update(is_active=False)
    glass = opened(town, actor=town.head, ground="deputy")
    assert glass.needs_head is False
    with pytest.raises(NotAllowed, match="andere Person"):
        commands.review_glass(actor=town.head, glass_id=glass.pk, finding="justified")
    assert (
        commands.review_glass(actor=town.officer, glass_id=glass.pk, finding="justified").state == "justified"
    )


def test_a_late_review_is_told_once_with_the_deadline_run(town):
    opened(town)
    with as_owner():
        BreakGlass.objects.update(review_on=today() - timedelta(days=1))
    run_deadlines()
    run_deadlines()
    with as_owner():
        assert Note.objects.filter(kind="glass_late").count() == 2  # head and officer


def test_the_review_counts_working_days(town):
    glass = opened(town)
    assert timedelta(days=5) <= glass.review_on - timezone.localdate() <= timedelta(days=14)


def test_the_database_refuses_a_review_of_oneself(town):
    glass = opened(town)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.filter(pk=glass.pk).update(officer_by=glass.account_id)


def test_other_units_and_roles_do_not_see_who_opened_what(town):
    opened(town)
    elsewhere = staff(UnitFactory(authority=AuthorityFactory()), Role.HEAD)
    for actor in (elsewhere, town.clerk, town.worker, staff(town.clearing, Role.UNIT_ADMIN)):
        with acting(actor):
            assert not BreakGlass.objects.exists()


def test_every_rule_has_its_source():
    for rule in glass_rules():
        assert rule.head.source.law and rule.hours and not rule.over_the_wall
        assert is_formula("ok", rule) and not is_formula(REASON, rule)


def entered(client, actor):
    client.force_login(user_of(actor), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_opens_warns_on_every_page_and_ends(town, client):
    teacher = entered(client, town.teacher)
    assert "Was geschieht" in teacher.get(reverse("notices:glass")).content.decode()
    url = reverse("notices:glass_open", args=["danger"])
    assert teacher.post(url, {"unit_id": town.clearing.pk, "reason": REASON}).status_code == 422
    answer = teacher.post(url, {"unit_id": town.clearing.pk, "reason": REASON, "understood": "on"})
    assert answer.status_code == 302
    page = teacher.get(reverse("protection:household", args=[town.household.pk]))
    assert page.status_code == 200 and "Jetzt beenden" in page.content.decode()
    wrong = {"family_name": "Falsch", "given_names": "Falsch"}
    teacher.post(reverse("people:change", args=[town.mother.pk]), wrong)
    with as_owner():
        assert Person.objects.get(pk=town.mother.pk).family_name == town.mother.family_name
    assert teacher.get(reverse("people:list") + "?format=xlsx").status_code == 403
    with as_owner():
        pk = BreakGlass.objects.get().pk
    teacher.post(reverse("notices:glass_end", args=[pk]))
    assert teacher.get(reverse("protection:household", args=[town.household.pk])).status_code in (403, 404)
    assert "Jetzt beenden" not in teacher.get(reverse("people:list")).content.decode()


def test_head_and_officer_see_why_and_what_was_read(town, client):
    glass = opened(town)
    teacher = entered(client, town.teacher)
    assert teacher.get(reverse("protection:household", args=[town.household.pk])).status_code == 200
    url = reverse("notices:glass_review", args=[glass.pk])
    assert teacher.get(url).status_code in (403, 404)
    for actor in (town.head, town.officer):
        page = entered(client, actor).get(url).content.decode()
        assert "Anruf der Klinik" in page and str(town.household.pk)[-8:] in page
        assert town.mother.family_name not in page
    assert client.post(url, {"finding": "justified"}).status_code == 302
