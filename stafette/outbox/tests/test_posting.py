"""Putting a mail into the outbox: with the step or not at all, and once only."""

import pytest
from django.db import IntegrityError, connection, transaction

from stafette.accounts.queries import watch_actor
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.actor import NOBODY
from stafette.kernel.scope import acting
from stafette.outbox.models import Message
from stafette.outbox.posting import link, post

pytestmark = pytest.mark.django_db


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs where status = 'todo'")
        return cursor.fetchall()


def send(unit, key="anlass-1", **values):
    words = {"kind": "partner_request", "reference": "2026-000001", "subject": "Stafette: 2026-000001"}
    return post(
        NOBODY, unit_id=unit.pk, address="schule@musterstadt.example", body="Nummer und Link.\n", key=key,
        **{**words, **values},
    )  # fmt: skip


def test_mail_is_queued_with_its_job():
    message = send(UnitFactory())

    assert message.state == Message.State.QUEUED and message.message_id.startswith("<")
    assert [name for name, _ in jobs()] == ["stafette.outbox.tasks.deliver"]


def test_same_occasion_is_written_once():
    unit = UnitFactory()

    first, second = send(unit), send(unit, subject="anders")

    assert first.pk == second.pk and second.subject == "Stafette: 2026-000001"
    assert len(jobs()) == 1


def test_step_that_fails_leaves_no_mail_and_no_job():
    unit = UnitFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        send(unit)
        raise IntegrityError

    with acting(watch_actor()):
        assert Message.objects.count() == 0
    assert jobs() == []


def test_subject_stays_on_one_line():
    assert send(UnitFactory(), subject="Stafette: 1\nBcc: alle@example.org").subject.count("\n") == 0


def test_link_is_absolute(settings):
    settings.STAFETTE_URL = "https://stafette.stadt.example"

    assert link("/post/") == "https://stafette.stadt.example/post/"
