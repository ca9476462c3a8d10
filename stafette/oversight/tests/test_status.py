"""The status page: for those who look after the machine, without any content."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.accounts.models import UnitKind
from stafette.accounts.queries import home_unit
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import now
from stafette.kernel.testing import as_owner
from stafette.outbox.tests.factories import MessageFactory
from stafette.oversight.queries.machine import machine
from stafette.web import health, jobs
from stafette.web.jobs import Failure

pytestmark = pytest.mark.django_db


@pytest.fixture
def fine(monkeypatch):
    found = health.Health("ok", database=True, worker_seconds=3)
    monkeypatch.setattr(health, "look", lambda: found)


def lights():
    return {str(light.label): light for light in machine().lights}


def ran(days_ago):
    unit = home_unit()
    with as_owner():
        Event.objects.create(
            kind="deadlines.run", at=now() - timedelta(days=days_ago), actor_id=unit, actor_label="Lauf",
            unit_id=unit, subject_type="accounts.Unit", subject_id=unit,
        )  # fmt: skip


def test_all_is_well(fine):
    UnitFactory(kind=UnitKind.OPERATIONS)
    ran(0)

    assert machine().worst == "success"
    assert lights()["Datenbank"].value.startswith("PostgreSQL")


@pytest.mark.parametrize(("days", "kind"), [(1, "success"), (5, "danger")])
def test_deadlines_that_nobody_watches_are_a_fault(fine, days, kind):
    UnitFactory(kind=UnitKind.OPERATIONS)
    ran(9)
    ran(days)

    assert lights()["Letzter Fristenlauf"].kind == kind


def test_no_deadline_run_yet_is_told():
    assert lights()["Letzter Fristenlauf"].value == "noch keiner"


def test_no_worker_is_a_fault_with_advice():
    light = lights()["Hintergrundarbeit"]

    assert light.kind == "danger" and "stafette worker" in light.advice


def test_mails_are_counted(fine):
    MessageFactory(created_at=now() - timedelta(hours=3))
    MessageFactory(state="failed")
    MessageFactory(state="bounced", returned_at=now())
    found = lights()

    assert found["Wartende Mails"].value == "1, älteste vor 3 Stunden"
    assert {
        found[label].kind
        for label in ("Wartende Mails", "Nicht gesendete Mails (30 Tage)", "Zurückgekommene Mails (30 Tage)")
    } == {"warning"}


def test_failed_jobs_are_named_by_task_only(fine, monkeypatch):
    monkeypatch.setattr(jobs, "failures", lambda: [Failure("stafette.outbox.tasks.pack", 2, now())])

    assert lights()["Gescheiterte Aufträge"].value == "2"


def test_page_shows_no_mail_and_no_name(logged_in):
    message = MessageFactory(state="failed")

    page = logged_in(Role.TECHNICAL, UnitFactory()).get(reverse("oversight:status")).content.decode()

    assert "Nicht gesendete Mails" in page
    assert message.reference not in page and message.address not in page


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.DATA_PROTECTION])
def test_others_have_no_business_there(logged_in, role):
    assert logged_in(role, UnitFactory()).get(reverse("oversight:status")).status_code == 403
