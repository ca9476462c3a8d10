"""Pages of the room: what stands on them, who may open them, what is kept."""

import re

import pytest

from stafette.accounts.models import FindingKind
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.intake.models import Answer, Interview, ShortContact
from stafette.intake.tests.factories import (
    FormVersionFactory,
    InterviewFactory,
    ParticipantFactory,
    ShortContactFactory,
)
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory

WORDS = {
    "en": "Since when have you been in Germany?",
    "bg": "Откога сте в Германия?",
    "ro": "De când sunteți în Germania?",
    "pl": "Od kiedy jest Pan/Pani w Niemczech?",
}


@pytest.fixture
def unit(db):
    return FormVersionFactory().unit


@pytest.fixture
def clerk(logged_in, unit):
    return logged_in(Role.CLERK, unit)


@pytest.fixture
def talk(unit):
    """A running talk with a mother and a child of eleven."""
    interview = InterviewFactory(unit=unit)
    mother = ParticipantFactory(interview=interview, person__given_names="Maria")
    child = ParticipantFactory(
        interview=interview, role="child", person__given_names="Petar",
        person__birth_year=2015, person__birth_month=3, person__birth_day=1,
    )  # fmt: skip
    for one in (mother, child):
        HouseholdMemberFactory(household=interview.household, person=one.person)
    interview.mother, interview.child = mother, child
    return interview


def filled(page):
    """Every field of the form as the browser would send it back."""
    html = page.content.decode()
    html = html[html.index('<form id="talk"') :]
    sent = {}
    for tag in re.findall(r"<input[^>]+>", html):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if at.get("type") in ("radio", "checkbox"):
            if " checked" in tag:
                sent.setdefault(at["name"], []).append(at.get("value", "on"))
        elif "name" in at:
            sent[at["name"]] = at.get("value", "")
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', html, re.S):
        chosen = re.findall(r'value="([^"]*)" selected', body)
        sent[name] = chosen[0] if chosen else ""
    return sent


def answers(interview):
    with as_owner():
        return {
            (a.question, a.participant_id): (a.status, a.value)
            for a in Answer.objects.filter(interview=interview)
        }


@pytest.mark.parametrize("language", WORDS)
def test_talk_shows_german_and_the_persons_language_side_by_side(clerk, talk, language):
    with as_owner():
        Interview.objects.filter(pk=talk.pk).update(language=language)

    html = clerk.get(f"/gespraeche/{talk.pk}/").content.decode()

    assert "Seit wann sind Sie in Deutschland?" in html
    assert f'<p lang="{language}" class="st-other">{WORDS[language]}</p>' in html


def test_language_without_wording_shows_english_and_says_so(clerk, talk):
    with as_owner():
        Interview.objects.filter(pk=talk.pk).update(language="tr")

    html = clerk.get(f"/gespraeche/{talk.pk}/").content.decode()

    assert f'<p lang="en" class="st-other">{WORDS["en"]}</p>' in html and "englische Wortlaut" in html


def test_talk_in_german_shows_each_wording_once(clerk, talk):
    with as_owner():
        Interview.objects.filter(pk=talk.pk).update(language="de")

    html = clerk.get(f"/gespraeche/{talk.pk}/").content.decode()

    assert html.count("Seit wann sind Sie in Deutschland?") == 1


def test_talk_asks_adults_and_children_what_concerns_them(clerk, talk):
    html = clerk.get(f"/gespraeche/{talk.pk}/").content.decode()

    assert (
        f'name="work_status.{talk.mother.pk}"' in html and f'name="work_status.{talk.child.pk}"' not in html
    )
    assert f'name="school_place.{talk.child.pk}"' in html and f'name="kita_place.{talk.child.pk}"' not in html
    assert f'name="insured.{talk.mother.pk}"' in html and f'name="insured.{talk.child.pk}"' in html


def test_every_field_has_a_name_and_nothing_breaks_the_tab_order(clerk, talk):
    html = clerk.get(f"/gespraeche/{talk.pk}/").content.decode()
    html = html[html.index('<form id="talk"') :]
    ids = re.findall(r' id="([^"]+)"', html)

    assert "tabindex" not in html and "accesskey" not in html
    assert len(ids) == len(set(ids))
    for tag in re.findall(r"<(?:input|select)[^>]+>", html):
        if 'type="hidden"' in tag:
            continue
        field_id = re.search(r' id="([^"]+)"', tag).group(1)
        pointed = re.search(r'aria-labelledby="([^"]+)"', tag)
        assert f'for="{field_id}"' in html or all(part in ids for part in pointed.group(1).split()), tag
    for block in "ABCDEFGHIJ":
        assert f'id="block-{block}"' in html, block


