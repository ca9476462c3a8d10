"""Which voluntary fields nobody fills and which accounts nobody uses: counts per overseen unit, nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.accounts.models import User
from stafette.accounts.tests.factories import UnitFactory
from stafette.intake.tests.factories import FormVersionFactory, InterviewFactory
from stafette.kernel.clock import now
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.oversight.queries.fields import idle_accounts, unused_fields
from stafette.oversight.tests.factories import officer_for
from stafette.people.tests.factories import PersonFactory
from stafette.referrals.tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


def rare(unit, room="person"):
    officer = officer_for(unit)
    with acting(officer):
        return {
            use.field: (use.filled, use.total) for use in unused_fields(actor=officer) if use.room == room
        }


def test_a_field_that_nobody_fills_is_proposed_to_be_dropped(unit):
    for number in range(12):
        PersonFactory(unit=unit, patronymic="", contact_channel="phone" if number else "")
    PersonFactory(patronymic="")
    found = rare(unit)
    assert found["patronymic"] == (0, 12)
    assert "contact_channel" not in found


def test_few_records_say_nothing(unit):
    PersonFactory(unit=unit, patronymic="")
    assert rare(unit) == {}


def test_questions_that_nobody_answers_are_counted_too(unit):
    form = FormVersionFactory(unit=unit)
    for _each in range(10):
        InterviewFactory(unit=unit, household__unit=unit, form=form)
    with as_owner():
        form.read()
        from stafette.intake.models import Interview

        Interview.objects.update(state="finished", finished_at=now(), started_at=now())
    found = rare(unit, "talk")
    assert found and set(found.values()) == {(0, 10)}


def test_nobody_counts_in_units_that_are_not_overseen(unit):
    for _each in range(12):
        PersonFactory(unit=unit, patronymic="")
    assert rare(UnitFactory()) == {}


def test_accounts_without_login_are_named(unit, client):
    officer = officer_for(unit)
    idle, fresh = staff(unit), staff(unit)
    with as_owner():
        User.objects.filter(pk=idle.id).update(last_login=now() - timedelta(days=100))
        User.objects.filter(pk=fresh.id).update(last_login=now())
    with acting(officer):
        found = list(idle_accounts(actor=officer))
    assert [one.pk for one in found] == [idle.id]
    assert found[0].unit == unit.short_name
    client.force_login(
        User.objects.get(pk=officer.id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert idle.label in client.get(reverse("oversight:idle")).content.decode()
    assert client.get(reverse("oversight:fields")).status_code == 200
