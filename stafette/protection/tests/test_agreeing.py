"""The pages: agree in two languages at the counter, print, renew, withdraw anywhere."""

import json

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.clock import now, travel
from stafette.kernel.ids import new_id
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.protection.models import Consent, WithdrawalNote
from stafette.protection.numbers import new_number
from stafette.protection.tests.factories import ConsentFactory
from stafette.web.sheets import LANGUAGES


@pytest.fixture
def family(db):
    household = HouseholdFactory(unit=UnitFactory(kind="CL"))
    person = PersonFactory(unit=household.unit, contact_language="ar")
    HouseholdMemberFactory(household=household, person=person)
    return household, person


@pytest.fixture
def clerk(logged_in, family):
    return logged_in(Role.CLERK, family[0].unit)


def url(name, *args):
    return reverse(f"protection:{name}", args=args)


def answers(family, **changed):
    return {
        "categories": ["core"],
        "purpose": "Deutsch lernen",
        "person_ids": [str(family[1].pk)],
        "language": "ar",
        "form": "written",
        "key": str(new_id()),
    } | changed


def test_the_text_is_read_in_german_and_from_right_to_left(clerk, family):
    page = clerk.get(url("agree", family[0].pk, "data")).content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert "الموافقة على نقل البيانات" in page
    assert "Einwilligung in die Weitergabe von Angaben" in page
    assert "Vorschlag Stafette" in page


def test_one_form_makes_one_consent_per_receiver_and_a_second_click_none(clerk, family):
    first, second = UnitFactory(kind="AS"), UnitFactory(kind="NB")
    data = answers(family, receiver_ids=[str(first.pk), str(second.pk)], names="Praxis am Markt\n")
    for _click in range(2):
        answer = clerk.post(url("agree", family[0].pk, "data"), data)
        assert answer.status_code == 302
    with as_owner():
        found = list(Consent.objects.order_by("id"))
    assert [one.receiver_id for one in found] == [first.pk, second.pk, None]
    assert {one.language for one in found} == {"ar"}
    page = clerk.get(answer["Location"]).content.decode()
    assert "Praxis am Markt" in page
    assert found[0].number in page


def test_nobody_is_offered_where_no_rule_opens_a_way(clerk, family):
    open_way, closed_way = UnitFactory(kind="AS"), UnitFactory(kind="GA")
    page = clerk.get(url("agree", family[0].pk, "data")).content.decode()
    assert str(open_way.pk) in page
    assert str(closed_way.pk) not in page


@pytest.mark.parametrize("kind", ["extra", "secrecy", "conference", "visit", "matching", "mentoring"])
def test_every_kind_has_its_page_and_its_own_boxes(clerk, family, kind):
    boxes = {"secrecy": "tell", "visit": "photo", "matching": "size", "mentoring": "first_name"}
    data = answers(family, categories=[boxes.get(kind, "work")], topic="Schulbesuch", names="Frau Muster")
    assert clerk.get(url("agree", family[0].pk, kind)).status_code == 200
    assert clerk.post(url("agree", family[0].pk, kind), data).status_code == 302
    with as_owner():
        consent = Consent.objects.get()
    assert consent.kind == kind
    assert (consent.receiver_id == family[0].unit_id) == (kind == "extra")
    assert clerk.get(url("consent", consent.pk)).status_code == 200
    assert clerk.get(url("signed", consent.pk, "uk"))["Content-Type"] == "application/pdf"


def test_a_form_without_ticks_says_what_is_missing(clerk, family):
    answer = clerk.post(url("agree", family[0].pk, "data"), answers(family, categories=[]))
    assert answer.status_code == 422
    with as_owner():
        assert not Consent.objects.exists()


def test_an_unknown_kind_is_no_page(clerk, family):
    assert clerk.get(url("agree", family[0].pk, "alles")).status_code == 404


def test_the_receipt_is_a_sheet_and_a_record(clerk, family):
    consent = ConsentFactory(household=family[0], language="ar")
    sheet = clerk.get(url("receipt", consent.pk))
    assert sheet["Content-Type"] == "application/pdf"
    assert consent.number in sheet["Content-Disposition"]
    record = json.loads(clerk.get(url("receipt_record", consent.pk)).content)
    assert record["record"]["consent_number"] == consent.number


def test_renewing_is_one_step(clerk, family):
    consent = ConsentFactory(household=family[0])
    with as_owner():
        consent.people.create(unit=consent.unit, person=family[1], part="subject")
    answer = clerk.post(url("renew", consent.pk), {"form": "written", "key": str(new_id())})
    assert answer.status_code == 302
    with as_owner():
        assert Consent.objects.get(renews=consent).expires_on > consent.given_on