def test_talk_is_saved_and_reads_back_the_same(clerk, talk):
    sent = filled(clerk.get(f"/gespraeche/{talk.pk}/"))
    sent |= {
        "rooms.h": "2", "area_m2.h": "48,5", "arrived_on.h": "1.11.2026", "rent_eur.h.declined": "on",
        f"work_status.{talk.mother.pk}": "seeking", f"insured.{talk.child.pk}": "-declined-",
        "advice_topics.h": ["work", "housing"], "handouts": ["arrival_folder"], "outlook": "long", "step": "save",
    }  # fmt: skip

    saved = clerk.post(f"/gespraeche/{talk.pk}/", sent, follow=True)

    assert saved.redirect_chain[-1][0] == f"/gespraeche/{talk.pk}/"
    found = answers(talk)
    assert found["rooms", None] == ("answered", 2) and found["area_m2", None] == ("answered", 48.5)
    assert found["arrived_on", None] == ("answered", "2026-11-01")
    assert found["rent_eur", None] == ("declined", None)
    assert found["insured", talk.child.pk] == ("declined", None)
    assert found["advice_topics", None] == ("answered", ["work", "housing"])
    again = filled(saved)
    assert again["area_m2.h"] == "48,5" and again["rent_eur.h.declined"] == ["on"]
    assert again["handouts"] == ["arrival_folder"] and again["outlook"] == ["long"]


def test_autosave_keeps_what_can_be_read_and_is_idempotent(clerk, talk):
    sent = filled(clerk.get(f"/gespraeche/{talk.pk}/")) | {
        "rooms.h": "3",
        "area_m2.h": "viel",
        "arrived_on.h": "12.1",
    }

    for _ in range(2):
        assert clerk.post(f"/gespraeche/{talk.pk}/", sent, headers={"X-Autosave": "1"}).status_code == 204

    assert answers(talk) == {("rooms", None): ("answered", 3)}


def test_saving_with_an_error_says_where_and_shows_what_was_typed(clerk, talk):
    sent = filled(clerk.get(f"/gespraeche/{talk.pk}/")) | {
        "rooms.h": "3",
        "area_m2.h": "viel",
        "step": "finish",
    }

    page = clerk.post(f"/gespraeche/{talk.pk}/", sent)

    assert page.status_code == 422
    html = page.content.decode()
    assert "Geben Sie eine Zahl ein" in html and 'value="viel"' in html and 'value="3"' in html
    with as_owner():
        assert Interview.objects.get(pk=talk.pk).state == "draft"


def test_answer_together_with_declined_is_refused(clerk, talk):
    sent = filled(clerk.get(f"/gespraeche/{talk.pk}/")) | {"rooms.h": "3", "rooms.h.declined": "on"}

    page = clerk.post(f"/gespraeche/{talk.pk}/", sent)

    assert page.status_code == 422 and "nehmen Sie eines weg" in page.content.decode()


def test_draft_survives_the_end_of_the_session(clerk, talk, client, logged_in):
    sent = filled(clerk.get(f"/gespraeche/{talk.pk}/")) | {"rooms.h": "3"}
    clerk.post(f"/gespraeche/{talk.pk}/", sent, headers={"X-Autosave": "1"})
    user = clerk.user
    clerk.logout()
    assert clerk.get(f"/gespraeche/{talk.pk}/").status_code == 302

    clerk.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert filled(clerk.get(f"/gespraeche/{talk.pk}/"))["rooms.h"] == "3"


def test_finishing_leads_to_what_follows(clerk, talk):
    with as_owner():
        FindingKind.objects.create(code="child_without_school_place", label="Kind ohne Schulplatz")
    sent = filled(clerk.get(f"/gespraeche/{talk.pk}/")) | {
        f"school_place.{talk.child.pk}": "no",
        "step": "finish",
    }

    page = clerk.post(f"/gespraeche/{talk.pk}/", sent, follow=True)

    html = page.content.decode()
    assert page.redirect_chain[-1][0] == f"/gespraeche/{talk.pk}/folgen/"
    assert "Kind ohne Schulplatz" in html and "Petar" in html and "Kein Schulplatz. Schulpflichtig" in html
    assert "1 Punkt ist zu entscheiden" in html and "/verwerfen/" in html
    assert "SchulG LSA" in html


