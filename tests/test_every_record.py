"""As every role: try to reach every record of every other unit, through every address, filter, sort and id.

Two helping units work with a family (tests/test_two_worlds.py writes it). For each role in front of the wall the rows
that the role may not see are taken from all tables about people; their ids, names and numbers are then asked for
wherever something can be asked: in the place of each id in an address, in each field of each filter, in each order.
"""

import io
import re
import uuid
import zipfile
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.db.models import CharField
from django.test import Client
from django.urls import reverse

from stafette.accounts.models import Mandate, UnitKind
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel import rows
from stafette.kernel.testing import as_owner
from stafette.partners.tests.scenes import PartnerFactory
from tests.test_two_worlds import BACKEND, HIDDEN_PERSON, SCHOOL_OF_ALL, SEARCHES, help_somebody
from tests.test_url_matrix import MATRIX, world

__all__ = ["world"]

ROLES = [
    Role.CLERK, Role.CONTROLLER, Role.SCHOOL, Role.HEAD, Role.UNIT_ADMIN, Role.COORDINATION, Role.DATA_PROTECTION,
    Role.TECHNICAL, Role.PARTNER,
]  # fmt: skip
NAMES = ["Schamlosova", "Шамлосова", "0170 4711"]
NOT_ABOUT_PEOPLE = {
    "accounts",
    "steering",
    "directory",
    "oversight",
}  # their rows are units, figures, services
SORT = re.compile(r'href="([^"]*[?&;](?:sort|order|o)=[^"]*)"')
FIELD = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"')
OPTION = re.compile(r'<option value="([^"]+)"')


def hidden_from(user):
    """Rows of all tables about people that do not exist for this account: per model its ids."""
    actor = actor_for(user)
    found = {}
    with as_owner():
        for model in rows.protected_models():
            if model._meta.app_label not in NOT_ABOUT_PEOPLE:
                seen = rows.visible(model, actor).values("pk")
                ids = list(model._base_manager.exclude(pk__in=seen).values_list("pk", flat=True))
                found[model] = ids
    return {model: ids for model, ids in found.items() if ids}


def numbers_of(hidden):
    """What is printed of hidden rows besides ids: numbers of referrals, tasks, mails, if no other row has them."""
    theirs, mine = set(), set()
    with as_owner():
        for model in rows.protected_models():
            texts = {field.name for field in model._meta.concrete_fields if isinstance(field, CharField)}
            for name in {"number", "reference"} & texts:
                found = model._base_manager
                theirs |= set(found.filter(pk__in=hidden.get(model, [])).values_list(name, flat=True))
                mine |= set(found.exclude(pk__in=hidden.get(model, [])).values_list(name, flat=True))
    return {one for one in theirs - mine if one}


@pytest.fixture
def town(world):  # noqa: F811
    """The world of all addresses, and what two helping units wrote behind the wall."""
    things, _accounts = world
    PartnerFactory(pk=SCHOOL_OF_ALL, keeper=things["unit"])
    centre = UnitFactory(
        kind=UnitKind.DISTRICT_CENTRE,
        mandate=Mandate.HELPING,
        authority=things["unit"].authority,
        name="Zentrum",
    )
    help_somebody(centre)
    return world


class Visitor:
    """Somebody who tries: each answer is taken and rolled back."""

    def __init__(self, user):
        self.client = Client(raise_request_exception=True)
        self.client.force_login(user, backend=BACKEND)
        self.asked = 0

    def ask(self, method, url, data=None):
        self.asked += 1
        with transaction.atomic():
            response = getattr(self.client, method)(url, data or {})
            transaction.set_rollback(True)
        return response


def foreign_ids(hidden, thing):
    """Ids to put in the place of this thing: one of its own kind, and one of another kind."""
    own = hidden.get(type(thing), [])[:1]
    others = [ids[0] for model, ids in sorted(hidden.items(), key=str) if model is not type(thing)]
    return [*own, *others[:1]]


@pytest.mark.parametrize("role", ROLES)
def test_no_id_in_an_address_opens_a_foreign_record(town, role):
    things, accounts = town
    hidden = hidden_from(accounts[role])
    visitor = Visitor(accounts[role])
    opened = []

    def ask(name, address, args):
        return visitor.ask(address.method, reverse(name, args=args), dict(address.data)).status_code

    for name, address in MATRIX.items():
        if not address.args or {"unit", "service"} & set(address.args):
            continue  # units and services are no secret of the house
        values = [things[part].pk for part in address.args]
        for place, part in enumerate(address.args):
            if not isinstance(things[part].pk, uuid.UUID):
                continue  # codes of the catalogue, languages, numbers
            for pk in foreign_ids(hidden, things[part]):
                status = ask(name, address, [*values[:place], pk, *values[place + 1 :]])
                nobody = [*values[:place], uuid.uuid4(), *values[place + 1 :]]
                if status not in (403, 404) and status != ask(name, address, nobody):
                    opened.append(f"{name} {part}: {status}")
    assert not opened, opened
    assert len(hidden) > 10, "the role sees nearly everything: nothing was tried"
    assert visitor.asked > 200


@pytest.mark.parametrize("role", ROLES)
def test_no_filter_sort_or_search_shows_a_trace_of_a_foreign_record(town, role):
    _things, accounts = town
    hidden = hidden_from(accounts[role])
    traces = {str(pk) for ids in hidden.values() for pk in ids} | numbers_of(hidden)
    visitor = Visitor(accounts[role])
    asked_for = [NAMES[0], *sorted(numbers_of(hidden))[:1]]
    found = []

    def look(label, response, typed=""):
        text = content_of(response)
        shown = {trace for trace in traces | set(NAMES) if trace != typed and trace in text}
        if shown:
            found.append(f"{label}: {sorted(shown)[:2]}")

    for name, address in MATRIX.items():
        if address.args or address.method != "get" or role not in address.allowed:
            continue
        page = reverse(name)
        response = visitor.ask("get", page)
        look(name, response)
        text = content_of(response)
        for sort in {unescape(one) for one in SORT.findall(text)}:
            look(f"{name} {sort}", visitor.ask("get", sort if sort.startswith("/") else page + sort))
        fields = sorted(set(FIELD.findall(text)) - {"csrfmiddlewaretoken", "format"})
        for field in fields:
            for value in [*asked_for, *sorted(set(OPTION.findall(text)))[:1]]:
                query = urlencode({field: value})
                look(f"{name}?{query}", visitor.ask("get", f"{page}?{query}"), typed=value)
        look(f"{name} xlsx", visitor.ask("get", page, {"format": "xlsx"}))
    for word in SEARCHES:
        answer = visitor.ask("post", reverse("people:search"), {"q": word})
        look(f"search {word}", answer, typed=word)
    assert not found, found


def content_of(response):
    """The text of an answer; a workbook is unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    return body.decode("utf-8", "replace")


def test_the_search_for_traces_would_find_one(town):
    """The outreach team itself does reach its family in these ways: the attempts are no blanks."""
    _things, accounts = town
    stranger = hidden_from(accounts[Role.CLERK])
    visitor = Visitor(accounts[Role.OUTREACH])
    assert visitor.ask("get", reverse("people:person", args=[HIDDEN_PERSON])).status_code == 200
    assert "Schamlosova" in content_of(visitor.ask("post", reverse("people:search"), {"q": "Schamlosova"}))
    assert numbers_of(stranger) & set(
        re.findall(
            r"[A-Z]{2,4}-[A-Z]{2,5}-\d{4}-\d{5}", content_of(visitor.ask("get", reverse("referrals:list")))
        )
    )
