"""Talks from the first word to the last; wrong state, wrong unit, wrong answer."""

import copy
from datetime import date, timedelta

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.intake import commands
from stafette.intake.data import Known, Said
from stafette.intake.models import Answer, FormVersion, Interview, ShortContact, StayAssessment
from stafette.intake.tests.factories import (
    AnswerFactory,
    FormVersionFactory,
    InterviewFactory,
    ParticipantFactory,
    ShortContactFactory,
    TopicListFactory,
    form_file,
)
from stafette.kernel.clock import now, travel
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission as P
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory

CLERK = (P.INTERVIEW_VIEW, P.INTERVIEW_EDIT, P.PERSON_VIEW, P.PERSON_EDIT, P.CONTACT_COUNT)
CLERK += (P.FINDING_VIEW, P.FINDING_EDIT)


@pytest.fixture
def unit(db):
    return FormVersionFactory().unit


@pytest.fixture
def clerk(actor_with, unit):
    return actor_with(*CLERK, unit=unit)


@pytest.fixture
def family(unit):
    """A household with a mother, a child of eleven, and somebody whose age nobody knows."""
    household = HouseholdFactory(unit=unit)
    born = [(1990, 5, 5), (2015, 3, 1), (None, None, None)]
    for year, month, day in born:
        person = PersonFactory(unit=unit, birth_year=year, birth_month=month, birth_day=day)
        HouseholdMemberFactory(household=household, person=person)
    return household


def members(household):
    with as_owner():
        return list(household.members.order_by("pk").values_list("person", flat=True))


def start(clerk, household, **changes):
    values = {"person_ids": members(household), "language": "bg", "interpreting": "device", "agreed": True}
    return commands.start_interview(actor=clerk, household_id=household.pk, **{**values, **changes})


def event_kinds():
    with as_owner():
        return list(Event.objects.order_by("at", "id").values_list("kind", flat=True))


def stored(interview):
    with as_owner():
        return {(a.question, a.participant_id): (a.status, a.value) for a in interview.answers.all()}


def test_start_counts_adults_and_children_apart(clerk, family):
    interview = start(clerk, family)

    with as_owner():
        roles = sorted(interview.participants.values_list("role", flat=True))
        event = Event.objects.get(kind="interview.started")
    assert roles == ["adult", "adult", "child"]
    assert (event.details["adults"], event.details["children"]) == (2, 1)
    assert event.about_id == family.pk
    assert interview.consent_at and interview.consent_version == "2026-11"


def test_refusal_is_a_result_without_answers(clerk, family):
    interview = start(clerk, family, agreed=False, known=[Known("rooms", None, 3)])

    assert interview.state == Interview.State.DECLINED and interview.consent_at is None
    assert stored(interview) == {}
    assert event_kinds() == ["interview.declined"]


def test_start_takes_over_what_is_known_and_fits(clerk, family):
    mother, child, _ = members(family)
    known = [
        Known("arrived_on", None, "2026-11-01"), Known("rooms", None, "many"), Known("nothing", None, 1),
        Known("mother_tongue", mother, "bg"), Known("mother_tongue", child, "bg"),
    ]  # fmt: skip

    interview = start(clerk, family, known=known)

    with as_owner():
        found = {
            (a.question, a.participant and a.participant.person_id): a.source for a in interview.answers.all()
        }
    assert found == {("arrived_on", None): "known", ("mother_tongue", mother): "known"}


def test_second_draft_for_one_household_is_refused(clerk, family):
    start(clerk, family)

    with pytest.raises(RuleBroken, match="läuft schon ein Gespräch"):
        start(clerk, family)


def test_start_needs_a_form_and_members(clerk, family, unit):
    with pytest.raises(BadInput, match="mindestens eine Person"):
        start(clerk, family, person_ids=[PersonFactory(unit=unit).pk])
    with as_owner():
        FormVersion.objects.all().delete()
    with pytest.raises(RuleBroken, match="kein Gesprächsbogen"):
        start(clerk, family)


def test_start_in_another_unit_finds_no_household(actor_with, family):
    stranger = actor_with(*CLERK, unit=UnitFactory())

    with pytest.raises(type(family).DoesNotExist):
        start(stranger, family)


def test_start_needs_the_permission(actor_with, family, unit):
    reader = actor_with(P.PERSON_VIEW, P.INTERVIEW_VIEW, unit=unit)

    with pytest.raises((NotAllowed, type(family).DoesNotExist)):
        start(reader, family)


