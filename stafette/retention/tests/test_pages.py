"""The pages of the deletion: names only for those who may see them, numbers for the officer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory
from stafette.referrals.tests.factories import make_town
from stafette.retention.models import Announcement, Hold, PurgeFigure


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def row(town):
    return announcement(town.household)


def announcement(household):
    with as_owner():
        return Announcement.objects.create(
            unit=household.unit, kind="people.Household", object_id=household.pk, rule="L4", rule_from=today(),
            event_on=today(), due_on=today() + timedelta(days=9), told_on=today(),
        )  # fmt: skip


def text(response):
    return response.content.decode()


def test_the_clerk_sees_the_name_and_may_hold_it_up(town, row, logged_in):
    client = logged_in(Role.CLERK, town.clearing)
    page = text(client.get(reverse("retention:announced")))
    assert town.household.label in page
    assert reverse("retention:hold", args=[row.pk]) in page
    until = today() + timedelta(days=60)
    answer = client.post(
        reverse("retention:hold", args=[row.pk]), {"reason": "claim", "until_on": f"{until:%d.%m.%Y}"}
    )
    assert answer.status_code == 302
    assert town.household.label in text(client.get(reverse("retention:holds")))
    with as_owner():
        held = Hold.objects.get(object_id=town.household.pk)
    household = text(client.get(reverse("people:household", args=[town.household.pk]), follow=True))
    assert f"aufgehalten bis {until:%d.%m.%Y}" in household or "Warum" in household
    client.post(reverse("retention:lift", args=[held.pk]))
    with as_owner():
        assert Hold.objects.get(pk=held.pk).lifted_on == today()


def test_an_end_too_far_away_is_refused_with_the_last_day(town, row, logged_in):
    client = logged_in(Role.CLERK, town.clearing)
    until = today() + timedelta(days=800)
    answer = client.post(
        reverse("retention:hold", args=[row.pk]), {"reason": "claim", "until_on": f"{until:%d.%m.%Y}"}
    )
    assert answer.status_code == 422
    assert "künftigen Tag bis zum" in text(answer)


@pytest.mark.parametrize("role", [Role.DATA_PROTECTION, Role.HEAD])
def test_officer_and_head_see_kinds_and_dates_but_no_name(town, row, logged_in, role):
    client = logged_in(role, town.clearing)
    for name in ("announced", "holds", "report", "preview"):
        page = client.get(reverse(f"retention:{name}"))
        assert page.status_code == 200, name
        assert town.household.label not in text(page), name
    assert "Akte eines Haushalts" in text(client.get(reverse("retention:announced")))


def test_what_other_units_delete_does_not_exist_here(town, logged_in):
    other = announcement(HouseholdFactory(unit=town.outreach, label="Familie Fremd"))
    client = logged_in(Role.CLERK, town.clearing)
    assert "Familie Fremd" not in text(client.get(reverse("retention:announced")))
    assert client.get(reverse("retention:hold", args=[other.pk])).status_code == 404
    with as_owner():
        held = Hold.objects.create(
            unit=town.outreach, kind="people.Household", object_id=other.object_id, reason="claim",
            from_on=today(), until_on=today() + timedelta(days=5), held_by="x",
        )  # fmt: skip
    assert client.post(reverse("retention:lift", args=[held.pk])).status_code == 404


def test_the_officers_desk_says_what_is_overdue(town, logged_in):
    with as_owner():
        PurgeFigure.objects.create(
            unit=town.clearing, run_on=today(), kind="referrals.Referral", rule="L3", due=3, overdue=3
        )
    client = logged_in(Role.DATA_PROTECTION, town.clearing)
    assert "3 überfällig" in text(client.get(reverse("oversight:desk")))
    assert "3 Einträge müssten gelöscht sein" in text(client.get(reverse("retention:report")))


def test_coordination_and_administration_have_no_business_here(town, logged_in):
    for role in (Role.COORDINATION, Role.TECHNICAL):
        client = logged_in(role, town.coordination)
        assert client.get(reverse("retention:announced")).status_code == 403


def test_the_page_of_the_unit_leads_to_what_is_deleted_soon(town, row, logged_in):
    for role in (Role.CLERK, Role.HEAD):
        shown = text(logged_in(role, town.clearing).get(unit_page(town.clearing)))
        assert f"Ein Eintrag wird am {row.due_on:%d.%m.%Y} gelöscht." in shown
        assert reverse("retention:announced") in shown


def test_where_nothing_is_announced_the_page_of_the_unit_says_so(town, logged_in):
    shown = text(logged_in(Role.HEAD, town.clearing).get(unit_page(town.clearing)))
    assert "Zurzeit ist nichts angekündigt." in shown


def test_the_page_of_another_unit_does_not_tell_what_it_deletes(town, row, logged_in):
    client = logged_in(Role.HEAD, town.outreach)
    assert "Wird bald gelöscht" not in text(client.get(unit_page(town.clearing)))


def unit_page(unit):
    return reverse("accounts:unit", args=[unit.code])
