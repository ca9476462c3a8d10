import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from stafette.accounts.middleware import ActorMiddleware
from stafette.accounts.models import Authority
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import ROLES, Role
from stafette.accounts.tests.factories import AuthorityFactory, MembershipFactory, UnitFactory, UserFactory
from stafette.audit.models import Event
from stafette.audit.record import record
from stafette.kernel.actor import NOBODY
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting, current


def ask(user, view):
    request = RequestFactory().get("/")
    request.user, request.htmx = user, HtmxDetails(request)
    return ActorMiddleware(view)(request)


@pytest.mark.parametrize(
    "status,written", [(200, True), (302, True), (400, False), (409, False), (500, False)]
)
def test_an_answer_that_is_an_error_writes_nothing(db, status, written):
    user = MembershipFactory().user

    def view(request):
        AuthorityFactory(code="spur")
        return HttpResponse(status=status)

    ask(user, view)
    assert Authority.objects.filter(code="spur").exists() is written


def test_the_request_sees_the_rows_of_its_units_and_nothing_afterwards(db):
    membership = MembershipFactory(role=Role.DATA_PROTECTION)
    actor = actor_for(membership.user)
    with acting(actor):
        record(actor, "unit.tested", membership.unit, unit=membership.unit_id)
    seen = []

    def view(request):
        seen.append((request.actor.label, Event.objects.count()))
        return HttpResponse()

    ask(membership.user, view)
    assert seen == [(membership.user.label, 1)]
    assert current() is NOBODY


def test_settings_of_one_actor_never_reach_the_next(db):
    first, second = MembershipFactory(role=Role.DATA_PROTECTION), MembershipFactory(role=Role.DATA_PROTECTION)
    actor = actor_for(first.user)
    with acting(actor):
        record(actor, "unit.tested", first.unit, unit=first.unit_id)
        with acting(actor_for(second.user)):
            assert Event.objects.count() == 0
        assert Event.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("select app_units('event_view')")
        assert cursor.fetchone()[0] == []


def test_an_error_inside_takes_the_scope_back(db):
    membership = MembershipFactory(role=Role.DATA_PROTECTION)
    with pytest.raises(ZeroDivisionError), acting(actor_for(membership.user)):
        1 / 0
    assert current() is NOBODY
    with connection.cursor() as cursor:
        cursor.execute("select app_units('event_view')")
        assert cursor.fetchone()[0] == []


def test_actor_for_takes_only_memberships_that_run_today(db):
    from datetime import date

    ended = MembershipFactory(ends_on=date(2021, 1, 1))
    assert actor_for(ended.user).grants == frozenset()
    later = MembershipFactory(user=ended.user, starts_on=date(2999, 1, 1))
    assert not actor_for(later.user).may(Permission.PERSON_VIEW)


def test_actor_for_an_inactive_account_may_nothing(db):
    membership = MembershipFactory(user=UserFactory(is_active=False))
    assert actor_for(membership.user).grants == frozenset()


def test_an_officer_reaches_the_units_of_the_authority_only(db):
    own, other = UnitFactory(), UnitFactory()
    sister = UnitFactory(authority=own.authority)
    actor = actor_for(MembershipFactory(unit=own, role=Role.DATA_PROTECTION).user)
    assert actor.units(Permission.EVENT_VIEW) == {own.pk, sister.pk}
    assert other.pk not in actor.units(Permission.EVENT_VIEW)
    assert ROLES[Role.DATA_PROTECTION].permissions.isdisjoint({Permission.PERSON_VIEW})