def test_answers_are_saved_once_and_declined_stays_declined(clerk, family):
    interview = start(clerk, family)
    said = [
        Said("rooms", None, "answered", 3),
        Said("rent_eur", None, "declined"),
        Said("area_m2", None, "not_asked"),
    ]

    first = commands.save_answers(actor=clerk, interview_id=interview.pk, answers=said)
    again = commands.save_answers(actor=clerk, interview_id=interview.pk, answers=said)

    assert (first, again) == (2, 0)
    assert stored(interview) == {("rooms", None): ("answered", 3), ("rent_eur", None): ("declined", None)}
    assert event_kinds().count("interview.answered") == 1


def test_answer_can_be_taken_back_to_not_asked(clerk, family):
    interview = start(clerk, family)
    commands.save_answers(
        actor=clerk, interview_id=interview.pk, answers=[Said("rooms", None, "answered", 3)]
    )

    commands.save_answers(actor=clerk, interview_id=interview.pk, answers=[Said("rooms", None, "not_asked")])

    assert stored(interview) == {("rooms", None): ("not_asked", None)}


@pytest.mark.parametrize(
    ("question", "status", "value"),
    [
        ("nothing", "answered", 1), ("rooms", "answered", 0), ("rooms", "answered", "3"), ("rooms", "maybe", None),
        ("landlord_kind", "answered", "king"), ("advice_topics", "answered", ["x"]), ("arrived_on", "answered", "soon"),
        ("rooms", "declined", 3), ("insured", "answered", "yes"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(clerk, family, question, status, value):
    interview = start(clerk, family)

    with pytest.raises(BadInput):
        commands.save_answers(
            actor=clerk, interview_id=interview.pk, answers=[Said(question, None, status, value)]
        )


def test_question_for_adults_takes_no_answer_of_a_child(clerk, family):
    interview = start(clerk, family)
    with as_owner():
        child = interview.participants.get(role="child").pk

    with pytest.raises(BadInput):
        commands.save_answers(
            actor=clerk,
            interview_id=interview.pk,
            answers=[Said("work_status", child, "answered", "seeking")],
        )


def test_nothing_is_written_after_the_end_or_without_consent(clerk, unit):
    ended = InterviewFactory(unit=unit, state="abandoned", finished_at=now())
    unasked = InterviewFactory(unit=unit, consent_at=None, consent_version="")
    said = [Said("rooms", None, "answered", 3)]

    with pytest.raises(RuleBroken, match="ist beendet"):
        commands.save_answers(actor=clerk, interview_id=ended.pk, answers=said)
    with pytest.raises(RuleBroken, match="einverstanden"):
        commands.save_answers(actor=clerk, interview_id=unasked.pk, answers=said)


def test_colleague_of_another_unit_cannot_write(actor_with, family, clerk):
    interview = start(clerk, family)
    stranger = actor_with(*CLERK, unit=UnitFactory())

    with pytest.raises(Interview.DoesNotExist):
        commands.save_answers(actor=stranger, interview_id=interview.pk, answers=[])
    with pytest.raises(Interview.DoesNotExist):
        commands.finish_interview(actor=stranger, interview_id=interview.pk)


def test_handouts_are_the_whole_list(clerk, family):
    interview = start(clerk, family)

    commands.hand_out(
        actor=clerk, interview_id=interview.pk, materials={"arrival_folder": "bg", "work_sheet": "bg"}
    )
    changed = commands.hand_out(actor=clerk, interview_id=interview.pk, materials={"arrival_folder": "bg"})
    again = commands.hand_out(actor=clerk, interview_id=interview.pk, materials={"arrival_folder": "bg"})

    with as_owner():
        assert list(interview.handouts.values_list("material", "language")) == [("arrival_folder", "bg")]
    assert (changed, again) == (1, 0)
    with pytest.raises(BadInput):
        commands.hand_out(actor=clerk, interview_id=interview.pk, materials={"passport_copy": "bg"})


def test_assessment_of_the_stay_is_dated_signed_and_added(clerk, family):
    interview = start(clerk, family)

    with travel(now() - timedelta(days=3)):
        commands.assess_stay(actor=clerk, interview_id=interview.pk, outlook="unknown")
    for outlook in ("short", "long", "long"):
        commands.assess_stay(actor=clerk, interview_id=interview.pk, outlook=outlook)

    with as_owner():
        found = list(
            StayAssessment.objects.order_by("created_at").values_list("outlook", "assessed_by_label")
        )
    assert found == [("unknown", clerk.label), ("long", clerk.label)]


def test_frame_keeps_of_proofs_only_the_day(clerk, family):
    interview = start(clerk, family)
    frame = {"language": "ro", "interpreting": "phone", "document_check": "ok"}

    commands.change_frame(
        actor=clerk, interview_id=interview.pk, **frame, proofs_forwarded_on=date(2026, 1, 2)
    )

    with as_owner():
        interview.refresh_from_db()
    assert (interview.language, interview.document_check) == ("ro", "ok")
    with pytest.raises(BadInput, match="Zukunft"):
        commands.change_frame(
            actor=clerk,
            interview_id=interview.pk,
            **frame,
            proofs_forwarded_on=date.today() + timedelta(days=2),
        )


def test_participant_joins_once(clerk, family, unit):
    interview = start(clerk, family, person_ids=members(family)[:1])
    child = members(family)[1]

    participant = commands.add_participant(actor=clerk, interview_id=interview.pk, person_id=child)

    assert participant.role == "child"
    with pytest.raises(RuleBroken, match="nimmt schon"):
        commands.add_participant(actor=clerk, interview_id=interview.pk, person_id=child)
    with pytest.raises(BadInput):
        commands.add_participant(
            actor=clerk, interview_id=interview.pk, person_id=PersonFactory(unit=unit).pk
        )


def test_declining_later_deletes_what_was_said(clerk, family):
    interview = start(clerk, family, known=[Known("rooms", None, 2)])

    commands.decline_interview(actor=clerk, interview_id=interview.pk)

    with as_owner():
        interview.refresh_from_db()
    assert interview.state == "declined" and interview.consent_at is None
    assert stored(interview) == {}
    with pytest.raises(MoveNotAllowed):
        commands.reopen_interview(actor=clerk, interview_id=interview.pk)


def test_abandoned_talk_is_taken_up_again_with_its_answers(clerk, family):
    interview = start(clerk, family, known=[Known("rooms", None, 2)])
    commands.abandon_interview(actor=clerk, interview_id=interview.pk)

    commands.reopen_interview(actor=clerk, interview_id=interview.pk)

    assert stored(interview) == {("rooms", None): ("answered", 2)}
    assert event_kinds()[-2:] == ["interview.abandoned", "interview.reopened"]


def test_finish_records_what_follows_and_repeats_nothing(clerk, family):
    from stafette.referrals.models import Finding

    interview = start(clerk, family)
    with as_owner():
        child = interview.participants.get(role="child")
    said = [
        Said("school_place", child.pk, "answered", "no"), Said("rent_eur", None, "declined"),
        Said("landlord_certificate", None, "answered", "no"),
    ]  # fmt: skip
    commands.save_answers(actor=clerk, interview_id=interview.pk, answers=said)

    commands.finish_interview(actor=clerk, interview_id=interview.pk)
    commands.reopen_interview(actor=clerk, interview_id=interview.pk)
    commands.finish_interview(actor=clerk, interview_id=interview.pk)

    with as_owner():
        found = list(Finding.objects.order_by("code").values_list("code", "person"))
        event = Event.objects.filter(kind="interview.finished").first()
    assert found == [("child_without_school_place", child.person_id), ("landlord_certificate_missing", None)]
    assert event.details["findings"] == ["child_without_school_place", "landlord_certificate_missing"]
    assert (event.about_id, event.subject_id) == (family.pk, interview.pk)


def test_finish_keeps_with_the_person_how_to_reach_and_what_is_spoken(clerk, family):
    interview = start(clerk, family)
    with as_owner():
        mother = interview.participants.filter(role="adult").order_by("pk").first()
    said = [
        Said("contact_channel", mother.pk, "answered", "messenger"),
        Said("contact_value", mother.pk, "answered", "0151 000"),
        Said("mother_tongue", mother.pk, "answered", "bg"), Said("german_level", mother.pk, "answered", "A1"),
        Said("other_languages", mother.pk, "answered", ["tr", "xx"]),
    ]  # fmt: skip
    commands.save_answers(actor=clerk, interview_id=interview.pk, answers=said)

    commands.finish_interview(actor=clerk, interview_id=interview.pk)

    with as_owner():
        person = mother.person
        person.refresh_from_db()
        spoken = dict(person.languages.values_list("language", "level"))
    assert (person.contact_channel, person.contact_value) == ("messenger", "0151 000")
    assert spoken == {"bg": "mother", "de": "A1", "tr": ""}


def test_finish_needs_consent_and_a_draft(clerk, unit):
    unasked = InterviewFactory(unit=unit, consent_at=None, consent_version="")
    ended = InterviewFactory(unit=unit, state="abandoned", finished_at=now())

    with pytest.raises(RuleBroken, match="Einverständnis"):
        commands.finish_interview(actor=clerk, interview_id=unasked.pk)
    with pytest.raises(MoveNotAllowed):
        commands.finish_interview(actor=clerk, interview_id=ended.pk)

    commands.agree_to_interview(actor=clerk, interview_id=unasked.pk)
    commands.finish_interview(actor=clerk, interview_id=unasked.pk)


def test_contact_is_counted_once_per_sending(clerk, unit):
    once = InterviewFactory().pk
    send = {
        "unit_id": unit.pk,
        "topics": ["work", "housing"],
        "result": "answered",
        "language": "bg",
        "once": once,
    }

    first = commands.count_contact(actor=clerk, **send)
    second = commands.count_contact(actor=clerk, **send)

    assert first.pk == second.pk
    assert event_kinds() == ["contact.counted"]


@pytest.mark.parametrize(
    "wrong", [{"topics": []}, {"topics": ["gossip"]}, {"result": "guessed"}, {"channel": "smoke"}], ids=str
)
def test_contact_with_unknown_codes_is_refused(clerk, unit, wrong):
    with pytest.raises(BadInput):
        commands.count_contact(
            actor=clerk, **{"unit_id": unit.pk, "topics": ["work"], "result": "answered", **wrong}
        )


def test_contact_in_another_unit_is_refused(clerk):
    with pytest.raises(NotAllowed):
        commands.count_contact(actor=clerk, unit_id=UnitFactory().pk, topics=["work"], result="answered")


def test_undo_is_possible_for_a_quarter_of_an_hour(clerk, unit):
    fresh, old = ShortContactFactory(unit=unit), ShortContactFactory(unit=unit)

    commands.undo_contact(actor=clerk, contact_id=fresh.pk)

    with pytest.raises(MoveNotAllowed):
        commands.undo_contact(actor=clerk, contact_id=fresh.pk)
    with travel(now() + timedelta(minutes=16)), pytest.raises(RuleBroken, match="länger gezählt"):
        commands.undo_contact(actor=clerk, contact_id=old.pk)


def test_contact_becomes_a_talk_and_is_counted_once(clerk, family, unit):
    contact = ShortContactFactory(unit=unit)

    interview = start(clerk, family, contact_id=contact.pk)

    with as_owner():
        contact.refresh_from_db()
    assert contact.state == ShortContact.State.CONVERTED
    assert str(interview.pk) not in str(contact.__dict__)  # the contact stays anonymous


def test_publishing_is_idempotent_and_never_rewrites_a_version(actor_with, db):
    unit = UnitFactory()
    blueprint = actor_with(P.BLUEPRINT_EDIT, unit=unit)
    changed = copy.deepcopy(form_file())
    changed["form"][0]["title"]["de"] = "Anders"

    first = commands.publish_form(actor=blueprint, unit_id=unit.pk, content=form_file())
    again = commands.publish_form(actor=blueprint, unit_id=unit.pk, content=form_file())

    assert first.pk == again.pk and first.topics
    with pytest.raises(RuleBroken, match="Erhöhen Sie die Fassung"):
        commands.publish_form(actor=blueprint, unit_id=unit.pk, content=changed)
    changed["form"][0]["version"] = 2
    assert commands.publish_form(actor=blueprint, unit_id=unit.pk, content=changed).version == 2


def test_publishing_names_faults_and_needs_the_permission(actor_with, clerk, unit, db):
    broken = copy.deepcopy(form_file())
    del broken["form"][0]["block"][0]["title"]["ro"]

    with pytest.raises(NotAllowed):
        commands.publish_form(actor=clerk, unit_id=unit.pk, content=form_file())
    with pytest.raises(BadInput, match=r"block\[1\]\.title\.ro"):
        commands.publish_form(actor=actor_with(P.BLUEPRINT_EDIT, unit=unit), unit_id=unit.pk, content=broken)


def test_other_units_see_nothing_of_a_talk(actor_with, clerk, family):
    from stafette.intake import access

    interview = start(clerk, family, known=[Known("rooms", None, 2)])
    commands.hand_out(actor=clerk, interview_id=interview.pk, materials={"work_sheet": "bg"})
    commands.assess_stay(actor=clerk, interview_id=interview.pk, outlook="short")
    ShortContactFactory(unit=interview.unit)
    stranger = actor_with(*CLERK, unit=UnitFactory())
    doors = (access.visible_to, access.participants_visible_to, access.answers_visible_to, access.handouts_visible_to,
             access.assessments_visible_to, access.contacts_visible_to)  # fmt: skip

    for door in doors:
        with acting(clerk):
            assert door(clerk).count() > 0, door.__name__
        with acting(stranger):
            assert door(stranger).count() == 0, door.__name__
            assert door(clerk).count() == 0, f"{door.__name__}: the policy must hold under the query"


def test_answer_and_status_cannot_drift_apart(unit):
    from django.db import IntegrityError, transaction

    TopicListFactory()
    interview = ParticipantFactory(unit=unit, interview__unit=unit).interview
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerFactory(interview=interview, status=Answer.Status.DECLINED, value=3)
