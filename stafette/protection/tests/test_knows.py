"""The sheet „Wer weiß was über mich“: each adult alone, in nine languages, from the log and nothing else."""

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import now
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.protection import sheet
from stafette.protection.commands.sheets import hand_out_sheet
from stafette.protection.data import Category, Mode
from stafette.protection.knowing import Received
from stafette.protection.models import ConsentPerson, Disclosure, DisclosurePerson
from stafette.protection.queries.knows import known_about
from stafette.protection.tests.factories import ConsentFactory
from stafette.web.sheets import LANGUAGES

SEES = (
    *(Permission.CONSENT_VIEW, Permission.CONSENT_EDIT, Permission.PERSON_VIEW),
    *(Permission.REFERRAL_VIEW, Permission.REFERRAL_SEND),
)


@pytest.fixture
def family(db):
    household = HouseholdFactory()
    unit = household.unit
    names = {"mother": "Elena", "father": "Stoyan"}
    people = {
        who: PersonFactory(unit=unit, given_names=name, birth_year=1990, birth_month=1, birth_day=1)
        for who, name in names.items()
    }
    people["child"] = PersonFactory(
        unit=unit, given_names="Mila", birth_year=now().year - 7, birth_month=1, birth_day=1
    )
    for person in people.values():
        HouseholdMemberFactory(unit=unit, household=household, person=person)
    return household, people


def logged(household, *people, kind="referral", receiver="Frauenberatung", **facts):
    facts = {"rule": "F10", "mode": Mode.CONSENT, "norm": "Art. 6 DSGVO", "reference": "MUS-1", **facts}
    with as_owner():
        row = Disclosure.objects.create(
            unit=household.unit, household=household, kind=kind, at=now(), purpose="Beratung",
            receiver=UnitFactory(name=receiver, short_name=receiver, phone="0341 1"),
            categories=["core", "needs"], person_count=len(people) or 1, **facts,
        )  # fmt: skip
        for person in people:
            DisclosurePerson.objects.create(unit=household.unit, disclosure=row, person=person)
    return row


def told(actor, household, person, language="de"):
    with acting(actor):
        return text_of(
            sheet.sheet_for(known_about(actor=actor, household=household, person=person), language)
        )


def text_of(one):
    parts = [one.title, one.lead, one.mark]
    for section in one.sections:
        parts.append(section.heading)
        for block in section.blocks:
            parts += [str(item) for item in vars(block).values()]
    return "\n".join(parts)


def test_each_adult_reads_only_what_is_about_them(family, actor_with):
    household, people = family
    logged(household, people["mother"], receiver="Frauenberatung Musterstadt")
    actor = actor_with(*SEES, unit=household.unit)
    assert "Frauenberatung Musterstadt" in told(actor, household, people["mother"])
    assert "Frauenberatung Musterstadt: 0341 1" in told(actor, household, people["mother"])
    assert "Frauenberatung" not in told(actor, household, people["father"])
    assert "nichts über Sie weitergegeben" in told(actor, household, people["father"])
    assert "Elena" not in told(actor, household, people["father"])


def test_an_old_entry_without_people_is_told_to_nobody_whom_its_consent_does_not_name(family, actor_with):
    household, people = family
    consent = ConsentFactory(household=household, unit=household.unit)
    with as_owner():
        ConsentPerson.objects.create(
            unit=household.unit, consent=consent, person=people["mother"], part="subject"
        )
    logged(household, receiver="Frauenberatung", consent=consent)
    actor = actor_with(*SEES, unit=household.unit)
    assert "Frauenberatung" in told(actor, household, people["mother"])
    assert "Frauenberatung" not in told(actor, household, people["father"])


def test_the_sheet_says_when_to_whom_what_why_and_whether_it_was_opened(family, actor_with):
    household, people = family
    logged(household, people["mother"], kind="question", receiver="Grundschule Süd", reference="MUS-7")
    logged(household, people["mother"], kind="link", receiver="Grundschule Süd", reference="MUS-7")
    actor = actor_with(*SEES, unit=household.unit)
    text = told(actor, household, people["mother"])
    assert "Frage an einen Partner: " in text
    assert "Name und Geburtsdatum, Anliegen und Bedarf" in text
    assert "Sie haben Ja gesagt." in text
    assert "Gesetz: Art. 6 DSGVO" in text
    assert f"Vom Empfänger geöffnet am {now():%d.%m.%Y}" in text
    assert text.count("Frage an einen Partner") == 1


