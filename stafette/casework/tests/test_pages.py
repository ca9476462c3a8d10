"""Pages ask for what the commands need, and say in German what is missing."""

import pytest
from django.test import Client
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.casework.models import SealedNote
from stafette.casework.tests.scenes import MARKER, make_scene
from stafette.kernel.testing import as_owner

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def pages(scene):
    client = Client()
    client.force_login(scene.author, backend=BACKEND)
    return client


def deputy_of(note):
    with as_owner():
        return SealedNote.objects.get(pk=note.pk).deputy_id


def test_a_deputy_for_several_notes_takes_the_day_of_consent(pages, scene):
    first, second = scene.write(), scene.write(ground="secret")
    address = reverse("casework:deputies")
    sent = {"deputy_id": scene.colleague.pk, "notes": [first.pk, second.pk]}

    assert scene.household.label in pages.get(address).content.decode()
    refused = pages.post(address, sent)
    assert refused.status_code == 422 and "eingewilligt haben" in refused.content.decode()
    assert pages.post(address, sent | {"consent_on": "1.1.2026"}).status_code == 302

    assert deputy_of(first) == deputy_of(second) == scene.colleague.pk


def test_only_own_notes_can_be_chosen(pages, scene):
    theirs = scene.write(actor=scene.other)

    answer = pages.post(
        reverse("casework:deputies"),
        {"deputy_id": scene.colleague.pk, "notes": [theirs.pk], "consent_on": "1.1.2026"},
    )

    assert answer.status_code == 422 and deputy_of(theirs) is None


def test_without_a_key_the_page_says_who_makes_one(db, folder):
    scene = make_scene(with_key=False)
    client = Client()
    client.force_login(scene.author, backend=BACKEND)

    answer = client.get(reverse("casework:write", args=[scene.household.pk]))

    assert answer.status_code == 409
    assert "technische Administration" in answer.content.decode()


def test_with_a_lost_key_the_page_says_what_to_do(pages, scene, folder):
    note = scene.write()
    for file in folder.glob("*.key"):
        file.unlink()

    answer = pages.get(reverse("casework:note", args=[note.pk]))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Der Schlüssel der Stelle ist nicht da" in page and "Traceback" not in page and MARKER not in page


def test_the_page_of_keys_makes_changes_and_goes_on(scene):
    client = Client()
    technical = MembershipFactory(unit=scene.unit, role=Role.TECHNICAL).user
    client.force_login(technical, backend=BACKEND)
    code = scene.unit.code

    assert client.post(reverse("casework:create_key", args=[code])).status_code == 409
    assert client.post(reverse("casework:rotate_key", args=[code])).status_code == 302
    assert client.post(reverse("casework:go_on", args=[code])).status_code == 302
    assert "wird abgelöst" in client.get(reverse("casework:keys")).content.decode()


@pytest.mark.parametrize(
    ("role", "counts", "deputies"),
    [
        (Role.HEAD, 200, 403),
        (Role.UNIT_ADMIN, 200, 403),
        (Role.DATA_PROTECTION, 200, 403),
        (Role.TECHNICAL, 403, 403),
        (Role.OUTREACH, 403, 200),
        (Role.SCHOOL, 403, 403),
    ],
)
def test_who_sees_numbers_and_who_names_deputies(scene, role, counts, deputies):
    scene.write()
    client = Client()
    client.force_login(MembershipFactory(unit=scene.unit, role=role).user, backend=BACKEND)

    answer = client.get(reverse("casework:counts"))
    assert answer.status_code == counts
    assert client.get(reverse("casework:deputies")).status_code == deputies
    if counts == 200:
        page = answer.content.decode()
        assert scene.unit.name in page
        assert scene.household.label not in page and scene.author.label not in page


def test_the_officers_desk_tells_the_figure_and_leads_to_the_numbers(scene):
    scene.write()
    scene.write()
    client = Client()
    officer = MembershipFactory(unit=scene.unit, role=Role.DATA_PROTECTION).user
    client.force_login(officer, backend=BACKEND)

    page = client.get(reverse("oversight:desk")).content.decode()
    assert "Verschlossen: 2 · davon für niemanden mehr lesbar: 0" in page
    assert reverse("casework:counts") in page
    assert scene.household.label not in page and scene.author.label not in page
