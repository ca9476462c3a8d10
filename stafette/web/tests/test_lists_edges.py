"""Lists at their edges: empty values, columns of other tables, several values, marks that somebody made up."""

import base64
import json
from datetime import date
from uuid import UUID

import pytest
from django import forms
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from stafette.accounts.models import Unit
from stafette.accounts.tests.factories import AuthorityFactory, UnitFactory
from stafette.kernel.actor import NOBODY
from stafette.web import lists
from stafette.web.lists import Column, ListSpec, show_list


class KindsFilter(forms.Form):
    kind = forms.MultipleChoiceField(required=False, choices=[("CL", "Clearing"), ("WK", "Wohnraum")])


SPEC = ListSpec(
    name="kanten",
    title="Kanten",
    order="starts_on",
    columns=(
        Column("start", "Beginn", lambda unit: unit.starts_on, sort="starts_on"),
        Column("authority", "Behörde", lambda unit: unit.authority.name, sort="authority__name"),
        Column("successor", "Nachfolge", lambda unit: unit.successor_id, sort="successor__name"),
    ),
    filters=KindsFilter,
    apply=lambda rows, values: rows.filter(kind__in=values["kind"]) if values["kind"] else rows,
)


@pytest.fixture
def ask(db):
    session = SessionStore()

    def ask(query=""):
        request = RequestFactory().get(f"/liste/{query}")
        request.session, request.htmx, request.actor = session, HtmxDetails(request), NOBODY
        seen = {}
        original, lists.page_or_partial = lists.page_or_partial, lambda r, p, q, context: seen.update(context)
        try:
            show_list(request, SPEC, Unit.objects.all())
        finally:
            lists.page_or_partial = original
        return seen

    ask.session = session
    return ask


@pytest.fixture
def many(db):
    """130 units; half of them without a day of start, some with a successor, authorities with one name."""
    authorities = [AuthorityFactory(name=name) for name in ("Ärzte", "Ärzte", "Ämter", "Żary")]
    first = UnitFactory(name="Nachfolgerin", authority=authorities[0])
    return [first] + [
        UnitFactory(
            authority=authorities[number % 4],
            starts_on=date(2026, 1, 1 + number % 3) if number % 2 else None,
            successor=first if number % 5 == 0 else None,
        )
        for number in range(129)
    ]


def walk(ask, sort):
    forth, context = [], ask(f"?sort={sort}")
    while True:
        forth.append([cells[0].text for cells in context["rows"]])
        if not context["next_url"]:
            break
        context = ask(context["next_url"])
    back = []
    while context["previous_url"]:
        context = ask(context["previous_url"])
        back.insert(0, [cells[0].text for cells in context["rows"]])
    return forth, back


@pytest.mark.parametrize(
    "sort",
    ["starts_on", "-starts_on", "authority__name", "-authority__name", "successor__name", "-successor__name"],
)
def test_no_row_is_lost_where_values_are_empty_or_stand_in_another_table(ask, many, sort):
    forth, back = walk(ask, sort)
    assert sum(map(len, forth)) == len(many)
    assert back == forth[:-1]
    expected = Unit.objects.order_by(sort, "-pk" if sort.startswith("-") else "pk")
    assert [day for page in forth for day in page] == [unit.starts_on for unit in expected]


@pytest.mark.parametrize(
    "mark",
    [
        "kaputt",
        "%00",
        str(UUID(int=5)),
        base64.urlsafe_b64encode(json.dumps(["\x00", 5]).encode()).decode(),
        base64.urlsafe_b64encode(json.dumps(["2026-01-01", str(UUID(int=5))]).encode()).decode(),
    ],
)
def test_a_mark_that_somebody_made_up_leads_to_the_first_page(ask, many, mark):
    assert len(ask(f"?nach={mark}")["rows"]) == 50


def test_a_filter_of_several_values_takes_one_and_two(ask, many):
    UnitFactory(kind="WK")
    assert len(ask("?kind=WK")["rows"]) == 1
    assert len(ask("?kind=WK&kind=CL")["rows"]) == 50
    assert len(ask()["rows"]) == 50
    assert [active["value"] for active in ask()["active_filters"]] == ["Wohnraum, Clearing"]
