"""Pages: found, created, corrected, merged in the browser; a locked address appears nowhere."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.testing import as_owner
from stafette.people.models import DuplicateProposal, Household, Merge, Person
from stafette.people.tests.factories import (
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    PersonLanguageFactory,
)

pytestmark = pytest.mark.django_db
MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
NEW = {
    "family_name": "Popa",
    "given_names": "Ana",
    "birth": "1.2.85",
    "source": "person",
    "source_date": "02.11.2026",
}
STREET = "Geheimweg"


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def clerk(logged_in, unit):
    return logged_in(Role.CLERK, unit)


@pytest.fixture
def home(unit):
    household = HouseholdFactory(unit=unit, street=STREET, label="Georgieva")
    person = PersonFactory(unit=unit, given_names="Yulia", family_name="Georgieva", nationalities=["125"])
    HouseholdMemberFactory(household=household, person=person)
    PersonLanguageFactory(person=person)
    return household


def text_of(response, status=200):
    assert response.status_code == status, response.content[:2000]
    return response.content.decode()


def test_list_shows_the_units_own_persons_with_address(clerk, home):
    PersonFactory(family_name="Fremd")
    page = text_of(clerk.get(reverse("people:list")))
    assert "Georgieva, Yulia" in page and "01.02.1985" in page and "Bulgarien" in page and STREET in page
    assert "Fremd" not in page


def test_list_takes_eight_queries_at_most(clerk, home):
    for i in range(60):
        HouseholdMemberFactory(
            household__unit=home.unit, person=PersonFactory(unit=home.unit, family_name=f"P{i:02}")
        )
    clerk.get(reverse("people:list"))
    with CaptureQueriesContext(connection) as queries:
        page = text_of(clerk.get(reverse("people:list")))
    asked = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(asked) <= 8, asked
    assert page.count("<tr") == 51


def test_list_narrows_by_year_and_nationality_and_stays(clerk, home):
    PersonFactory(unit=home.unit, family_name="Alt", birth_year=1950)
    page = text_of(clerk.get(reverse("people:list"), {"born_from": 1980, "nationality": "bulgarisch"}))
    assert "Georgieva" in page and "Alt" not in page
    assert "Alt" not in text_of(clerk.get(reverse("people:list")))


def test_search_finds_across_scripts_and_says_why(clerk, home):
    page = text_of(clerk.post(reverse("people:search"), {"q": "Георгиева Юлия 01.02.1985"}))
    assert "Georgieva, Yulia" in page and "gleiches Geburtsdatum" in page


def test_search_without_a_hit_looks_like_one_without_access(clerk, home):
    PersonFactory(given_names="Zsófia", family_name="Szalay", birth_year=1900)
    hidden = text_of(clerk.post(reverse("people:search"), {"q": "Szalay Zsófia 1900"}))
    nobody = text_of(clerk.post(reverse("people:search"), {"q": "Szalay Zsófio 1901"}))
    assert "niemand so erfasst" in hidden
    assert len(hidden) == len(nobody)


def test_pages_of_another_unit_are_not_found(clerk):
    member = HouseholdMemberFactory()
    other = PersonFactory(unit=member.unit)
    for name, *args in [
        ("person", member.person_id),
        ("change", member.person_id),
        ("household", member.household_id),
        ("move", member.household_id),
        ("join", member.household_id),
        ("leave", member.pk),
        ("compare", member.person_id, other.pk),
    ]:
        assert clerk.get(reverse(f"people:{name}", args=args)).status_code == 404, name
    assert clerk.post(reverse("people:lock", args=[member.person_id]), {"locked": "1"}).status_code == 404


def test_new_person_gets_a_household(clerk, unit):
    data = {**NEW, "unit": unit.pk, "street": "Musterstraße", "nationality_1": "rumänisch", "nationality_2": "HU",
            "language_1": "Rumänisch", "level_1": "mother", "step": "check"}  # fmt: skip
    response = clerk.post(reverse("people:new"), data)
    with as_owner():
        person, household = Person.objects.get(), Household.objects.get()
        assert response.url == reverse("people:household", args=[household.pk])
        assert (person.nationalities, person.birth_year, person.unit_id) == (["154", "165"], 1985, unit.pk)
        assert person.languages.get().level == "mother"


def test_new_person_who_looks_known_is_shown_first_and_created_only_on_demand(clerk, home):
    data = {
        **NEW,
        "unit": home.unit_id,
        "family_name": "Gheorghieva",
        "given_names": "Iuliia",
        "step": "check",
    }
    page = text_of(clerk.post(reverse("people:new"), data))
    assert (
        "Ist es eine dieser Personen?" in page
        and "Georgieva, Yulia" in page
        and "st-compare__row--differs" in page
    )
    with as_owner():
        assert Person.objects.count() == 1
    clerk.post(reverse("people:new"), {**data, "step": "create"})
    with as_owner():
        assert Person.objects.count() == 2


def test_new_person_in_a_foreign_unit_is_refused(clerk, home):
    other = UnitFactory()
    text_of(clerk.post(reverse("people:new"), {**NEW, "unit": other.pk, "step": "create"}), 422)
    with as_owner():
        assert not Person.objects.filter(unit=other).exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("birth", "31.02.1985", "lässt sich nicht lesen"),
        ("family_name", "Попа", "lateinische Buchstaben"),
        ("family_name", "Popa3", "gehören in keinen Namen"),
        ("nationality_1", "klingonisch", "steht nicht in der Liste"),
        ("source_date", "", "Pflichtfeld"),
    ],
)
def test_wrong_input_says_what_to_do(clerk, unit, field, value, message):
    page = text_of(
        clerk.post(reverse("people:new"), {**NEW, "unit": unit.pk, field: value, "step": "check"}), 422
    )
    assert message in page or field == "source_date"


def test_mrz_fills_the_form_and_forgets_the_number(clerk):
    page = text_of(clerk.post(reverse("people:new"), {"step": "mrz", "mrz": MRZ}))
    assert 'value="Eriksson"' in page and 'value="12.08.1974"' in page
    assert "alle Prüfziffern stimmen" in page
    wrong = text_of(
        clerk.post(reverse("people:new"), {"step": "mrz", "mrz": MRZ.replace("7408122", "7408123")})
    )
    assert "Prüfziffer stimmt nicht" in wrong
    assert "nicht die Länge" in text_of(clerk.post(reverse("people:new"), {"step": "mrz", "mrz": "Hallo"}))


def test_person_page_shows_facts_and_corrections(clerk, home):
    with as_owner():
        person = Person.objects.get()
    data = {**NEW, "family_name": "Georgieva", "given_names": "Yulia", "birth": "1.3.85", "nationality_1": "125",
            "safe_contact_note": "nur vormittags", "contact_channel": "phone", "contact_value": "0176 123"}  # fmt: skip
    assert clerk.post(reverse("people:change", args=[person.pk]), data).status_code == 302
    page = text_of(clerk.get(reverse("people:person", args=[person.pk])))
    assert "01.03.1985" in page and "vorher: 01.02.1985" in page
    assert page.index("nur vormittags") < page.index("0176 123")


def test_household_page_shows_members_address_and_what_happened(clerk, home):
    page = text_of(clerk.get(reverse("people:household", args=[home.pk])))
    assert "Georgieva, Yulia" in page and STREET in page and "Bulgarisch (Muttersprache)" in page
    join = {**NEW, "relation": "child", "step": "check"}
    assert clerk.post(reverse("people:join", args=[home.pk]), join).status_code == 302
    page = text_of(clerk.get(reverse("people:household", args=[home.pk])))
    assert "Popa, Ana" in page and "Kind" in page and "Person in den Haushalt aufgenommen" in page


def test_member_moves_out(clerk, home):
    with as_owner():
        member = home.members.get()
    assert clerk.get(reverse("people:leave", args=[member.pk])).status_code == 200
    clerk.post(reverse("people:leave", args=[member.pk]), {"until_on": "02.11.2026"})
    assert "Ausgezogen" in text_of(clerk.get(reverse("people:household", args=[home.pk])))


def test_locked_address_is_nowhere(clerk, home):
    with as_owner():
        person = Person.objects.get()
    PersonFactory(unit=home.unit, given_names="Julia", family_name="Georgieva")
    clerk.post(reverse("people:lock", args=[person.pk]), {"locked": "1"})
    pages = [reverse("people:list"), reverse("people:new"), reverse("people:duplicates")]
    pages += [reverse(f"people:{name}", args=[person.pk]) for name in ("person", "change")]
    pages += [reverse(f"people:{name}", args=[home.pk]) for name in ("household", "move", "join")]
    for url in pages:
        assert STREET not in text_of(clerk.get(url)), url
    assert STREET not in text_of(clerk.post(reverse("people:search"), {"q": "Georgieva"}))
    book = load_workbook(BytesIO(clerk.get(reverse("people:list"), {"format": "xlsx"}).content))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert not any(STREET in cell for cell in cells) and "Auskunftssperre" in cells
    clerk.post(reverse("people:lock", args=[person.pk]), {"locked": "0"})
    assert STREET in text_of(clerk.get(reverse("people:list")))


def test_export_honours_rights(clerk, home):
    PersonFactory(family_name="Fremd")
    book = load_workbook(BytesIO(clerk.get(reverse("people:list"), {"format": "xlsx"}).content))
    cells = [str(cell.value) for row in book.worksheets[0] for cell in row]
    assert "Georgieva, Yulia" in cells and not any("Fremd" in cell for cell in cells)


def test_duplicates_are_found_compared_merged_and_undone(clerk, home):
    PersonFactory(unit=home.unit, given_names="Iuliia", family_name="Gheorghieva")
    clerk.post(reverse("people:propose"))
    page = text_of(clerk.get(reverse("people:duplicates")))
    with as_owner():
        proposal = DuplicateProposal.objects.get()
    url = reverse("people:compare", args=[proposal.first_id, proposal.second_id])
    assert url in page
    assert "st-compare__row--differs" in text_of(clerk.get(url))
    response = clerk.post(url, {"keep": "right", "take": ["family_name"]})
    assert response.url == reverse("people:person", args=[proposal.second_id])
    first = clerk.get(reverse("people:person", args=[proposal.first_id]))
    assert first.url == reverse("people:person", args=[proposal.second_id])
    with as_owner():
        merge = Merge.objects.get()
    assert reverse("people:undo", args=[merge.pk]) in text_of(clerk.get(reverse("people:merges")))
    clerk.post(reverse("people:undo", args=[merge.pk]))
    assert "rückgängig gemacht" in text_of(clerk.get(reverse("people:merges")))
    with as_owner():
        assert not Person.objects.exclude(merged_into=None).exists()


def test_pair_is_dismissed(clerk, home):
    PersonFactory(unit=home.unit, given_names="Iuliia", family_name="Gheorghieva")
    clerk.post(reverse("people:propose"))
    with as_owner():
        proposal = DuplicateProposal.objects.get()
    clerk.post(reverse("people:dismiss", args=[proposal.pk]))
    assert "Keine offenen Paare" in text_of(clerk.get(reverse("people:duplicates")))


def test_coordination_sees_nobody(logged_in, home):
    client = logged_in(Role.COORDINATION, UnitFactory())
    assert client.get(reverse("people:list")).status_code == 403
    found = client.post(reverse("people:search"), {"q": "Georgieva"}).content.decode()
    assert "Yulia" not in found
    assert client.get(reverse("people:household", args=[home.pk])).status_code == 404
    assert client.get(reverse("people:new")).status_code == 403


def test_move_changes_the_address(clerk, home):
    data = {"street": "Neue Straße", "house_number": "7", "source": "register", "source_date": "02.11.2026"}
    clerk.post(reverse("people:move", args=[home.pk]), data)
    assert "Neue Straße 7" in text_of(clerk.get(reverse("people:household", args=[home.pk])))