def test_renewing_by_word_without_witness_is_refused_in_words(clerk, family):
    consent = ConsentFactory(household=family[0])
    with as_owner():
        consent.people.create(unit=consent.unit, person=family[1], part="subject")
    answer = clerk.post(url("renew", consent.pk), {"form": "spoken"})
    assert answer.status_code in (409, 422)
    assert "bezeugt" in answer.content.decode()


def test_withdrawal_says_who_and_how(clerk, family):
    consent = ConsentFactory(household=family[0])
    clerk.post(url("withdraw", consent.pk), {"said_by": "guardian", "form": "written"})
    with as_owner():
        found = Consent.objects.get()
    assert (found.withdrawal_by, found.withdrawal_form) == ("guardian", "written")
    assert found.withdrawal_taken_by_id == clerk.user.pk


def test_any_unit_gets_the_same_answer_for_every_number(logged_in, family):
    browser = logged_in(Role.COUNTER, UnitFactory())
    consent = ConsentFactory(household=family[0])
    known, unknown = consent.number, new_number()
    pages = []
    for number in (known, unknown):
        data = {"number": number, "said_by": "person", "form": "spoken", "language": "tr"}
        answer = browser.post(url("withdraw_by_number"), data, follow=True)
        page = answer.content.decode()
        pages.append(page[page.index("<h1") : page.index("</main>")].replace(number, "N"))
        with as_owner():
            note = WithdrawalNote.objects.get(number=number)
        assert browser.get(url("withdrawal_receipt", note.pk))["Content-Type"] == "application/pdf"
    first, second = ("".join(line for line in page.splitlines() if "widerruf/" not in line) for page in pages)
    assert first == second
    assert browser.get(url("consent", consent.pk)).status_code == 404


def test_a_slip_of_the_finger_is_told_at_once(clerk):
    answer = clerk.post(url("withdraw_by_number"), {"number": "E-AAA-AAA-AAA", "language": "de"})
    assert answer.status_code == 422
    assert "Tippfehler" in answer.content.decode()
    with as_owner():
        assert not WithdrawalNote.objects.exists()


def test_nobody_tries_numbers_by_the_dozen(clerk):
    with travel(now().replace(second=1)):
        statuses = [
            clerk.post(url("withdraw_by_number"), {"number": new_number(), "language": "de"}).status_code
            for _try in range(12)
        ]
    assert statuses == [302] * 10 + [429] * 2


def test_a_note_of_another_unit_does_not_exist(clerk, logged_in):
    note_page = clerk.post(url("withdraw_by_number"), {"number": new_number(), "language": "de"})["Location"]
    assert clerk.get(note_page).status_code == 200
    assert logged_in(Role.CLERK, UnitFactory()).get(note_page).status_code == 404


def test_the_list_shows_what_runs_out_and_nothing_of_others(clerk, family):
    own, other = ConsentFactory(household=family[0]), ConsentFactory()
    page = clerk.get(url("consents")).content.decode()
    assert own.number in page
    assert other.number not in page
    narrowed = clerk.get(url("consents"), {"state": "withdrawn"}, follow=True).content.decode()
    assert own.number not in narrowed


@pytest.mark.parametrize("language", ["de", "ar"])
def test_forms_are_printed_blank_and_filled(clerk, family, language):
    assert clerk.get(url("paper", "secrecy", language))["Content-Type"] == "application/pdf"
    assert clerk.get(url("filled", family[0].pk, "data", language))["Content-Type"] == "application/pdf"
    chosen = clerk.get(url("choose", family[0].pk), {"blatt": "data", "sprache": language})
    assert chosen["Location"] == url("filled", family[0].pk, "data", language)


def test_what_is_no_form_and_no_language_is_no_page(clerk, family):
    assert clerk.get(url("paper", "alles", "de")).status_code == 404
    assert clerk.get(url("paper", "data", "fr")).status_code == 404
    assert clerk.get(url("choose", family[0].pk), {"blatt": "x"}).status_code == 404


def test_all_forms_stand_on_one_page(clerk):
    page = clerk.get(url("papers")).content.decode()
    assert page.count("formulare/") >= 10 * len(LANGUAGES)


@pytest.mark.parametrize("name", ["receipt", "receipt_record", "renew"])
def test_nothing_of_it_exists_for_another_unit(logged_in, family, name):
    consent = ConsentFactory(household=family[0])
    browser = logged_in(Role.CLERK, UnitFactory())
    call = browser.post if name == "renew" else browser.get
    assert call(url(name, consent.pk)).status_code == 404
    assert browser.get(url("filled", family[0].pk, "data", "de")).status_code == 404
    assert browser.get(url("agree", family[0].pk, "data")).status_code == 404