def test_ended_talk_shows_answers_and_declined_but_no_form(clerk, talk):
    sent = filled(clerk.get(f"/gespraeche/{talk.pk}/")) | {"rooms.h": "3", "rent_eur.h.declined": "on"}
    clerk.post(f"/gespraeche/{talk.pk}/", sent)
    clerk.post(f"/gespraeche/{talk.pk}/abbrechen/")

    html = clerk.get(f"/gespraeche/{talk.pk}/").content.decode()

    assert "keine Angabe" in html and "Wie viele Zimmer" in html and 'id="talk"' not in html
    assert clerk.post(f"/gespraeche/{talk.pk}/wieder-oeffnen/").status_code == 302
    assert filled(clerk.get(f"/gespraeche/{talk.pk}/"))["rooms.h"] == "3"


def test_saving_into_an_ended_talk_is_refused_aloud(clerk, talk):
    sent = filled(clerk.get(f"/gespraeche/{talk.pk}/")) | {"rooms.h": "3"}
    clerk.post(f"/gespraeche/{talk.pk}/abbrechen/")

    assert clerk.post(f"/gespraeche/{talk.pk}/", sent, headers={"X-Autosave": "1"}).status_code == 409
    assert clerk.post(f"/gespraeche/{talk.pk}/", sent).status_code == 409
    assert answers(talk) == {}


def test_start_explains_first_and_presets_no_consent(clerk, unit):
    household = HouseholdFactory(unit=unit)
    person = PersonFactory(unit=unit, contact_language="ro")
    HouseholdMemberFactory(household=household, person=person)

    html = clerk.get(f"/gespraeche/neu/?household={household.pk}").content.decode()

    assert "Dieses Gespräch ist freiwillig" in html and "Această discuție este voluntară" in html
    assert not re.search(r'name="agreed"[^>]* checked', html)
    sent = {"persons": [str(person.pk)], "language": "ro", "interpreting": "phone", "document_check": "ok"}
    refused = clerk.post(f"/gespraeche/neu/?household={household.pk}", sent)
    assert refused.status_code == 422 and "einverstanden" in refused.content.decode()

    started = clerk.post(f"/gespraeche/neu/?household={household.pk}", {**sent, "agreed": "yes"})
    with as_owner():
        interview = Interview.objects.get()
    assert started["Location"] == f"/gespraeche/{interview.pk}/"
    assert (
        clerk.get(f"/gespraeche/neu/?household={household.pk}")["Location"] == f"/gespraeche/{interview.pk}/"
    )


def test_explanation_follows_the_chosen_language(clerk, unit):
    household = HouseholdFactory(unit=unit)
    HouseholdMemberFactory(household=household, person=PersonFactory(unit=unit, contact_language="ro"))
    address = f"/gespraeche/neu/?household={household.pk}&language=pl"

    partial = clerk.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "Ta rozmowa jest dobrowolna" in partial and "<html" not in partial
    page = clerk.get(address).content.decode()
    assert re.sub(r"\s+", " ", partial.partition("#}")[2] or partial).strip() in re.sub(r"\s+", " ", page)


def test_household_page_shows_its_talks_to_those_who_hold_them(clerk, talk, logged_in, unit):
    path = f"/haushalte/{talk.household_id}/"

    assert f"/gespraeche/{talk.pk}/" in clerk.get(path).content.decode()
    assert f"/gespraeche/{talk.pk}/" not in logged_in(Role.SCHOOL, unit).get(path).content.decode()


def test_start_without_household_searches_first(clerk, unit):
    household = HouseholdFactory(unit=unit)
    person = PersonFactory(unit=unit, given_names="Elena", family_name="Dimitrova")
    HouseholdMemberFactory(household=household, person=person)

    html = clerk.post("/gespraeche/neu/", {"q": "Dimitrowa"}).content.decode()

    assert "Dimitrova, Elena" in html and f"/gespraeche/neu/?household={household.pk}" in html


def test_member_joins_from_the_page(clerk, talk, unit):
    person = PersonFactory(unit=unit, given_names="Ivan")
    HouseholdMemberFactory(household=talk.household, person=person)
    assert "Ivan dazunehmen" in clerk.get(f"/gespraeche/{talk.pk}/").content.decode()

    clerk.post(f"/gespraeche/{talk.pk}/dazu/", {"person": str(person.pk)})

    html = clerk.get(f"/gespraeche/{talk.pk}/").content.decode()
    assert "Ivan dazunehmen" not in html and html.count("insured.") > 3


