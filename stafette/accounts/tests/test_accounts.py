"""Accounts, invitation, lock, second factor, leaving."""

from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command

from stafette.accounts import handover
from stafette.accounts.commands import (
    create_account,
    finish_leaving,
    invite_account,
    lock_account,
    reset_second_factor,
    unlock_account,
)
from stafette.accounts.models import Absence, User
from stafette.accounts.queries import actor_for, desks_to_clear
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import AbsenceFactory, MembershipFactory, UnitFactory, UserFactory
from stafette.accounts.tests.piles import only_pile
from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner


@pytest.fixture
def technical(db):
    return actor_for(MembershipFactory(unit=UnitFactory(kind="IT"), role=Role.TECHNICAL).user)


@pytest.fixture
def unit(db):
    return UnitFactory()


@pytest.fixture
def clerk(unit):
    return MembershipFactory(unit=unit).user


def events(kind):
    with as_owner():
        return list(Event.objects.filter(kind=kind))


def session_of(user):
    store = SessionStore()
    store["_auth_user_id"] = str(user.pk)
    store.save()
    return store.session_key


def test_create_account_makes_one_without_rights_and_password(technical):
    user = create_account(actor=technical, email="Neu@Stadt.example", label="Clearing 3")
    assert user.email == "neu@stadt.example"
    assert not user.has_usable_password()
    assert actor_for(user).grants == frozenset()
    assert events("account.created")[0].subject_id == user.pk
    with pytest.raises(RuleBroken):
        create_account(actor=technical, email="neu@stadt.example", label="noch einmal")


def test_a_head_may_not_create_accounts(unit):
    head = actor_for(MembershipFactory(unit=unit, role=Role.HEAD).user)
    with pytest.raises(NotAllowed):
        create_account(actor=head, email="a@b.example", label="A")
    assert not User.objects.filter(email="a@b.example").exists()


def test_the_invitation_opens_the_account_once(technical, client):
    user = create_account(actor=technical, email="neu@stadt.example", label="Clearing 3")
    invitation = invite_account(actor=technical, user_id=user.pk, base_url="http://testserver/")
    page = client.get(invitation.url, follow=True)
    form_url = page.redirect_chain[-1][0]
    password = "ein-langes-Passwort-2026"
    client.post(form_url, {"password1": password, "password2": password})
    user.refresh_from_db()
    assert user.check_password(password)
    assert not client.get(invitation.url, follow=True).redirect_chain
    with as_owner():
        assert invitation.url.rsplit("/", 2)[-2] not in str(
            list(Event.objects.values_list("details", flat=True))
        )


def test_the_mail_names_nobody(technical, django_capture_on_commit_callbacks):
    user = create_account(actor=technical, email="neu@stadt.example", label="Erika Muster")
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite_account(
            actor=technical, user_id=user.pk, base_url="https://stafette.example", by_mail=True
        )
    [message] = mail.outbox
    assert invitation.url in message.body
    assert "Muster" not in message.body + message.subject


def test_lock_ends_all_sessions_and_unlock_opens_again(technical, clerk):
    mine, other = session_of(clerk), session_of(UserFactory())
    lock_account(actor=technical, user_id=clerk.pk)
    clerk.refresh_from_db()
    assert not clerk.is_active
    assert set(Session.objects.values_list("pk", flat=True)) == {other}
    assert mine not in Session.objects.values_list("pk", flat=True)
    with pytest.raises(RuleBroken):
        lock_account(actor=technical, user_id=clerk.pk)
    unlock_account(actor=technical, user_id=clerk.pk)
    clerk.refresh_from_db()
    assert clerk.is_active
    assert [len(events(kind)) for kind in ("account.locked", "account.unlocked")] == [1, 1]


def test_the_last_administrator_cannot_be_locked(technical, unit):
    head = MembershipFactory(unit=unit, role=Role.HEAD).user
    with pytest.raises(RuleBroken, match="niemanden mehr"):
        lock_account(actor=technical, user_id=head.pk)


def test_locking_takes_the_right_and_a_second_person(technical, clerk, unit):
    head = actor_for(MembershipFactory(unit=unit, role=Role.HEAD).user)
    with pytest.raises(NotAllowed):
        lock_account(actor=head, user_id=clerk.pk)
    with pytest.raises(NotAllowed):
        lock_account(actor=technical, user_id=technical.id)


def test_reset_second_factor_takes_another_person_and_is_recorded(technical, clerk):
    Authenticator.objects.create(user=clerk, type=Authenticator.Type.TOTP, data={"secret": "x"})
    reset_second_factor(actor=technical, user_id=clerk.pk)
    assert not Authenticator.objects.filter(user=clerk).exists()
    assert events("account.factor_reset")[0].actor_id == technical.id
    with pytest.raises(RuleBroken):
        reset_second_factor(actor=technical, user_id=clerk.pk)
    with pytest.raises(NotAllowed):
        reset_second_factor(actor=technical, user_id=technical.id)


