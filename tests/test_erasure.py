"""From the decision of a unit to the deletion: what a person rightly asked to have deleted is gone with the answer."""

import pytest
from django.db import transaction

from stafette.kernel.clock import today
from stafette.kernel.errors import RuleBroken
from stafette.kernel.testing import as_owner
from stafette.people.models import Household, Person
from stafette.people.tests.factories import PersonFactory
from stafette.referrals.tests.factories import make_town
from stafette.retention.commands import hold_up
from stafette.retention.models import Tombstone
from stafette.rights.commands import erase_by_request
from stafette.rights.models import SubjectRequest
from stafette.rights.tests.scenes import make_story


@pytest.fixture
def story(db, settings, tmp_path):
    settings.STAFETTE_TOMBSTONES = tmp_path / "tombstones.jsonl"
    return make_story(make_town())


def test_a_granted_erasure_deletes_at_once_and_leaves_the_request_as_proof(story):
    stranger = PersonFactory(unit=story.town.clearing)
    request = story.begun("erasure")
    erase_by_request(actor=story.clerk, request_id=request.pk, whole=True)
    with as_owner():
        assert not Household.objects.filter(pk=story.town.household.pk).exists()
        assert not Person.objects.filter(pk__in=[story.town.mother.pk, story.town.child.pk]).exists()
        assert Person.objects.filter(pk=stranger.pk).exists()
        proof = SubjectRequest.objects.get(pk=request.pk)
        assert (proof.person_id, proof.household_id, proof.answer) == (None, None, "erased")
        assert Tombstone.objects.filter(rule="Art. 17").count() == 3


def test_a_hold_stops_the_whole_decision(story):
    request = story.begun("erasure")
    hold_up(
        actor=story.clerk, kind="people.Household", object_id=story.town.household.pk, reason="claim",
        until_on=today().replace(year=today().year + 1),
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="aufgehalten"), transaction.atomic():
        erase_by_request(actor=story.clerk, request_id=request.pk, whole=True)
    with as_owner():
        assert Household.objects.filter(pk=story.town.household.pk).exists()
        assert SubjectRequest.objects.get(pk=request.pk).is_open
