import pytest

from stafette.audit.models import Event
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.access import households_visible_to
from stafette.people.models import ClosedFile, Household, HouseholdMember, Person
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.referrals.commands import plan_own_follow_up, prepare_referral, send_referral
from stafette.referrals.models import FollowUp, Referral
from stafette.referrals.objecting import refuse_against_objection
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.scenes import sent
from stafette.rights import queries
from stafette.rights.commands import (
    end_objection,
    erase_by_request,
    restrict_by_request,
    restrict_instead_of_erasing,
    stop_by_request,
)
from stafette.rights.erasing import is_minor, preview
from stafette.rights.models import Objection
from stafette.rights.tests.scenes import accepted_referral, again, content_of, days_ago


def closed():
    with as_owner():
        return ClosedFile.objects.get()


def sees(actor, household):
    with acting(actor):
        return households_visible_to(actor).filter(pk=household.pk).exists()


def test_a_restricted_file_exists_for_who_is_named_only(story):
    request, colleague = story.begun("restriction"), staff(story.town.clearing)
    restrict_by_request(actor=story.clerk, request_id=request.pk, ground="claim")
    assert (closed().kind, closed().reason) == ("restricted", "claim")
    assert again(request).answer == "restricted"
    assert sees(story.clerk, story.town.household)
    assert not sees(colleague, story.town.household)


def test_a_restriction_needs_its_ground(story):
    request = story.begun("restriction")
    with pytest.raises(BadInput):
        restrict_by_request(actor=story.clerk, request_id=request.pk, ground="staff")
    assert again(request).is_open


def test_an_objection_withdraws_what_rests_on_the_task_and_ends_follow_ups(story):
    town = story.town
    route = town.route("child_without_school_place", town.school, ["core", "address", "language"])
    finding = town.finding("child_without_school_place", person=town.child)
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    send_referral(actor=town.clerk, referral_id=referral.pk)
    plan_own_follow_up(actor=town.clerk, household_id=town.household.pk, next_on=days_ago(-5))
    request = story.begun("objection")
    stop_by_request(actor=story.clerk, request_id=request.pk)
    with as_owner():
        assert Referral.objects.get(pk=referral.pk).state == "withdrawn"
        assert FollowUp.objects.get().drop_reason == "no_consent"
        event = Event.objects.get(kind="request.objection_granted")
    assert (event.details["withdrawn"], event.details["dropped"]) == (1, 1)
    with acting(story.clerk):
        assert queries.open_objection(actor=story.clerk, household_id=town.household.pk) is not None


def objected(story):
    request = story.begun("objection")
    stop_by_request(actor=story.clerk, request_id=request.pk)
    with as_owner():
        return Objection.objects.get()


def by_statute(town, finding=None, route=None):
    route = route or town.route("child_without_school_place", town.school, ["core", "address", "language"])
    finding = finding or town.finding("child_without_school_place", person=town.child)
    return prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)


def test_nothing_new_is_begun_on_the_task_until_the_objection_is_taken_back(story):
    objection, town = objected(story), story.town
    route = town.route("child_without_school_place", town.school, ["core", "address", "language"])
    finding = town.finding("child_without_school_place", person=town.child)
    with pytest.raises(RuleBroken, match="Widerspruch"):
        by_statute(town, finding, route)
    with as_owner():
        assert not Referral.objects.exists()
    end_objection(actor=story.clerk, objection_id=objection.pk)
    assert by_statute(town, finding, route).state == "checked"


def test_what_was_prepared_before_is_not_sent_against_an_objection(story):
    referral = by_statute(story.town)
    with as_owner():
        Objection.objects.create(
            unit=story.town.clearing, household=story.town.household, since_on=days_ago(1)
        )
    with pytest.raises(RuleBroken, match="Widerspruch"):
        send_referral(actor=story.clerk, referral_id=referral.pk)
    with as_owner():
        assert Referral.objects.get(pk=referral.pk).sent_at is None


def test_what_the_family_agrees_to_goes_on_in_spite_of_an_objection(story):
    objected(story)
    referral = sent(story.town)
    assert (referral.mode, referral.state) == ("consent", "sent")


def test_an_objection_to_another_unit_or_for_another_household_stops_nothing(story):
    with as_owner():
        Objection.objects.create(
            unit=story.town.clearing,
            household=HouseholdFactory(unit=story.town.clearing),
            since_on=days_ago(1),
        )
        Objection.objects.create(
            unit=story.town.outreach, household=story.town.household, since_on=days_ago(1)
        )
    assert by_statute(story.town).state == "checked"


def test_what_the_law_prescribes_or_the_family_agrees_to_is_untouched(story):
    objected(story)
    with acting(story.clerk):
        for mode in ("statute", "request"):
            with pytest.raises(RuleBroken, match="Widerspruch"):
                refuse_against_objection(story.clerk, household_id=story.town.household.pk, mode=mode)
        for mode in ("consent", "duty"):
            refuse_against_objection(story.clerk, household_id=story.town.household.pk, mode=mode)


def test_an_objection_is_taken_back_once(story):
    request = story.begun("objection")
    stop_by_request(actor=story.clerk, request_id=request.pk)
    with as_owner():
        objection = Objection.objects.get()
    end_objection(actor=story.clerk, objection_id=objection.pk)
    with pytest.raises(RuleBroken):
        end_objection(actor=story.clerk, objection_id=objection.pk)


