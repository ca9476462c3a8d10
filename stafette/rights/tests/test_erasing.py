"""What the preview of an erasure promises is what the deletion does."""

import pytest
from django.utils.translation import override

from stafette.kernel.rows import protected_models, visible
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.partners.commands import prepare_request, withdraw_request
from stafette.partners.tests.scenes import PartnerFactory
from stafette.people.models import HouseholdMember
from stafette.people.tests.factories import HouseholdMemberFactory, PersonFactory
from stafette.referrals.commands import drop_follow_up
from stafette.referrals.models import FollowUp
from stafette.referrals.tests import scenes
from stafette.rights.commands import erase_by_request
from stafette.rights.erasing import preview
from stafette.rights.labels import labels

KEPT_EMPTY = "rights.RequestContent"  # its words go, the row stays


@pytest.fixture
def helped(story, settings, tmp_path):
    """A family with a referral that ended, a question to a partner and a follow-up, all closed."""
    settings.STAFETTE_TOMBSTONES = tmp_path / "tombstones.jsonl"
    settings.STAFETTE_TOMBSTONE_SECRET = "only for tests"
    town = story.town
    scenes.done(town)
    asked = prepare_request(
        actor=town.clerk, household_id=town.household.pk, partner_id=PartnerFactory(keeper=town.clearing).pk,
        question="attends", person_id=town.mother.pk,
    )  # fmt: skip
    withdraw_request(actor=town.clerk, request_id=asked.pk)
    with as_owner():
        ours = list(FollowUp.objects.filter(is_open=True, unit=town.clearing).values_list("pk", flat=True))
    for follow_up in ours:
        drop_follow_up(actor=town.clerk, follow_up_id=follow_up, drop_reason="no_consent")
    return story


def counted(story):
    """How many rows of each kind the clerk sees; what the receiver notes beside a referral is not shown here."""
    with acting(story.clerk):
        return {
            model._meta.label: visible(model, story.clerk).count()
            for model in protected_models()
            if model._meta.label in labels() and model._meta.label != KEPT_EMPTY
        }


def promised(story, request, *, whole):
    with acting(story.clerk), override("de"):
        found = type(request).objects.select_related("household", "person").get(pk=request.pk)
        return preview(actor=story.clerk, request=found, whole=whole)


def sums(counts):
    """By the word that the page shows; kinds may share one."""
    found = {}
    for label, number in counts.items():
        if number:
            found[labels()[label].title] = found.get(labels()[label].title, 0) + number
    return found


def lines(found):
    words = {}
    for line in found:
        if line.title != labels()[KEPT_EMPTY].title:
            words[line.title] = words.get(line.title, 0) + line.count
    return words


@pytest.mark.parametrize("home", ["single", "whole", "alone", "moved_out"])
def test_what_is_promised_is_what_goes(helped, home):
    town = helped.town
    if home == "alone":
        with as_owner():
            HouseholdMember.objects.filter(person=town.child).delete()
    if home == "moved_out":  # somebody lived here before: the file is theirs too
        with as_owner():
            HouseholdMember.objects.filter(person=town.child).delete()
        gone = PersonFactory(unit=town.clearing)
        HouseholdMemberFactory(
            household=town.household, person=gone, from_on="2025-01-01", until_on="2025-06-01"
        )
    request = helped.begun("erasure", wish="Alles weg")
    found = promised(helped, request, whole=home == "whole")
    before = counted(helped)
    erase_by_request(actor=helped.clerk, request_id=request.pk, whole=home == "whole")
    after = counted(helped)
    went = sums({label: number - after[label] for label, number in before.items()})
    assert lines(found.going) == went
    for title in lines(found.staying):
        assert sums(after).get(title), title


@pytest.mark.parametrize("whole", [False, True])
def test_what_was_handed_over_goes_with_whom_it_names(helped, whole):
    request = helped.begun("erasure")
    found = promised(helped, request, whole=whole)
    going, staying = lines(found.going), lines(found.staying)
    for label in ("referrals.Referral", "referrals.Envelope", "partners.PartnerRequest"):
        assert going[labels()[label].title] == 1
        assert labels()[label].title not in staying
