"""The page of a referral says who was told when: unit and step, never a name."""

import pytest
from django.urls import reverse

from stafette.accounts.models import User
from stafette.accounts.roles import Role
from stafette.referrals.duty import run_deadlines
from stafette.referrals.tests import scenes
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.test_deadline_run import FRIDAY, MONDAY, due


@pytest.fixture
def late(town):
    return due(scenes.sent(town), FRIDAY, escalate=MONDAY)


def page(client, actor, referral):
    client.force_login(
        User.objects.get(pk=actor.id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client.get(reverse("referrals:detail", args=[referral.pk])).content.decode()


def test_the_holding_unit_reads_who_was_told(town, late, client):
    head, boss = staff(town.outreach, Role.HEAD), staff(town.coordination, Role.COORDINATION)
    run_deadlines(MONDAY)
    text = page(client, town.worker, late)
    assert "Fristen und Erinnerungen" in text
    assert f"Leitung informiert ({town.outreach.name}), Frist 12.06.2026" in text
    assert f"Koordinationsstelle informiert ({town.coordination.name})" in text
    assert head.label not in text
    assert boss.label not in text


def test_without_notices_there_is_no_block(town, late, client):
    assert "Fristen und Erinnerungen" not in page(client, town.worker, late)


def test_the_head_of_the_unit_opens_what_the_mail_leads_to_and_finds_late_things_first(town, late, client):
    head = staff(town.outreach, Role.HEAD)
    assert late.number in page(client, head, late)
    text = client.get(reverse("referrals:list"), {"late": "1"}).content.decode()
    assert late.number in text
    assert client.get(reverse("referrals:my_day")).status_code == 403
    start = client.get("/", follow=True)
    assert start.status_code == 200
    assert start.redirect_chain[-1][0] == reverse("referrals:list")