def test_withdrawn_consents_stand_there_with_their_day(family, actor_with):
    household, people = family
    consent = ConsentFactory(
        household=household, unit=household.unit, withdrawn_at=now(), receiver=UnitFactory(name="Träger Süd")
    )
    with as_owner():
        ConsentPerson.objects.create(
            unit=household.unit, consent=consent, person=people["mother"], part="subject"
        )
    actor = actor_with(*SEES, unit=household.unit)
    text = told(actor, household, people["mother"])
    assert f"widerrufen am {now():%d.%m.%Y}" in text
    assert "Träger Süd: Name und Geburtsdatum" in text
    assert "Träger Süd" not in told(actor, household, people["father"])


def received(people=frozenset()):
    return Received(
        at=now(), number="X-1", sender_id=UnitFactory(name="Frauenhaus").pk, sender="Frauenhaus",
        purpose="Wohnen", mode="consent", norm="Art. 6", categories=["core"], person_ids=frozenset(people),
    )  # fmt: skip


def test_what_came_is_told_to_whom_it_is_about(family, actor_with, monkeypatch):
    household, people = family
    came = received({people["mother"].pk})
    monkeypatch.setattr("stafette.protection.queries.knows.received_about", lambda **_kwargs: [came])
    actor = actor_with(*SEES, unit=household.unit)
    assert "Frauenhaus" in told(actor, household, people["mother"])
    assert "Frauenhaus" not in told(actor, household, people["father"])
    assert "Zu Ihrem Haushalt" not in told(actor, household, people["father"])


def test_what_nobody_can_tell_apart_is_only_said_to_exist(family, actor_with, monkeypatch):
    household, people = family
    came = received()
    monkeypatch.setattr("stafette.protection.queries.knows.received_about", lambda **_kwargs: [came])
    actor = actor_with(*SEES, unit=household.unit)
    for who in ("mother", "father"):
        text = told(actor, household, people[who])
        assert "Frauenhaus" not in text
        assert "Bitte fragen Sie uns" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_and_is_printed(family, actor_with, language):
    household, people = family
    logged(household, people["mother"])
    actor = actor_with(*SEES, unit=household.unit)
    words, german = sheet.texts(language), sheet.texts("de")
    assert set(words) == set(german)
    assert {*words["ways"]} == {*german["ways"]}
    assert {*words["modes"]} == {*german["modes"]}
    text = told(actor, household, people["mother"], language)
    assert "{" not in text
    if language not in ("de", "ls"):
        assert "Name und Geburtsdatum" not in text
        assert words["review"] in text
    with acting(actor):
        known = known_about(actor=actor, household=household, person=people["mother"])
        assert sheet.pdf_for([known], language).startswith(b"%PDF")


def test_the_sheet_names_no_address(family, actor_with):
    household, people = family
    with as_owner():
        household.street, household.house_number, household.address_locked = "Geheimweg", "7", True
        household.save()
    logged(household, people["mother"])
    actor = actor_with(*SEES, unit=household.unit)
    assert "Geheimweg" not in told(actor, household, people["mother"])


def hand(actor, household, people, whose, agreed=(), language="de"):
    return hand_out_sheet(
        actor=actor,
        household_id=household.pk,
        person_ids=[people[who].pk for who in whose],
        agreed_ids=[people[who].pk for who in agreed],
        language=language,
    )


def test_one_adults_sheet_is_handed_out_and_logged(family, actor_with):
    household, people = family
    actor = actor_with(*SEES, unit=household.unit)
    entry = hand(actor, household, people, ["mother"], language="bg")
    with as_owner():
        assert (entry.kind, entry.rule, entry.is_internal) == ("letter", "E02", True)
        assert [row.person_id for row in entry.people.all()] == [people["mother"].pk]
        event = Event.objects.get(kind="sheet.handed_out")
        assert event.details == {"language": "bg", "persons": 1, "agreed": 0}


