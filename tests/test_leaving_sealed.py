"""Leaving asks about what was entrusted to the leaver alone; no rank hands it over, and nothing of it opens."""

import pytest
from django.test import Client
from django.urls import reverse

from stafette.accounts.commands import finish_leaving
from stafette.accounts.models import User
from stafette.accounts.queries import actor_for, home_unit
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.audit.models import Event
from stafette.casework.commands import name_deputy
from stafette.casework.queries import counts_of_units, own_notes, read_note
from stafette.casework.tests.scenes import MARKER, folder, scene
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner

__all__ = ["folder", "scene"]


@pytest.fixture
def head(scene):
    return actor_for(MembershipFactory(unit=scene.unit, role=Role.HEAD).user)


def leave(scene, head, **more):
    successors = {scene.unit.pk: [scene.colleague.pk]}
    return finish_leaving(actor=head, user_id=scene.author.pk, successors=successors, **more)


def test_nobody_leaves_with_what_only_they_can_open_unless_it_was_said(scene, head):
    scene.write()

    with pytest.raises(BadInput, match="niemand mehr öffnen"):
        leave(scene, head)

    assert User.objects.get(pk=scene.author.pk).left_on is None


def test_what_has_a_deputy_holds_nobody_up(scene, head):
    note = scene.write()
    name_deputy(actor=scene.writer, note_id=note.pk, deputy_id=scene.colleague.pk, consent_on=today())

    leave(scene, head)

    with acting(scene.other):
        assert read_note(actor=scene.other, note_id=note.pk).text.body == MARKER


def test_what_was_left_stays_shut_and_is_counted(scene, head):
    scene.write()

    leave(scene, head, leaves_sealed=True)

    gone = actor_for(User.objects.get(pk=scene.author.pk))
    for actor in (scene.other, head, gone):
        with acting(actor):
            assert not own_notes(actor=actor).exists()
    with acting(head):
        (found,) = counts_of_units(actor=head)
    assert found.unreachable == 1
    with as_owner():
        assert Event.objects.get(kind="account.left").details["sealed"] == 1


def test_a_deputy_who_is_the_last_reader_is_asked_as_well(scene, head):
    note = scene.write()
    name_deputy(actor=scene.writer, note_id=note.pk, deputy_id=scene.colleague.pk, consent_on=today())
    leave(scene, head)
    MembershipFactory(unit=scene.unit, role=Role.OUTREACH)

    with pytest.raises(BadInput, match="niemand mehr öffnen"):
        finish_leaving(actor=head, user_id=scene.colleague.pk, successors={})


def test_whoever_manages_accounts_is_asked_as_well_and_sees_a_number(scene):
    scene.write()
    technical = actor_for(MembershipFactory(unit=scene.unit, role=Role.TECHNICAL).user)
    technical = technical.with_grants((Permission.USER_ADMIN, home_unit()))

    with pytest.raises(BadInput, match="hält noch 1 Vermerke"):
        finish_leaving(
            actor=technical, user_id=scene.author.pk, successors={scene.unit.pk: [scene.colleague.pk]}
        )


def test_the_page_asks_with_a_number_and_no_word(scene, head):
    scene.write()
    MembershipFactory(unit=scene.unit, role=Role.OUTREACH)
    client = Client()
    client.force_login(
        User.objects.get(pk=head.id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    address = reverse("accounts:leave", args=[scene.author.pk])

    page = client.get(address).content.decode()
    assert "Verschlossene Vermerke ohne Vertretung: 1" in page and MARKER not in page
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"leaves_sealed": "on"}).status_code == 302
    assert User.objects.get(pk=scene.author.pk).left_on == today()
