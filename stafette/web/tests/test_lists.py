import base64
import dataclasses
import functools
import io
from urllib.parse import parse_qs

import pytest
from django import forms
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails
from openpyxl import load_workbook

from stafette.accounts.models import Unit
from stafette.accounts.tests.factories import AuthorityFactory, UnitFactory
from stafette.kernel.actor import NOBODY
from stafette.web import lists
from stafette.web.lists import Column, ListSpec, show_list


class KindFilter(forms.Form):
    kind = forms.CharField(required=False, label="Art")


SPEC = ListSpec(
    name="stellen-probe",
    title="Probe",
    order="name",
    columns=(
        Column("name", "Name", lambda unit: unit.name, sort="name"),
        Column("kind", "Art", lambda unit: unit.kind),
    ),
    filters=KindFilter,
    apply=lambda rows, values: rows.filter(kind=values["kind"]) if values["kind"] else rows,
)


@pytest.fixture
def ask(db):
    session = SessionStore()

    def ask(query="", *, spec=SPEC, post=None):
        factory = RequestFactory()
        request = factory.get(f"/liste/{query}") if post is None else factory.post("/liste/", post)
        request.session, request.htmx, request.actor = session, HtmxDetails(request), NOBODY
        seen = {}

        def capture(request, page, partial, context, status=200):
            seen.update(context)

        original, lists.page_or_partial = lists.page_or_partial, capture
        try:
            response = show_list(request, spec, Unit.objects.all())
        finally:
            lists.page_or_partial = original
        return response or seen

    return ask


@pytest.fixture
def many(db):
    """120 units, every name twice, so that a page break falls between equal names."""
    authority = AuthorityFactory()
    return [UnitFactory(authority=authority, name=f"Stelle {number // 2:03}") for number in range(120)]


def names(context):
    return [row[0].text for row in context["rows"]]


@pytest.mark.parametrize("sort", ["name", "-name"])
def test_paging_forth_and_back_shows_every_row_once_in_order(ask, many, sort):
    expected = sorted((unit.name for unit in many), reverse=sort.startswith("-"))
    pages, context = [], ask(f"?sort={sort}")
    assert context["previous_url"] == ""
    while True:
        pages.append(names(context))
        if not context["next_url"]:
            break
        context = ask(context["next_url"])
    assert [name for page in pages for name in page] == expected
    back = []
    while context["previous_url"]:
        context = ask(context["previous_url"])
        back.insert(0, names(context))
    assert back == pages[:-1]


def test_a_broken_mark_leads_to_the_first_page(ask, many):
    assert names(ask("?nach=%00kaputt")) == names(ask("?reset=1"))


def test_filters_stay_until_they_are_reset(ask, many):
    UnitFactory(kind="WK", name="Wohnraum")
    assert names(ask("?kind=WK")) == ["Wohnraum"]
    again = ask()
    assert names(again) == ["Wohnraum"]
    assert again["active_filters"] == [{"label": "Art", "value": "WK", "url": "?reset=1"}]
    assert len(names(ask("?reset=1"))) == 50
    assert len(names(ask())) == 50


def test_export_holds_the_filtered_rows_and_no_formula(ask, many):
    UnitFactory(kind="WK", name="=1+1")
    response = ask("?kind=WK&format=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.rows] == [["Name", "Art"], ["=1+1", "WK"]]
    assert sheet["A2"].data_type == "s"


def test_sorting_by_a_column_that_does_not_offer_it_is_ignored(ask, many):
    assert names(ask("?sort=authority__name")) == names(ask("?reset=1"))


class NameFilter(forms.Form):
    private = ("q",)
    q = forms.CharField(required=False, label="Name")
    kind = forms.CharField(required=False, label="Art")


PRIVATE = dataclasses.replace(
    SPEC,
    name="private-probe",
    filters=NameFilter,
    apply=lambda rows, values: rows.filter(name__contains=values["q"], kind__contains=values["kind"]),
)


@pytest.fixture
def privately(ask):
    return functools.partial(ask, spec=PRIVATE)


def addresses(context):
    chips = [chip["url"] for chip in context["active_filters"]]
    sorts = [heading.url for heading in context["headings"]]
    return [context["next_url"], context["previous_url"], context["export_url"], *chips, *sorts]


def test_private_filter_is_posted_kept_and_never_stands_in_an_address(privately, many):
    answer = privately(post={"q": "Stelle 01", "csrfmiddlewaretoken": "x"})
    assert (answer.status_code, answer["Location"]) == (302, "/liste/")

    context = privately()

    assert set(names(context)) == {f"Stelle 01{last}" for last in range(10)}
    assert context["active_filters"][0]["value"] == "Stelle 01"
    assert not [url for url in addresses(context) if "Stelle" in url or "01" in url]


def test_private_filter_survives_sorting_paging_and_export_and_goes_with_its_chip(privately, many):
    privately(post={"q": "Stelle 0"})
    assert len(names(privately("?weiter=1&sort=-name"))) == 50
    assert names(privately("?weiter=1&sort=-name"))[0] == "Stelle 059"
    second = privately(privately("?weiter=1&sort=name")["next_url"])
    assert names(second)[0] == "Stelle 025"
    privately(post={"q": "Stelle 017", "kind": "CL"})
    assert len(names(privately("?ohne=kind"))) == 2
    assert len(names(privately("?ohne=q"))) == 50


def test_link_from_elsewhere_starts_without_the_private_filter(privately, many):
    privately(post={"q": "Stelle 017"})
    assert len(names(privately("?sort=name"))) == 50


def test_mark_of_a_page_tells_no_name_and_is_the_same_each_time(ask, many):
    url = ask("?sort=name")["next_url"]
    mark = parse_qs(url[1:])["nach"][0]
    assert b"Stelle" not in base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4))
    assert url == ask("?sort=name")["next_url"]
