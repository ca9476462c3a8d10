"""No mail names a client: a referral goes its whole way, and no word about the family is found in what goes out."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from stafette.kernel.clock import now, travel
from stafette.kernel.testing import as_owner
from stafette.outbox.delivery import sweep
from stafette.outbox.models import Message, Note
from stafette.outbox.packing import pack
from stafette.people.models import Person
from stafette.referrals.commands import decline_referral, prepare_referral, send_referral
from stafette.referrals.tests.factories import make_town

SENTINEL = "Zwetschgenknödelberger"


@pytest.fixture
def town(db):
    found = make_town()
    with as_owner():
        Person.objects.update(family_name=SENTINEL, given_names=SENTINEL)
    return found


def handed_over(town):
    route = town.route("child_without_school_place", town.school, ["core", "address", "language"])
    finding = town.finding("child_without_school_place", person=town.child, reason=SENTINEL)
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    return send_referral(actor=town.clerk, referral_id=referral.pk)


def test_referral_on_its_way_puts_no_name_into_any_mail_or_job(town):
    first = handed_over(town)
    decline_referral(actor=town.teacher, referral_id=first.pk, reason="no_capacity")

    pack()
    with travel(now() + timedelta(minutes=2)):
        sent = sweep()

    with as_owner():
        stored = list(
            Message.objects.values_list("subject", "body", "address", "key", "reference", "failure")
        )
        notes = list(Note.objects.values_list("kind", "reference", "path", "key"))
    assert sent == len(mail.outbox) == len(stored) == len(notes) == 2
    assert {kind for kind, *_ in notes} == {"referral_arrived", "referral_declined"}
    assert first.number in mail.outbox[0].body
    wire = "".join(one.message().as_string() + one.body for one in mail.outbox)
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(string_agg(args::text, ''), '') from procrastinate_jobs")
        (jobs,) = cursor.fetchone()
    for text in (wire, json.dumps(stored), json.dumps(notes), jobs):
        assert SENTINEL not in text and json.dumps(SENTINEL).strip('"') not in text
