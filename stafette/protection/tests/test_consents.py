from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission as P
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.protection.commands import give_consent, log_disclosure, withdraw_consent
from stafette.protection.data import Decision, Mode, Outsider
from stafette.protection.models import Consent, Disclosure
from stafette.protection.queries import coverage
from stafette.protection.wording import languages, sheet


@pytest.fixture
def family(db):
    household = HouseholdFactory()
    mother = HouseholdMemberFactory(household=household).person
    child = PersonFactory(unit=household.unit, given_names="Ivo", birth_year=2017)
    HouseholdMemberFactory(household=household, person=child, relation="child")
    return household, mother, child


@pytest.fixture
def clerk(family, actor_with):
    return actor_with(P.CONSENT_VIEW, P.CONSENT_EDIT, P.PERSON_VIEW, P.REFERRAL_SEND, unit=family[0].unit)


def give(actor, family, persons, **facts):
    household = family[0]
    values = {
        "receiver_id": facts.pop("receiver", None) or UnitFactory().pk,
        "purpose": "Unterstützung",
        "categories": ["core", "contact"],
        "text_version": "weitergabe 1",
        "language": "bg",
        "form": "written",
    } | facts
    ids = [person.pk for person in persons]
    return give_consent(
        actor=actor, unit_id=household.unit_id, household_id=household.pk, person_ids=ids, **values
    )


def test_consent_keeps_what_was_agreed_to_for_twelve_months(family, clerk):
    consent = give(clerk, family, family[1:2])
    assert consent.categories == ["core", "contact"]
    assert (consent.expires_on - consent.given_on).days == 365
    with as_owner():
        event = Event.objects.get(kind="consent.given")
    assert event.about_id == family[0].pk
    assert "Georgieva" not in str(event.details)


def test_coverage_is_per_person_and_receiver(family, clerk):
    household, mother, child = family
    consent = give(clerk, family, [mother])
    facts = {"actor": clerk, "unit_id": household.unit_id, "household_id": household.pk}
    with acting(clerk):
        covered = coverage(**facts, receiver_id=consent.receiver_id)
        assert covered.by_person == {mother.pk: frozenset({"core", "contact"})}
        assert covered.categories([child.pk]) == frozenset()
        assert coverage(**facts, receiver_id=UnitFactory().pk).by_person == {}


def test_a_consent_for_a_partner_outside_covers_that_partner_and_no_unit(family, clerk):
    household, mother, _ = family
    school, other = Outsider(new_id(), "Grundschule Beispiel"), Outsider(new_id(), "Hort")
    with acting(clerk):
        consent = give_consent(
            actor=clerk, unit_id=household.unit_id, household_id=household.pk, outsider=school, purpose="Nachfrage",
            categories=["core"], person_ids=[mother.pk], text_version="1", language="de", form="written",
        )  # fmt: skip
        facts = {"actor": clerk, "unit_id": household.unit_id, "household_id": household.pk}
        assert consent.receiver_name == "Grundschule Beispiel"
        assert coverage(**facts, outsider_id=school.id).by_person == {mother.pk: frozenset({"core"})}
        assert not coverage(**facts, outsider_id=other.id).consents
        assert not coverage(**facts).consents


@pytest.mark.parametrize("damage", [{"outsider_name": "Schule"}, {"receiver": None}])
def test_a_consent_has_exactly_one_receiver(family, clerk, damage):
    consent = give(clerk, family, family[1:2])
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(**damage)


def test_lapsed_and_withdrawn_consents_cover_nothing(family, clerk):
    household, mother, _ = family
    consent = give(clerk, family, [mother])
    facts = {
        "actor": clerk,
        "unit_id": household.unit_id,
        "household_id": household.pk,
        "receiver_id": consent.receiver_id,
    }
    with acting(clerk):
        assert coverage(**facts).consents
        assert not coverage(**facts, on=today() + timedelta(days=365)).consents
        with travel(now() + timedelta(days=400)):
            assert not consent.is_valid()
    withdraw_consent(actor=clerk, consent_id=consent.pk)
    with acting(clerk):
        assert not coverage(**facts).consents


def test_withdrawal_happens_once(family, clerk):
    consent = give(clerk, family, family[1:2])
    withdraw_consent(actor=clerk, consent_id=consent.pk)
    with pytest.raises(RuleBroken):
        withdraw_consent(actor=clerk, consent_id=consent.pk)


def test_child_alone_needs_a_guardian_of_age(family, clerk):
    _, mother, child = family
    with pytest.raises(BadInput, match="sorgeberechtigte"):
        give(clerk, family, [child])
    with pytest.raises(BadInput, match="Erwachsene"):
        give(clerk, family, [mother], guardian_ids=[child.pk])
    assert give(clerk, family, [child], guardian_ids=[mother.pk]).pk


def test_consent_by_word_needs_a_witness(family, clerk):
    with pytest.raises(BadInput, match="bezeugt"):
        give(clerk, family, family[1:2], form="spoken")
    assert give(clerk, family, family[1:2], form="spoken", witness="Kollegin am Schalter 2").witness


def test_consent_without_category_is_refused(family, clerk):
    with pytest.raises(BadInput, match="Kategorie"):
        give(clerk, family, family[1:2], categories=[])


def test_consent_for_somebody_of_another_household_is_refused(family, clerk):
    with pytest.raises(BadInput, match="Haushalts"):
        give(clerk, family, [PersonFactory(unit=family[0].unit)])


def test_consent_without_permission_is_not_allowed(family, actor_with):
    stranger = actor_with(P.PERSON_VIEW, P.CONSENT_VIEW, unit=family[0].unit)
    with pytest.raises(NotAllowed):
        give(stranger, family, family[1:2])


def test_nothing_is_kept_when_the_log_fails(family, clerk, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("stafette.protection.commands.consents.record", fail)
    with pytest.raises(RuntimeError):
        give(clerk, family, family[1:2])
    with as_owner():
        assert not Consent.objects.exists()


def test_other_units_see_no_consent(family, clerk, actor_with):
    give(clerk, family, family[1:2])
    with acting(actor_with(P.CONSENT_VIEW, unit=UnitFactory())):
        assert not Consent.objects.exists()


def test_disclosures_cannot_be_changed(family, clerk):
    decision = Decision(Mode.STATUTE, "F07", "Schulgesetz", "weil")
    row = log_disclosure(
        actor=clerk,
        unit_id=family[0].unit_id,
        receiver_id=UnitFactory().pk,
        household_id=family[0].pk,
        reference="MUS-CL-2026-00001",
        purpose="Schulplatz",
        decision=decision,
        categories=["core"],
        person_count=1,
    )
    with acting(clerk), pytest.raises(ProgrammingError), transaction.atomic():
        Disclosure.objects.filter(pk=row.pk).update(rule="F08")


@pytest.mark.parametrize("language", [code for code, _name in languages()])
def test_sheet_is_complete_in_every_language(language):
    filled = sheet(
        language, receiver="Schulteam", purpose="Schulplatz", categories=["core", "address", "needs"]
    )
    assert filled.language == language
    assert "{" not in filled.text
    assert "Schulteam" in filled.text
    assert len(filled.categories) == 3


def test_sheet_in_an_unknown_language_is_german():
    assert sheet("xx", receiver="A", purpose="B", categories=["core"]).language == "de"