def test_talk_of_another_unit_does_not_exist(clerk):
    other = InterviewFactory()

    for path in ("", "folgen/"):
        assert clerk.get(f"/gespraeche/{other.pk}/{path}").status_code == 404
    for path in ("dazu/", "einverstanden/", "abgelehnt/", "abbrechen/", "wieder-oeffnen/"):
        assert clerk.post(f"/gespraeche/{other.pk}/{path}", {"person": str(other.pk)}).status_code == 404


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.SCHOOL, Role.TECHNICAL, Role.COORDINATION, Role.HEAD])
def test_other_roles_see_no_talk(logged_in, talk, unit, role):
    client = logged_in(role, unit)

    assert client.get(f"/gespraeche/{talk.pk}/").status_code == 404
    assert client.get("/gespraeche/neu/").status_code == 403
    assert client.get("/gespraeche/kurzkontakt/").status_code == 403
    assert talk.household.label not in client.get("/gespraeche/").content.decode()


def test_list_filters_by_state_and_keeps_the_filter(clerk, talk):
    assert talk.household.label in clerk.get("/gespraeche/").content.decode()

    assert talk.household.label not in clerk.get("/gespraeche/?state=finished").content.decode()
    assert talk.household.label not in clerk.get("/gespraeche/").content.decode()
    assert clerk.get("/gespraeche/?format=xlsx")["Content-Type"].endswith("sheet")


def test_list_swapped_into_the_old_page_equals_the_new_page(clerk, talk):
    page = clerk.get("/gespraeche/?state=draft").content.decode()
    partial = clerk.get("/gespraeche/?state=draft", headers={"HX-Request": "true"}).content.decode()

    found = re.search(r'<section id="list".*?</section>', page, re.S).group(0)
    assert found.strip() == re.search(r'<section id="list".*?</section>', partial, re.S).group(0).strip()
    assert "<html" not in partial


def contact_form(page):
    html = page.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', html).group(1) for name in ("once", "unit")}


def test_contact_takes_two_choices_and_shows_todays_count(clerk, unit):
    page = clerk.get("/gespraeche/kurzkontakt/")
    preset = re.findall(r'name="(\w+)" value="(\w*)"[^>]* checked', page.content.decode())
    assert ("channel", "counter") in preset and ("result", "answered") in preset

    sent = {
        "topics": ["work", "school"],
        "result": "answered",
        "channel": "counter",
        "language": "bg",
        **contact_form(page),
    }
    for _ in range(2):
        counted = clerk.post("/gespraeche/kurzkontakt/", sent, follow=True)

    html = counted.content.decode()
    with as_owner():
        contact = ShortContact.objects.get()
    assert contact.topics == ["school", "work"] and contact.unit_id == unit.pk
    assert "Grundlage: 1 Kontakt." in html and "Letzten zurücknehmen" in html
    assert f"/gespraeche/neu/?contact={contact.pk}" in html
    assert ("result", "answered") in re.findall(r'name="(\w+)" value="(\w*)"[^>]* checked', html)


def test_contact_without_topic_says_what_is_missing(clerk, unit):
    page = clerk.post("/gespraeche/kurzkontakt/", {"result": "answered", "channel": "counter"})

    assert page.status_code == 422 and "mindestens ein Thema" in page.content.decode()


def test_contact_is_taken_back(clerk, unit):
    contact = ShortContactFactory(unit=unit)

    assert clerk.post(f"/gespraeche/kurzkontakt/{contact.pk}/zuruecknehmen/").status_code == 302
    assert clerk.post(f"/gespraeche/kurzkontakt/{contact.pk}/zuruecknehmen/").status_code == 404
    assert clerk.post(f"/gespraeche/kurzkontakt/{ShortContactFactory().pk}/zuruecknehmen/").status_code == 404


def test_counter_counts_only_its_own_contacts(logged_in, unit):
    ShortContactFactory(unit=UnitFactory())
    ShortContactFactory(unit=unit, state="undone", ended_at="2026-01-01T10:00+01:00")

    html = logged_in(Role.COUNTER, unit).get("/gespraeche/kurzkontakt/").content.decode()

    assert "Grundlage" not in html
