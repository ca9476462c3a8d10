import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stafette.intake.definition.schema import Kind
from stafette.intake.models import Handout, form_definition
from stafette.intake.tests.factories import AnswerFactory, InterviewFactory, ParticipantFactory
from stafette.kernel.clock import today
from stafette.kernel.kin import children, references
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.models import Household, Person
from stafette.people.tests.factories import (
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    PersonLanguageFactory,
)
from stafette.protection.commands import give_consent
from stafette.rights import printing, rules
from stafette.rights.copying import own_copy
from stafette.rights.labels import labels
from stafette.rights.tests.scenes import accepted_referral
from stafette.web.sheets import LANGUAGES


def below():
    """Every kind of record that hangs on a person or a household."""
    found = [Person, Household]
    for model in found:
        found += [child for child, _field in children(model) if child not in found]
    return found


@pytest.mark.parametrize("model", below(), ids=lambda model: model._meta.label)
def test_every_field_of_a_file_has_its_word_or_its_reason(model):
    known = labels().get(model._meta.label)
    assert known is not None, f"{model._meta.label}: name it in stafette/rights/labels.toml"
    structure = {field.name for field in references(model)}
    users = {
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is apps.get_model("accounts", "User")
    }
    missing = [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in structure | users and not known.knows(field.name)
    ]
    assert not missing, (
        f"{model._meta.label}: say in stafette/rights/labels.toml how these are called: {missing}"
    )


def test_no_label_names_a_field_that_is_gone():
    for label, known in labels().items():
        model = apps.get_model(label)
        common = set(labels()["people.PersonLanguage"].fields)
        named = set(known.fields) - common
        fields = {field.name for field in model._meta.concrete_fields}
        assert named <= fields, f"{label}: {named - fields}"


def test_every_reason_to_leave_out_has_its_source():
    codes = {reason for known in labels().values() for reason in known.reduced.values()}
    codes |= {known.left_out for known in labels().values()} - {""}
    for code in codes | {"adult_member", "address_lock"}:
        assert rules.reason(code).said


def text_of(copy):
    return json.dumps(json.loads(printing.copy_json(copy, number="X-1")), ensure_ascii=False)


def made(story, person=None, **options):
    with acting(story.clerk):
        return own_copy(
            actor=story.clerk, unit=story.town.clearing, person=person or story.town.mother, **options
        )


def test_the_copy_says_what_for_and_how_long_with_every_kind_of_record(story):
    copy = made(story)
    titles = {part.title for part in copy.parts}
    assert {"Angaben zur Person", "Haushalt", "Zugehörigkeit zum Haushalt"} <= titles
    assert all(part.purpose and part.period for part in copy.parts)
    assert story.town.mother.family_name in text_of(copy)
    assert '"automated_decisions": false' in text_of(copy)


def test_minor_children_of_ones_own_stay_in_and_other_adults_fall_out(story):
    partner = PersonFactory(unit=story.town.clearing, given_names="Boris", family_name="Ganzanders")
    HouseholdMemberFactory(household=story.town.household, person=partner, relation="partner")
    PersonLanguageFactory(person=partner, language="tr")
    copy = made(story)
    said = text_of(copy)
    assert "Ivo" in said
    assert "Ganzanders" not in said and "Türkisch" not in said
    assert "adult_member" in copy.left_out


def test_a_child_that_grew_up_falls_out(story):
    with as_owner():
        Person.objects.filter(pk=story.town.child.pk).update(birth_year=1999)
    assert "Ivo" not in text_of(made(story))


def test_a_consent_of_the_other_adult_falls_out_with_all_that_hangs_on_it(story):
    partner = PersonFactory(unit=story.town.clearing, given_names="Boris")
    HouseholdMemberFactory(household=story.town.household, person=partner, relation="partner")
    for person, purpose in ((partner, "Geheime Beratung"), (story.town.mother, "Eigene Beratung")):
        give_consent(
            actor=story.clerk, unit_id=story.town.clearing.pk, household_id=story.town.household.pk,
            receiver_id=story.town.outreach.pk, purpose=purpose, categories=["core"],
            person_ids=[person.pk], text_version="1", language="de", form="spoken", witness="Frau Zeugin",
        )  # fmt: skip
    copy = made(story)
    said = text_of(copy)
    assert "Eigene Beratung" in said
    assert "Geheime Beratung" not in said
    assert "Frau Zeugin" not in said and "helper" in copy.left_out


def test_an_envelope_shows_ones_own_part(story):
    accepted_referral(story)
    child = text_of(made(story, story.town.child))
    assert "Inhalt einer Übergabe" in child


