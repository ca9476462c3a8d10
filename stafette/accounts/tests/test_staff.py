"""Memberships, absences, and the last administrator."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connections

from stafette.accounts.commands import add_membership, cancel_absence, end_membership, record_absence
from stafette.accounts.models import Absence, Membership, UnitKind, User
from stafette.accounts.queries import actor_for, desks_of, team_of
from stafette.accounts.roles import Role
from stafette.accounts.staffing import ADMINISTERING, roles_in
from stafette.accounts.tests.factories import AbsenceFactory, MembershipFactory, UnitFactory, UserFactory
from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner


@pytest.fixture
def unit(db):
    return UnitFactory()


@pytest.fixture
def head(unit):
    return MembershipFactory(unit=unit, role=Role.HEAD)


def events(kind):
    with as_owner():
        return list(Event.objects.filter(kind=kind))


def add(actor, unit, user, **changes):
    values = {"role": Role.CLERK, "starts_on": today(), "ends_on": None} | changes
    return add_membership(actor=actor, unit_id=unit.pk, email=user.email, **values)


def test_a_head_adds_a_colleague_and_it_is_recorded(unit, head):
    colleague = UserFactory()
    membership = add(actor_for(head.user), unit, colleague)
    assert actor_for(colleague).may(Permission.PERSON_VIEW, unit=unit.pk)
    [event] = events("membership.added")
    assert (event.unit_id, event.details["role"], event.details["user"]) == (
        unit.pk,
        "clerk",
        str(colleague.pk),
    )
    assert event.subject_id == membership.pk


def test_another_units_head_may_not_add(unit, head):
    other = MembershipFactory(role=Role.HEAD)
    with pytest.raises(NotAllowed):
        add(actor_for(other.user), unit, UserFactory())
    assert Membership.objects.filter(unit=unit).count() == 1


def test_nobody_appoints_oneself(unit, head):
    with pytest.raises(NotAllowed, match="eigene Konto"):
        add(actor_for(head.user), unit, head.user)


def test_a_unit_gives_out_only_roles_of_its_task(unit, head):
    for role in (Role.TECHNICAL, Role.COORDINATION, Role.CONTROLLER):
        with pytest.raises(BadInput):
            add(actor_for(head.user), unit, UserFactory(), role=role)


def test_every_kind_of_unit_can_be_administered():
    for kind in UnitKind:
        assert set(ADMINISTERING) <= set(roles_in(UnitFactory.build(kind=kind, authority=None)))


def test_technical_administration_appoints_administrators_but_no_case_work(unit):
    technical = MembershipFactory(unit=UnitFactory(kind="IT"), role=Role.TECHNICAL)
    actor = actor_for(technical.user)
    add(actor, unit, UserFactory(), role=Role.HEAD)
    with pytest.raises(NotAllowed):
        add(actor, unit, UserFactory(), role=Role.CLERK)


def test_the_same_role_twice_at_a_time_is_refused(unit, head):
    colleague = MembershipFactory(unit=unit, ends_on=today() + timedelta(days=10)).user
    with pytest.raises(RuleBroken, match="schon"):
        add(actor_for(head.user), unit, colleague)
    add(actor_for(head.user), unit, colleague, starts_on=today() + timedelta(days=11))


def test_an_unknown_or_locked_account_cannot_be_added(unit, head):
    locked = UserFactory(is_active=False)
    with pytest.raises(BadInput, match="kein aktives Konto"):
        add(actor_for(head.user), unit, locked)


def test_the_last_day_must_not_lie_before_the_first(unit, head):
    with pytest.raises(BadInput):
        add(actor_for(head.user), unit, UserFactory(), ends_on=today() - timedelta(days=1))


def test_ending_sets_the_last_day_and_the_rights_end_after_it(unit, head):
    clerk = MembershipFactory(unit=unit)
    end_membership(actor=actor_for(head.user), membership_id=clerk.pk, ends_on=today())
    clerk.refresh_from_db()
    assert clerk.ends_on == today()
    assert events("membership.ended")[0].details["ends_on"] == today().isoformat()
    tomorrow = today() + timedelta(days=1)
    assert not team_of(unit.pk).ended
    assert Membership.objects.filter(pk=clerk.pk, ends_on__gte=tomorrow).count() == 0


def test_a_membership_to_come_can_be_called_off(unit, head):
    coming = MembershipFactory(unit=unit, starts_on=today() + timedelta(days=5))
    end_membership(actor=actor_for(head.user), membership_id=coming.pk, ends_on=today())
    assert not Membership.objects.filter(pk=coming.pk).exists()
    assert events("membership.cancelled")


def test_another_units_head_may_not_end(unit, head):
    clerk = MembershipFactory(unit=unit)
    other = MembershipFactory(role=Role.HEAD)
    with pytest.raises(NotAllowed):
        end_membership(actor=actor_for(other.user), membership_id=clerk.pk, ends_on=today())


def test_the_last_administrator_stays(unit, head):
    with pytest.raises(RuleBroken, match="niemanden mehr"):
        end_membership(actor=actor_for(head.user), membership_id=head.pk, ends_on=today())
    head.refresh_from_db()
    assert head.ends_on is None
    assert not events("membership.ended")


def test_with_a_second_administrator_the_first_may_end(unit, head):
    MembershipFactory(unit=unit, role=Role.UNIT_ADMIN)
    end_membership(actor=actor_for(head.user), membership_id=head.pk, ends_on=today())


@pytest.mark.parametrize("changes", [{"ends_on": date(2100, 1, 1)}, {"user__is_active": False}])
def test_an_administrator_who_ends_earlier_or_is_locked_does_not_count(unit, head, changes):
    MembershipFactory(unit=unit, role=Role.UNIT_ADMIN, **changes)
    with pytest.raises(RuleBroken):
        end_membership(actor=actor_for(head.user), membership_id=head.pk, ends_on=date(2100, 1, 2))


def test_two_administrators_cannot_both_be_removed_at_the_same_moment(
    django_db_setup, django_db_blocker, monkeypatch
):
    """Two real connections; the log is left out, because its rows would stay for other tests."""
    monkeypatch.setattr("stafette.accounts.commands.staff.record", lambda *args, **kwargs: None)
    with django_db_blocker.unblock():
        unit = UnitFactory()
        pair = [MembershipFactory(unit=unit, role=Role.HEAD) for _ in range(2)]
        try:
            assert sorted(ended_at_once(pair)) == ["ended", "refused"]
            assert Membership.objects.filter(unit=unit, ends_on=None).count() == 1
        finally:
            with as_owner():
                Membership.objects.filter(unit=unit).delete()
                User.objects.filter(pk__in=[one.user_id for one in pair]).delete()
                unit.delete()
                unit.authority.delete()
            connections.close_all()


def ended_at_once(pair):
    start, outcomes = threading.Barrier(2), []

    def end(own, other):
        try:
            actor = actor_for(own.user)
            start.wait(5)
            end_membership(actor=actor, membership_id=other.pk, ends_on=today())
            outcomes.append("ended")
        except RuleBroken:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=end, args=order) for order in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return outcomes


def test_a_deputy_sees_the_desk_while_someone_is_away(unit):
    away, deputy = MembershipFactory(unit=unit).user, MembershipFactory(unit=unit).user
    absence = record_absence(
        actor=actor_for(away), user_id=away.pk, deputy_id=deputy.pk, starts_on=today(), ends_on=today()
    )
    assert desks_of(actor_for(deputy)) == {away.pk, deputy.pk}
    [event] = events("absence.recorded")
    assert event.subject_id == absence.pk
    assert "reason" not in event.details


def test_the_head_records_an_absence_for_the_staff_and_another_head_does_not(unit, head):
    away, deputy = MembershipFactory(unit=unit).user, MembershipFactory(unit=unit).user
    dates = {"starts_on": today(), "ends_on": today()}
    stranger = MembershipFactory(role=Role.HEAD).user
    with pytest.raises(NotAllowed):
        record_absence(actor=actor_for(stranger), user_id=away.pk, deputy_id=deputy.pk, **dates)
    record_absence(actor=actor_for(head.user), user_id=away.pk, deputy_id=deputy.pk, **dates)
    assert Absence.objects.count() == 1


def test_the_deputy_must_be_able_to_do_the_same(unit, head):
    away = MembershipFactory(unit=unit).user
    elsewhere = MembershipFactory().user
    short = MembershipFactory(unit=unit, ends_on=today()).user
    absent = MembershipFactory(unit=unit).user
    AbsenceFactory(user=absent, deputy=away)
    until = today() + timedelta(days=7)
    for deputy in (elsewhere, head.user, short, absent, away, UserFactory(is_active=False)):
        with pytest.raises(BadInput, match="Vertretung"):
            record_absence(
                actor=actor_for(away), user_id=away.pk, deputy_id=deputy.pk, starts_on=today(), ends_on=until
            )


def test_absences_do_not_overlap(unit):
    away, deputy = MembershipFactory(unit=unit).user, MembershipFactory(unit=unit).user
    AbsenceFactory(user=away, deputy=deputy, starts_on=today(), ends_on=today())
    with pytest.raises(RuleBroken):
        record_absence(
            actor=actor_for(away), user_id=away.pk, deputy_id=deputy.pk, starts_on=today(), ends_on=today()
        )


def test_back_early_ends_the_deputyship(unit):
    away, deputy = MembershipFactory(unit=unit).user, MembershipFactory(unit=unit).user
    absence = AbsenceFactory(user=away, deputy=deputy, ends_on=today() + timedelta(days=3))
    cancel_absence(actor=actor_for(away), absence_id=absence.pk)
    assert desks_of(actor_for(deputy)) == {deputy.pk}
    with pytest.raises(RuleBroken):
        cancel_absence(actor=actor_for(away), absence_id=absence.pk)


def test_a_colleague_may_not_cancel_someone_elses_absence(unit):
    away, deputy = MembershipFactory(unit=unit).user, MembershipFactory(unit=unit).user
    absence = AbsenceFactory(user=away, deputy=deputy)
    with pytest.raises(NotAllowed):
        cancel_absence(actor=actor_for(deputy), absence_id=absence.pk)
