from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission as P
from stafette.kernel.scope import acting
from stafette.referrals.commands import decline_referral, prepare_referral, send_referral
from stafette.referrals.models import Referral
from stafette.referrals.tests.factories import make_town, staff
from stafette.steering.queries import pairs, small


@pytest.fixture
def town(db):
    town = make_town()
    route = town.route("overcrowding", town.housing, ["address", "count_at_address"])
    for number in range(6):
        finding = town.finding("overcrowding", state="open", person=town.mother if number % 2 else None)
        referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
        send_referral(actor=town.clerk, referral_id=referral.pk)
        if number < 2:
            decline_referral(actor=town.controller, referral_id=referral.pk, reason="no_capacity")
        finish(finding)
    return town


def finish(finding):
    from stafette.kernel.testing import as_owner
    from stafette.referrals.models import Finding

    with as_owner():
        Finding.objects.filter(pk=finding.pk).update(state="done")


def figures(actor):
    with acting(actor):
        return pairs(actor=actor, since=today() - timedelta(days=7), until=today())


def test_coordination_counts_without_seeing_a_row(town, actor_with):
    actor = actor_with(P.FIGURES_VIEW, unit=town.clearing)
    (pair,) = figures(actor)
    assert (pair.counts["sent"], pair.counts["declined"], pair.counts["no_capacity"]) == (6, 2, 2)
    assert (pair.shown("sent"), pair.shown("declined"), pair.shown("late")) == ("6", "<5", "0")
    assert pair.median == "–"
    with acting(actor):
        assert not Referral.objects.exists()


def test_figures_of_units_one_does_not_watch_are_not_counted(town, actor_with):
    assert figures(actor_with(P.FIGURES_VIEW, unit=UnitFactory())) == []
    assert figures(actor_with(P.REFERRAL_VIEW, unit=town.clearing)) == []


def test_small_numbers_are_protected():
    assert [small(count) for count in (0, 1, 4, 5, 17)] == ["0", "<5", "<5", "5", "17"]


def test_page_and_xlsx_of_the_coordination_office(town, client):
    from stafette.accounts.models import User

    actor = staff(town.coordination, Role.COORDINATION)
    client.force_login(
        User.objects.get(pk=actor.id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get(reverse("steering:index")).content.decode()
    assert "&lt;5" in page
    assert "Georgieva" not in page
    assert client.get(reverse("steering:index"), {"format": "xlsx"})["Content-Type"].endswith("sheet")
    broken = client.get(reverse("steering:index"), {"since": "2026-12-31", "until": "2026-01-01"})
    assert broken.status_code == 422


def test_figures_are_not_for_everybody(logged_in):
    assert logged_in(Role.CLERK, UnitFactory()).get(reverse("steering:index")).status_code == 403