def looked_at(story, request, *, whole):
    with acting(story.clerk):
        found = type(request).objects.select_related("household", "person").get(pk=request.pk)
        return preview(actor=story.clerk, request=found, whole=whole)


def test_the_preview_says_what_goes_with_the_person_and_what_with_the_household(story):
    request = story.begun("erasure")
    single = {line.title: line.count for line in looked_at(story, request, whole=False).going}
    whole = {line.title: line.count for line in looked_at(story, request, whole=True).going}
    assert single["Angaben zur Person"] == 1
    assert "Haushalt" not in single
    assert (whole["Angaben zur Person"], whole["Haushalt"]) == (2, 1)


def test_what_stays_as_proof_says_until_when(story):
    request = story.begun("erasure")
    stays = {line.title: line.period for line in looked_at(story, request, whole=True).staying}
    assert stays["Antrag zu den eigenen Daten"].startswith("L13")


def test_an_erasure_is_reported_to_the_room_that_deletes(story):
    request = story.begun("erasure", wish="Alles weg", asker="")
    erase_by_request(actor=story.clerk, request_id=request.pk)
    with as_owner():
        event = Event.objects.get(kind="request.erasure_granted")
    assert event.details["persons"] == [str(story.town.mother.pk)]
    assert event.details["household"] is None
    assert again(request).answer == "erased"
    assert (content_of(request).wish, content_of(request).asker) == ("", "")


def test_what_is_granted_is_gone_with_the_last_of_the_household(story):
    with as_owner():
        HouseholdMember.objects.filter(person=story.town.child).delete()
    request = story.begun("erasure")
    erase_by_request(actor=story.clerk, request_id=request.pk)
    with as_owner():
        assert not Person.objects.filter(pk=story.town.mother.pk).exists()
        assert not Household.objects.filter(pk=story.town.household.pk).exists()
    assert (again(request).person_id, again(request).household_id, again(request).answer) == (
        None,
        None,
        "erased",
    )


def test_only_the_person_goes_where_others_stay(story):
    request = story.begun("erasure")
    erase_by_request(actor=story.clerk, request_id=request.pk)
    with as_owner():
        assert not Person.objects.filter(pk=story.town.mother.pk).exists()
        assert Person.objects.filter(pk=story.town.child.pk).exists()


def test_the_whole_household_goes_only_when_every_adult_agreed(story):
    partner = PersonFactory(unit=story.town.clearing, birth_year=1984)
    HouseholdMemberFactory(household=story.town.household, person=partner, relation="partner")
    request = story.begun("erasure")
    with pytest.raises(BadInput, match="alle Erwachsenen"):
        erase_by_request(actor=story.clerk, request_id=request.pk, whole=True)
    assert again(request).is_open
    erase_by_request(actor=story.clerk, request_id=request.pk, whole=True, agreed=[partner.pk])
    with as_owner():
        event = Event.objects.get(kind="request.erasure_granted")
    assert event.details["household"] == str(story.town.household.pk)


def test_whoever_left_and_would_go_with_the_file_is_asked_as_well(story):
    left = PersonFactory(unit=story.town.clearing, birth_year=1984)
    HouseholdMemberFactory(
        household=story.town.household, person=left, from_on=days_ago(90), until_on=days_ago(30)
    )
    request = story.begun("erasure")
    with pytest.raises(BadInput, match="alle Erwachsenen"):
        erase_by_request(actor=story.clerk, request_id=request.pk, whole=True)
    HouseholdMemberFactory(household=HouseholdFactory(unit=story.town.clearing), person=left)
    erase_by_request(actor=story.clerk, request_id=request.pk, whole=True)
    with as_owner():
        assert Person.objects.filter(pk=left.pk).exists()
        assert not Household.objects.filter(pk=story.town.household.pk).exists()


def test_nothing_is_erased_while_another_unit_works_on_it(story):
    accepted_referral(story)
    request = story.begun("erasure")
    with pytest.raises(RuleBroken, match="Noch offen"):
        erase_by_request(actor=story.clerk, request_id=request.pk, whole=True)


def test_a_duty_to_keep_restricts_instead(story):
    request = story.begun("erasure")
    restrict_instead_of_erasing(actor=story.clerk, request_id=request.pk, reason="retention_duty")
    assert (again(request).answer, again(request).reason) == ("kept_restricted", "retention_duty")
    assert closed().reason == "retention"


def test_keeping_needs_a_reason_of_the_law(story):
    request = story.begun("erasure")
    with pytest.raises(BadInput):
        restrict_instead_of_erasing(actor=story.clerk, request_id=request.pk, reason="public_task")


@pytest.mark.parametrize("step", [stop_by_request, erase_by_request])
def test_each_step_belongs_to_its_kind(story, step):
    request = story.begun("access")
    with pytest.raises(RuleBroken):
        step(actor=story.clerk, request_id=request.pk)


@pytest.mark.parametrize(
    ("birth", "minor"),
    [((2017, None, None), True), ((1985, 2, 1), False), ((None, None, None), False)],
)
def test_whose_age_nobody_knows_counts_as_an_adult(story, birth, minor):
    year, month, day = birth
    assert is_minor(PersonFactory.build(birth_year=year, birth_month=month, birth_day=day)) is minor
