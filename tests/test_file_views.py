"""Every view that hands out a file: one with names is in the log of disclosures, or here stands why it has none."""

import ast
import io
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from stafette.accounts.roles import Role
from stafette.arrivals.tests.factories import ArrivalFactory
from stafette.kernel.testing import as_owner
from stafette.protection.data import Channel
from stafette.protection.models import Disclosure, DisclosurePerson
from stafette.referrals.tests.factories import make_town

ROOT = Path(__file__).parents[1]
HANDS_OUT = {"file_response", "Content-Disposition"}
LOGS = {"log_own", "log_letter", "log_disclosure", "hand_out_sheet"}
NAMELESS = {
    "blueprints/views.py:export": "the blueprint: units, routes, texts",
    "directory/views/exchange.py:exchange_file": "the directory: services and where to reach them",
    "directory/views/tables.py:export": "the directory: services and where to reach them",
    "evaluation/views.py:": "counts of contacts, which know no person",
    "intake/views/counter.py:paper": "cards and sheets, made without any case data",
    "materials/views/aids.py:aid_file": "what somebody put in for everybody who works here",
    "materials/views/folders.py:print_folder": "published sheets",
    "materials/views/texts.py:print_sheet": "a published sheet",
    "notices/views/child.py:consultation": "the case without names, for the expert (§ 64(2a) SGB VIII)",
    "oversight/views/breaches.py:letter": "a letter without names, to be copied",
    "oversight/views/breaches.py:notification": "numbers and kinds of data, for the authority (Art. 33 GDPR)",
    "partners/views/agreements.py:week_file": "organisations and desks, and no case",
    "portal/public.py:_response": "what anybody may read",
    "protection/views/agreeing.py:withdrawal_receipt": "number and day, neither who nor what",
    "protection/views/papers.py:_printed": "the form itself; who fills it in logs it: `filled`, `signed`",
    "protection/views/rules.py:used_export": "codes and counts",
    "reports/views.py:": "what is configured, not who",
    "steering/views.py:export": "figures under the limit for small counts",
    "web/lists.py:_export": "every list tells web.exports, shown below",
    "web/responses.py:file_response": "the one place that makes the answer",
}


def views():
    """Yield each function of ours that makes a file, with its source."""
    for path in sorted((ROOT / "stafette").rglob("*.py")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if not any(word in text for word in HANDS_OUT):
            continue
        for node in ast.parse(text).body:
            source = ast.unparse(node)
            if isinstance(node, ast.FunctionDef) and any(word in source for word in HANDS_OUT):
                yield f"{path.relative_to(ROOT / 'stafette')}:{node.name}", source


FOUND = dict(views())


@pytest.mark.parametrize("name", FOUND)
def test_a_file_with_names_is_logged(name):
    called = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(ast.parse(FOUND[name]))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    excused = any(name.startswith(one) for one in NAMELESS)
    assert excused or called & LOGS, (
        f"{name} hands out a file: call stafette.protection.commands.own.log_letter (for the person itself) or "
        "log_own (Channel.PRINT, EXPORT) before, or say in NAMELESS why no name is in it"
    )
    assert not (excused and called & LOGS), f"{name} logs what NAMELESS says to hold no names"


def test_nothing_is_excused_that_is_gone():
    assert [one for one in NAMELESS if not any(name.startswith(one) for name in FOUND)] == []


LISTS = (
    *("people:list", "arrivals:index", "intake:list", "referrals:list"),
    *("referrals:tasks", "referrals:follow_ups", "partners:requests"),
)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_about_people_leaves_an_entry_with_who_and_how_many(logged_in, name):
    town = make_town()
    browser = logged_in(Role.CLERK, town.clearing)
    answer = browser.get(reverse(name) + "?format=xlsx")
    assert answer.status_code == 200
    rows = load_workbook(io.BytesIO(answer.content)).worksheets[0].max_row - 1
    with as_owner():
        logged = list(Disclosure.objects.filter(kind=Channel.EXPORT))
    assert [row.person_count for row in logged] == ([rows] if rows else [])
    if rows:
        (entry,) = logged
        assert (entry.unit_id, entry.receiver_id) == (town.clearing.pk, town.clearing.pk)
        assert (entry.rule, entry.is_internal) == ("E01", True)
        assert entry.actor_label


def test_the_list_of_persons_really_holds_rows(logged_in):
    town = make_town()
    logged_in(Role.CLERK, town.clearing).get(reverse("people:list") + "?format=xlsx")
    with as_owner():
        entry = Disclosure.objects.get(kind=Channel.EXPORT)
    assert entry.person_count >= 2
    assert entry.reference == "XLSX personen"


def test_no_entry_no_file(logged_in, monkeypatch):
    town = make_town()

    def broken(**_kwargs):
        raise RuntimeError("the log is full")

    monkeypatch.setattr("stafette.protection.exports.log_own", broken)
    browser = logged_in(Role.CLERK, town.clearing)
    with pytest.raises(RuntimeError):
        browser.get(reverse("people:list") + "?format=xlsx")


def test_an_invitation_is_logged_with_whom_it_goes_to(logged_in):
    town = make_town()
    arrival = ArrivalFactory(household=town.household, unit=town.clearing)
    browser = logged_in(Role.CLERK, town.clearing)
    assert browser.get(reverse("arrivals:letter", args=[arrival.pk])).status_code == 200
    with as_owner():
        entry = Disclosure.objects.get(kind=Channel.LETTER)
        people = set(DisclosurePerson.objects.filter(disclosure=entry).values_list("person_id", flat=True))
    assert (entry.rule, entry.household_id) == ("E02", town.household.pk)
    assert people == {town.mother.pk, town.child.pk}
    assert entry.receiver_name == "die Person selbst"