@pytest.fixture
def pile(monkeypatch, clerk, unit):
    return only_pile(monkeypatch, (clerk.pk, unit.pk), (clerk.pk, unit.pk), (uuid4(), unit.pk))


def test_leaving_moves_all_that_is_open_and_ends_the_access(technical, clerk, unit, pile):
    successor = MembershipFactory(unit=unit).user
    session_of(clerk)
    finish_leaving(actor=technical, user_id=clerk.pk, successors={unit.pk: [successor.pk]})
    clerk.refresh_from_db()
    assert (clerk.is_active, clerk.left_on, clerk.has_usable_password()) == (False, today(), False)
    assert clerk.memberships.get().ends_on == today()
    assert pile.held_by(successor.pk) == 2
    assert not Session.objects.exists()
    [event] = events("account.left")
    assert event.details["moved"] == {"papers": 2}
    assert event.unit_id == unit.pk


def test_a_second_click_moves_nothing_again(technical, clerk, unit, pile):
    successor = MembershipFactory(unit=unit).user
    finish_leaving(actor=technical, user_id=clerk.pk, successors={unit.pk: [successor.pk]})
    with pytest.raises(RuleBroken, match="schon verabschiedet"):
        finish_leaving(actor=technical, user_id=clerk.pk, successors={unit.pk: [successor.pk]})
    assert pile.moves == [2]
    assert len(events("account.left")) == 1


def test_without_a_fitting_successor_nothing_happens(technical, clerk, unit, pile):
    elsewhere = MembershipFactory().user
    head = MembershipFactory(unit=unit, role=Role.HEAD).user
    for successors in ({}, {unit.pk: [elsewhere.pk]}, {unit.pk: [head.pk]}, {unit.pk: [clerk.pk]}):
        with pytest.raises(BadInput):
            finish_leaving(actor=technical, user_id=clerk.pk, successors=successors)
    clerk.refresh_from_db()
    assert clerk.is_active
    assert pile.moves == []


def test_whoever_has_nothing_open_leaves_without_successor(technical, clerk, monkeypatch):
    only_pile(monkeypatch)
    finish_leaving(actor=technical, user_id=clerk.pk, successors={})
    assert not User.objects.get(pk=clerk.pk).is_active


def test_the_last_administrator_cannot_leave(technical, unit):
    head = MembershipFactory(unit=unit, role=Role.HEAD).user
    with pytest.raises(RuleBroken, match="niemanden mehr"):
        finish_leaving(actor=technical, user_id=head.pk, successors={})


def test_the_head_of_all_units_of_the_person_may_do_it_and_another_head_not(clerk, unit, pile):
    successor = MembershipFactory(unit=unit).user
    stranger = actor_for(MembershipFactory(role=Role.HEAD).user)
    own = actor_for(MembershipFactory(unit=unit, role=Role.HEAD).user)
    with pytest.raises(NotAllowed):
        finish_leaving(actor=stranger, user_id=clerk.pk, successors={unit.pk: [successor.pk]})
    finish_leaving(actor=own, user_id=clerk.pk, successors={unit.pk: [successor.pk]})


def test_a_deputy_who_leaves_is_replaced_by_the_successor(technical, clerk, unit, pile):
    successor, away = MembershipFactory(unit=unit).user, MembershipFactory(unit=unit).user
    absence = AbsenceFactory(user=away, deputy=clerk)
    lonely = AbsenceFactory(user=UserFactory(), deputy=clerk, starts_on=today())
    finish_leaving(actor=technical, user_id=clerk.pk, successors={unit.pk: [successor.pk]})
    absence.refresh_from_db()
    assert absence.deputy_id == successor.pk
    assert not Absence.objects.filter(pk=lonely.pk).exists()


def test_the_preview_counts_without_rights_to_the_records(technical, clerk, unit, pile):
    successor = MembershipFactory(unit=unit).user
    [desk] = desks_to_clear(actor=technical, user_id=clerk.pk)
    assert [(one.things.label, one.count) for one in desk.piles] == [("Papiere", 2)]
    assert desk.successors == [(successor.pk, successor.label)]


def test_a_failing_move_leaves_everything_as_it_was(technical, clerk, unit, pile, monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr(pile, "give", broken)
    handover.register(pile.as_open_things())
    successor = MembershipFactory(unit=unit).user
    with pytest.raises(RuntimeError):
        finish_leaving(actor=technical, user_id=clerk.pk, successors={unit.pk: [successor.pk]})
    assert User.objects.get(pk=clerk.pk).is_active
    assert clerk.memberships.get().ends_on is None


def test_create_admin_prints_an_invitation_for_a_technical_account(db, capsys):
    with pytest.raises(CommandError, match="Blaupause"):
        call_command("accounts", "create-admin", "--email", "t@stadt.example")
    UnitFactory(kind="IT")
    call_command(
        "accounts", "create-admin", "--email", "t@stadt.example", "--base-url", "https://stafette.example"
    )
    said = capsys.readouterr().out
    assert "https://stafette.example/konto/password/reset/key/" in said
    assert actor_for(User.objects.get(email="t@stadt.example")).may(Permission.USER_ADMIN)
