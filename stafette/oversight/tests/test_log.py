import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.ids import new_id
from stafette.kernel.scope import acting


@pytest.fixture
def event(db):
    """Something done in a unit of another authority than the officer's, and in one of the same."""
    own, foreign = UnitFactory(), UnitFactory()
    actor = Actor(id=new_id(), label="Konto der Stelle")
    with acting(actor):
        record(actor, "person.created", own, unit=own.pk)
        record(Actor(id=new_id(), label="Fremdes Konto"), "person.created", foreign, unit=foreign.pk)
    return own


def test_the_officer_reads_the_log_of_the_own_authority(logged_in, event):
    office = UnitFactory(authority=event.authority, kind="DSB")
    page = logged_in(Role.DATA_PROTECTION, office).get(reverse("oversight:events"))
    assert "Konto der Stelle" in page.content.decode()
    assert "Fremdes Konto" not in page.content.decode()


@pytest.mark.parametrize("role", [Role.CLERK, Role.TECHNICAL, Role.COORDINATION, Role.HEAD])
def test_nobody_else_reads_it(logged_in, event, role):
    assert logged_in(role, event).get(reverse("oversight:events")).status_code == 403