@pytest.mark.parametrize("agreed", [(), ("mother",), ("father",), ("mother", "child")])
def test_a_familys_sheet_without_each_adults_yes_is_refused(family, actor_with, agreed):
    household, people = family
    actor = actor_with(*SEES, unit=household.unit)
    with pytest.raises(RuleBroken, match="jede erwachsene Person"):
        hand(actor, household, people, ["mother", "father"], agreed)
    with as_owner():
        assert not Disclosure.objects.exists()


def test_a_familys_sheet_with_each_adults_yes_is_printed(family, actor_with):
    household, people = family
    actor = actor_with(*SEES, unit=household.unit)
    entry = hand(actor, household, people, ["mother", "father", "child"], ["mother", "father"])
    assert entry.person_count == 3


def test_a_childs_sheet_goes_to_an_adult_of_the_household(family, actor_with):
    household, people = family
    actor = actor_with(*SEES, unit=household.unit)
    with pytest.raises(RuleBroken, match="sorgeberechtigte Person"):
        hand(actor, household, people, ["child"])
    assert hand(actor, household, people, ["child"], ["mother"])


def test_sheets_of_strangers_unknown_languages_and_other_units_are_refused(family, actor_with):
    household, people = family
    actor = actor_with(*SEES, unit=household.unit)
    stranger = {"x": PersonFactory(unit=household.unit)}
    with pytest.raises(BadInput, match="in diesem Haushalt"):
        hand(actor, household, stranger, ["x"])
    with pytest.raises(BadInput, match="Sprache"):
        hand(actor, household, people, ["mother"], language="tlh")
    with pytest.raises(RuleBroken, match="gibt es in Ihrer Stelle nicht"):
        hand(actor_with(*SEES, unit=UnitFactory()), household, people, ["mother"])
    few = actor_with(Permission.PERSON_VIEW, unit=household.unit)
    with pytest.raises(NotAllowed):
        hand(few, household, people, ["mother"])


def test_the_page_at_the_counter_and_the_print(family, logged_in):
    household, people = family
    logged(household, people["mother"])
    browser = logged_in(Role.CLERK, household.unit)
    page = browser.get(reverse("protection:knows", args=[household.pk])).content.decode()
    assert "Elena" in page
    assert "Zusammen drucken" in page
    where = [household.pk, people["mother"].pk]
    seen = browser.get(reverse("protection:person_sheet", args=where) + "?sprache=ar").content.decode()
    assert 'dir="rtl"' in seen
    assert "من يعرف ماذا عني؟" in seen
    printed = browser.post(reverse("protection:print_sheet", args=where), {"sprache": "ar"})
    assert printed["Content-Type"] == "application/pdf"
    assert printed["Cache-Control"] == "no-store"
    with as_owner():
        assert Disclosure.objects.filter(kind="letter").count() == 1


def test_the_family_print_needs_everybody(family, logged_in):
    household, people = family
    browser = logged_in(Role.CLERK, household.unit)
    url = reverse("protection:print_family", args=[household.pk])
    both = [str(people["mother"].pk), str(people["father"].pk)]
    refused = browser.post(url, {"sprache": "de", "person_ids": both, "agreed_ids": both[:1]})
    assert refused.status_code == 422
    assert "jede erwachsene Person" in refused.content.decode()
    done = browser.post(url, {"sprache": "de", "person_ids": both, "agreed_ids": both})
    assert done["Content-Type"] == "application/pdf"


def test_the_sheet_of_another_unit_or_household_is_404(family, logged_in):
    household, people = family
    elsewhere = HouseholdFactory(unit=household.unit)
    browser = logged_in(Role.CLERK, household.unit)
    wrong = reverse("protection:person_sheet", args=[elsewhere.pk, people["mother"].pk])
    assert browser.get(wrong).status_code == 404
    stranger = logged_in(Role.CLERK, UnitFactory())
    assert stranger.get(reverse("protection:knows", args=[household.pk])).status_code == 404
    where = [household.pk, people["mother"].pk]
    assert stranger.get(reverse("protection:person_sheet", args=where)).status_code == 404
    assert stranger.post(reverse("protection:print_sheet", args=where)).status_code == 404


def test_categories_are_named_in_the_persons_language():
    assert sheet.categories_in("bg", ["address", "core"]) == "име и дата на раждане, адрес"
    assert "، " in sheet.categories_in("ar", list(Category.values))