def test_whoever_left_learns_nothing_of_where_and_how_the_others_live_now(story):
    """Somebody who was thrown out asks for a copy: new address, new records and the lock are the others' own."""
    left = PersonFactory(unit=story.town.clearing, given_names="Boris", family_name="Gegangen")
    HouseholdMemberFactory(
        household=story.town.household, person=left, relation="partner",
        from_on=today() - timedelta(days=90), until_on=today() - timedelta(days=30),
    )  # fmt: skip
    now_here = HouseholdFactory(unit=story.town.clearing, street="Eigener Weg")
    HouseholdMemberFactory(household=now_here, person=left, relation="head")
    story.town.finding("advice_wanted")
    with as_owner():
        Household.objects.filter(pk=story.town.household.pk).update(street="Zuflucht", address_locked=True)
        Person.objects.filter(pk=story.town.mother.pk).update(address_locked=True)
    copy = made(story, left)
    said = text_of(copy)
    assert "Zuflucht" not in said and "referrals.Finding" not in {part.model for part in copy.parts}
    assert "Eigener Weg" in said
    assert "adult_member" in copy.left_out and "address_lock" not in copy.left_out


def test_a_locked_address_is_nowhere_in_the_copy(story):
    with as_owner():
        Household.objects.filter(pk=story.town.household.pk).update(address_locked=True)
    copy = made(story)
    assert "Musterstraße" not in text_of(copy)
    assert "address_lock" in copy.left_out


def test_a_talk_stands_in_the_words_of_its_form(story):
    town = story.town
    interview = InterviewFactory(unit=town.clearing, household=town.household)
    mother = ParticipantFactory(interview=interview, person=town.mother)
    form = form_definition(interview.form_id)
    tongue, rooms = form.by_code["mother_tongue"], form.by_code["rooms"]
    spoken, material = form.spoken[0], form.materials[0]
    several = tongue.kind is not Kind.CHOICE
    AnswerFactory(interview=interview)
    AnswerFactory(
        interview=interview,
        participant=mother,
        question=tongue.code,
        value=[spoken.code] if several else spoken.code,
    )
    with as_owner():
        Handout.objects.create(
            unit=town.clearing, interview=interview, material=material.code, language="bg", handed_on=today()
        )
    parts = {part.model: part for part in made(story).parts}
    answers = [line for record in parts["intake.Answer"].records for line in record]
    for question in (tongue, rooms):
        assert ("Frage", question.wording["de"]) in answers
    assert ("Antwort", spoken.words["de"]) in answers
    assert ("Antwort", f"2 {rooms.unit}".strip()) in answers
    (handed,) = parts["intake.Handout"].records
    assert ("Was", material.words["de"]) in handed


def test_a_longer_talk_asks_the_database_no_more(story, django_assert_num_queries):
    interview = InterviewFactory(unit=story.town.clearing, household=story.town.household)
    AnswerFactory(interview=interview)
    made(story)
    with CaptureQueriesContext(connection) as short:
        made(story)
    for question in ("household_size", "heating", "advice_topics"):
        AnswerFactory(interview=interview, question=question, value=1)
    with django_assert_num_queries(len(short)):
        made(story)


def test_no_name_of_staff_is_told(story):
    story.received(wish="Alles")
    accepted_referral(story)
    said = text_of(made(story))
    assert "Alles" in said
    assert story.clerk.label not in said


def test_what_the_person_said_to_another_unit_is_not_here(story):
    other = PersonFactory(unit=story.town.outreach, given_names="Maria", family_name="Doppelt")
    HouseholdMemberFactory(household=HouseholdFactory(unit=story.town.outreach), person=other)
    assert "Doppelt" not in text_of(made(story))


def test_what_is_mandated_is_said_whether_or_not_it_is_there(story):
    """That entrusted text or an informant is left out must not show that there is one."""
    assert {"entrusted", "informant"} <= set(made(story).left_out)


def test_only_what_rests_on_consent_is_taken_along(story):
    story.town.finding()
    kinds = {part.model for part in made(story, only_consent=True).parts}
    assert "referrals.Finding" not in kinds
    assert all(kind == "people.Person" or labels()[kind].consent for kind in kinds)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_copy_is_printed_in_every_language(story, language):
    pdf = printing.copy_pdf(made(story), number="MUS-CL-2026-00001", language=language)
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf


def test_the_frame_says_the_same_in_every_language():
    first = printing.frames()["de"]
    for code in LANGUAGES:
        words = printing.frames()[code]
        assert set(words) == set(first)
        assert len(words["rights"]) in (len(first["rights"]), len(first["rights"]) + 1)
        assert "{unit}" in words["lead"] and "{land}" in words["rights"][-1]
