"""The check that an operator runs before letting people in."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from stafette.kernel import policies, rows
from stafette.kernel.checks import _faults_of_role, check_deployment, check_running_role
from stafette.kernel.testing import as_owner


def ids():
    return {message.id for message in check_running_role(None, ["default"])}


def test_the_restricted_role_passes_but_for_the_login_of_the_tests(db):
    assert ids() == {"stafette.W001"}  # the tests log in as owner and put its rights down


def test_the_owner_fails(db):
    with as_owner():
        assert {"stafette.E003", "stafette.E004"} <= ids()
        assert "stafette.W001" not in ids()


@pytest.mark.parametrize("fault", range(4))
def test_each_right_too_many_is_named(fault):
    rights = [number == fault for number in range(4)]
    assert [message.id for message in _faults_of_role(*rights)] == [f"stafette.E00{fault + 1}"]


def test_an_open_table_fails(db):
    model = next(iter(rows.protected_models()))
    with as_owner():
        connection.cursor().execute(f'alter table "{model._meta.db_table}" disable row level security')
    assert "stafette.E005" in ids()


def test_who_inherits_from_the_owner_fails(db):
    with as_owner():
        connection.cursor().execute(f"grant create on schema public to {policies.APP_ROLE}")
        connection.cursor().execute(f"alter table people_person owner to {policies.APP_ROLE}")
    assert {"stafette.E003", "stafette.E004"} <= ids()


def test_each_way_to_check_asks_once(db):
    deploy = run_checks(include_deployment_checks=True, databases=["default"])
    assert [message.id for message in deploy].count("stafette.W001") == 1
    assert [message.id for message in check_deployment(None)].count("stafette.W001") == 1
    assert check_running_role(None) == []
    assert check_running_role(None, ["owner"]) == []


def test_a_server_that_does_not_answer_is_said_so(monkeypatch):
    from django.db import OperationalError

    class Dead:
        def cursor(self):
            raise OperationalError("connection refused\nDETAIL: …")

    monkeypatch.setattr("stafette.kernel.checks.connections", {"default": Dead()})
    found = check_running_role(None, ["default"])
    assert [message.id for message in found] == ["stafette.W002"]
    assert "connection refused" in found[0].msg
