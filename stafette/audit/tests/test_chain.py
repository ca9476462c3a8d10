import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.audit.queries import verify_chain
from stafette.audit.record import record
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner


@pytest.fixture
def chain(actor_with):
    """Three events in the log."""
    unit = UnitFactory()
    actor = actor_with(Permission.EVENT_VIEW, unit=unit)
    with acting(actor):
        for number in range(3):
            record(actor, "unit.tested", unit, unit=unit.pk, number=number)
    return actor


def test_verify_chain_accepts_what_nobody_touched(chain):
    with as_owner():
        report = verify_chain(using="default")
    assert report.checked == 3
    assert report.faults == []


@pytest.mark.parametrize(
    "damage",
    [
        "update audit_event set details = '{\"number\": 9}' where (details->>'number')::int = 1",
        "update audit_event set actor_label = 'jemand' where (details->>'number')::int = 0",
        "delete from audit_event where (details->>'number')::int = 1",
        "delete from audit_event where (details->>'number')::int = 2",
    ],
)
def test_verify_chain_reports_a_changed_missing_or_cut_off_event(chain, damage):
    with as_owner():
        connection.cursor().execute(damage)
        assert verify_chain(using="default").faults


@pytest.mark.parametrize(
    "statement",
    ["update audit_event set kind = 'x'", "delete from audit_event", "select * from audit_chainhead"],
)
def test_the_running_role_cannot_touch_the_log(chain, statement):
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        connection.cursor().execute(statement)


def test_events_are_invisible_without_an_actor_and_to_other_units(chain, actor_with):
    assert Event.objects.count() == 0
    with acting(actor_with(Permission.EVENT_VIEW, unit=UnitFactory())):
        assert Event.objects.count() == 0
    with acting(chain):
        assert Event.objects.count() == 3
