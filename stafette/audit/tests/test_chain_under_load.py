"""The chain while several connections write at once: real transactions beside the one of the test."""

import uuid

import psycopg
import pytest
from django.db import connection

from stafette.audit import queries
from stafette.audit.queries import verify_chain
from stafette.kernel.testing import as_owner

INSERT = """
insert into audit_event (id, at, kind, actor_id, actor_label, unit_id, subject_type, subject_id, details, lane, seq,
  previous, digest)
values (%s, now(), 'unit.tested', %s, 'Konto', %s, 'accounts.Unit', %s, '{}', 0, 0, '', '')
"""


class Desk:
    """A connection of the running program."""

    def __init__(self):
        known = connection.settings_dict
        self.connection = psycopg.connect(
            dbname=known["NAME"], user=known["USER"], password=known["PASSWORD"], host=known["HOST"],
            port=known["PORT"], options="-c lock_timeout=2s",
        )  # fmt: skip
        self.lane = self.connection.info.backend_pid % 16
        self.connection.execute("set role stafette_app")
        self.connection.commit()

    def write(self):
        self.connection.execute(INSERT, [uuid.uuid4() for _ in range(4)])


@pytest.fixture
def desks(db):
    """Two connections that prefer the same lane."""
    opened, by_lane = [], {}
    while True:
        opened.append(desk := Desk())
        if desk.lane in by_lane:
            break
        by_lane[desk.lane] = desk
    yield by_lane[desk.lane], desk
    for one in opened:
        one.connection.rollback()
        one.connection.close()
    clean = Desk().connection
    clean.execute("reset role")
    clean.execute("delete from audit_event")
    clean.execute("update audit_chainhead set seq = 0, digest = ''")
    clean.commit()
    clean.close()


def faults():
    with as_owner():
        return verify_chain(using="default").faults


def test_a_desk_does_not_wait_for_the_commit_of_another(desks):
    first, second = desks
    first.write()
    second.write()
    second.write()
    second.connection.commit()
    first.write()
    first.connection.commit()

    assert faults() == []


def test_what_is_rolled_back_leaves_no_gap(desks):
    first, second = desks
    first.write()
    first.connection.rollback()
    second.write()
    first.write()
    first.connection.commit()
    second.connection.commit()
    second.write()
    second.connection.commit()

    assert faults() == []
    with as_owner():
        assert verify_chain(using="default").checked == 3


def test_events_that_come_while_the_check_runs_are_no_fault(desks, monkeypatch):
    first, _ = desks
    first.write()
    first.connection.commit()

    class Busy:
        """Hashing, during which the desk goes on."""

        @staticmethod
        def sha256(data):
            first.write()
            first.connection.commit()
            return sha256(data)

    sha256 = queries.hashlib.sha256
    monkeypatch.setattr(queries, "hashlib", Busy)
    assert faults() == []


def test_sixteen_busy_desks_make_the_next_one_wait(desks):
    first, second = desks
    others = [Desk() for _ in range(16)]
    for desk in others:
        desk.write()
    with pytest.raises(psycopg.errors.LockNotAvailable):
        second.write()
    second.connection.rollback()
    for desk in others:
        desk.connection.commit()
        desk.connection.close()
    first.write()
    first.connection.commit()
    assert faults() == []
