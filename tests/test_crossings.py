"""Each crossing is one entry: referral, question, opened link, conference; and the fixtures of domain.md 14.4."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.partners.basis import outsider_of
from stafette.partners.commands import fill_request, make_code
from stafette.partners.tests.scenes import make_story, path_in_mail
from stafette.protection.commands import give_consent, withdraw_consent
from stafette.protection.commands.conferences import log_conference
from stafette.protection.data import Channel
from stafette.protection.kinds import Kind
from stafette.protection.models import Disclosure, DisclosurePerson
from stafette.referrals.commands import accept_referral, check_referral, prepare_referral, send_referral
from stafette.referrals.models import Envelope
from stafette.referrals.tests.factories import make_town
from stafette.referrals.tests.scenes import checked, consented, sent


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


def entries(**facts):
    with as_owner():
        return list(Disclosure.objects.filter(**facts).order_by("at", "id"))


def people_of(entry):
    with as_owner():
        return set(DisclosurePerson.objects.filter(disclosure=entry).values_list("person_id", flat=True))


def test_a_referral_names_whom_it_told_of(db):
    town = make_town()
    referral = sent(town)
    (entry,) = entries(reference=referral.number)
    assert (entry.kind, entry.rule, entry.actor_id) == (Channel.REFERRAL, "F06", town.clerk.id)
    assert people_of(entry) == {town.mother.pk, town.child.pk}


def test_only_who_agreed_is_named(db):
    town = make_town()
    finding = town.finding()
    route = town.route("family_needs_support", town.outreach)
    consented(town, town.outreach, person_ids=[town.mother.pk])
    draft = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    kept = ["core", "contact", "language", "needs"]
    check_referral(actor=town.clerk, referral_id=draft.pk, categories=kept)
    send_referral(actor=town.clerk, referral_id=draft.pk)
    (entry,) = entries(reference=draft.number)
    assert people_of(entry) == {town.mother.pk}


def test_a_question_and_its_opening_are_two_entries_once_each(client, db):
    story = make_story()
    request = story.sent()
    client.get(path_in_mail(request))
    assert [one.kind for one in entries(reference=request.number)] == [Channel.QUESTION]
    for _again in range(2):
        client.post(path_in_mail(request), {"step": "show"})
    asked, opened = entries(reference=request.number)
    assert (asked.kind, opened.kind) == (Channel.QUESTION, Channel.LINK)
    assert (opened.rule, opened.mode, opened.outsider_id) == (asked.rule, asked.mode, story.school.pk)
    assert people_of(opened) == people_of(asked) == {story.child.pk}
    assert opened.actor_label == "Partner per Link"


def test_behind_a_code_nothing_is_opened_before_it_is_right(client, db):
    story = make_story()
    with as_owner():
        story.school.second_channel = True
        story.school.save()
    request = story.sent()
    code = make_code(actor=story.teacher, request_id=request.pk)
    path = path_in_mail(request)
    client.post(path, {"step": "show"})
    client.post(path, {"step": "code", "code": "000000" if code != "000000" else "111111"})
    assert entries(kind=Channel.LINK) == []
    client.post(path, {"step": "code", "code": code})
    assert len(entries(kind=Channel.LINK)) == 1


def test_a_practice_is_asked_on_a_written_consent_only(db):
    story = make_story()
    request = story.drafted_by_consent()
    give_consent(
        actor=story.clerk, unit_id=story.town.clearing.pk, household_id=story.town.household.pk,
        outsider=outsider_of(story.doctor), purpose="Arzttermin finden", categories=["core", "contact", "language"],
        person_ids=[story.town.child.pk], guardian_ids=[story.town.mother.pk], text_version="1", language="bg",
        form="spoken", witness="Empfang",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="Einwilligung"):
        fill_request(actor=story.clerk, request_id=request.pk)
    story.consented()
    assert fill_request(actor=story.clerk, request_id=request.pk)


# ---- case conference ----


def agreed(town, unit, people=None, categories=("core", "needs"), **facts):
    return give_consent(
        actor=town.clerk, unit_id=town.clearing.pk, household_id=town.household.pk, receiver_id=unit.pk,
        kind=Kind.CONFERENCE, topic="Schulweg", purpose="Fallkonferenz", categories=categories,
        person_ids=people or [town.mother.pk], text_version="1", language="bg", form="written", **facts,
    )  # fmt: skip


def confer(town, *units, actor=None, **facts):
    values = {"topic": "Schulweg", "person_ids": [town.mother.pk], "categories": ["core", "needs"], **facts}
    return log_conference(
        actor=actor or town.clerk,
        unit_id=town.clearing.pk,
        household_id=town.household.pk,
        participants=[unit.pk for unit in units],
        **values,
    )


def test_each_unit_at_the_table_is_an_entry_of_its_own(db):
    town = make_town()
    consent = agreed(town, town.outreach)
    agreed(town, town.school)
    told = confer(town, town.outreach, town.school)
    assert {one.receiver_id for one in told} == {town.outreach.pk, town.school.pk}
    assert {one.kind for one in told} == {Channel.CONFERENCE}
    assert {one.rule for one in told} == {"F06", "F07a"}
    assert next(one for one in told if one.receiver_id == town.outreach.pk).consent_id == consent.pk
    assert {frozenset(people_of(one)) for one in told} == {frozenset({town.mother.pk})}


def test_one_missing_consent_keeps_everybody_from_the_table(db):
    town = make_town()
    agreed(town, town.outreach)
    with pytest.raises(RuleBroken, match="Fallkonferenz mit"):
        confer(town, town.outreach, town.school)
    assert entries(kind=Channel.CONFERENCE) == []


@pytest.mark.parametrize("lack", ["category", "person", "withdrawn", "lapsed", "kind"])
def test_a_consent_that_does_not_cover_is_none(db, lack):
    town = make_town()
    if lack == "kind":
        consented(town, town.outreach, person_ids=[town.mother.pk])
    elif lack == "lapsed":
        agreed(town, town.outreach, expires_on=today() + timedelta(days=1))
    else:
        consent = agreed(
            town, town.outreach, categories=["core"] if lack == "category" else ["core", "needs"]
        )
        if lack == "withdrawn":
            withdraw_consent(actor=town.clerk, consent_id=consent.pk)
    people = [town.mother.pk, town.child.pk] if lack == "person" else [town.mother.pk]
    later = timedelta(days=1 if lack == "lapsed" else 0)
    with travel(now() + later), pytest.raises(RuleBroken, match="Einwilligung in die Fallkonferenz"):
        confer(town, town.outreach, person_ids=people)


def test_no_consent_opens_a_way_that_the_rule_forbids(db):
    town = make_town()
    agreed(town, town.housing)
    with pytest.raises(RuleBroken, match="darf das nicht erfahren"):
        confer(town, town.housing)


def test_a_conference_needs_a_topic_a_table_and_people_of_the_household(db):
    town = make_town()
    agreed(town, town.outreach)
    for wrong in ({"topic": " "}, {"categories": []}, {"person_ids": []}, {"person_ids": [town.clerk.id]}):
        with pytest.raises(BadInput):
            confer(town, town.outreach, **wrong)
    with pytest.raises(BadInput):
        confer(town, town.clearing)
    with pytest.raises(NotAllowed):
        confer(town, town.outreach, actor=town.worker)


# ---- 14.4 ----


def test_withdrawal_while_sent_destroys_what_was_not_accepted(db):
    town = make_town()
    draft = checked(town)
    send_referral(actor=town.clerk, referral_id=draft.pk)
    with as_owner():
        consent = draft.from_unit_id and entries(reference=draft.number)[0].consent_id
    withdraw_consent(actor=town.clerk, consent_id=consent)
    with as_owner():
        content = Envelope.objects.get(referral=draft)
    assert (content.payload, content.label) == ({}, "")
    assert content.destroyed_at


def test_a_lapsed_consent_blocks_what_is_new_and_not_the_receivers_record(db):
    town = make_town()
    referral = sent(town)
    taken = accept_referral(actor=town.worker, referral_id=referral.pk)
    route = town.route("advice_wanted", town.outreach)
    more = prepare_referral(actor=town.clerk, finding_id=town.finding("advice_wanted").pk, route_id=route.pk)
    kept = ["core", "contact", "language", "needs"]
    draft = check_referral(actor=town.clerk, referral_id=more.pk, categories=kept)
    with travel(now() + timedelta(days=366)):
        with pytest.raises(RuleBroken, match="Einwilligung"):
            send_referral(actor=town.clerk, referral_id=draft.pk)
        with as_owner():
            assert taken.received_household.members.count() == 2


def test_the_one_who_may_not_send_may_not_log(db, actor_with):
    town = make_town()
    agreed(town, town.outreach)
    watcher = actor_with(Permission.REFERRAL_VIEW, Permission.CONSENT_VIEW, unit=town.clearing)
    with pytest.raises(NotAllowed):
        confer(town, town.outreach, actor=watcher)
