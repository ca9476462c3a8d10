"""Two worlds that differ only in what helping units wrote look the same to everybody on the other side, byte for byte.

Lists, counts, searches, single pages, partials, exports, mails: each answer is taken twice, before and after the
helping units have written people, talks with them, findings, consents and referrals among themselves.
"""

import io
import json
import re
import uuid
import zipfile
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import transaction
from django.template import context_processors
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stafette.accounts.models import Mandate, UnitKind
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.intake.tests.factories import ShortContactFactory
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.protection.commands import give_consent
from stafette.referrals.commands import prepare_referral, send_referral
from stafette.referrals.tests.factories import FindingFactory, RouteFactory, staff
from stafette.web import pdf
from tests.test_url_matrix import MATRIX, world  # noqa: F401 – a fixture

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
IN_FRONT = [Role.CONTROLLER, Role.SCHOOL, Role.CLERK, Role.HEAD]
MADE_ANEW = re.compile(rb'name="once" value="[^"]*"')
HIDDEN_PERSON, HIDDEN_HOUSEHOLD = uuid.UUID(int=77), uuid.UUID(int=78)
LISTS = [
    "people:list",
    "referrals:list",
    "arrivals:index",
    "intake:list",
    "properties:hints",
    "directory:services",
]
SEARCHES = ["Schamlosova", "Шамлосова", "Shamlosova 1.2.1985", "01.02.1985", "0170 4711"]


@pytest.fixture(autouse=True)
def _still(monkeypatch):
    """Stop what differs by itself: clock, token against forged requests, and the identifiers inside a PDF."""
    moment = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    monkeypatch.setattr(context_processors, "get_token", lambda request: "token")
    monkeypatch.setattr(pdf, "render", lambda template, data: json.dumps(data, default=str).encode())


def help_somebody(centre):
    """Let the outreach team and the district centre write what they know about a family of theirs."""
    from stafette.accounts.models import FindingKind, Unit

    with as_owner():
        outreach = Unit.objects.get(kind=UnitKind.OUTREACH)
        kind, _new = FindingKind.objects.get_or_create(code="advice_wanted", defaults={"label": "Beratung"})
    household = HouseholdFactory(pk=HIDDEN_HOUSEHOLD, unit=outreach, street="Ringweg")
    facts = {
        "family_name": "Schamlosova",
        "original_script": "Шамлосова, Мария",
        "contact_value": "0170 4711",
    }
    dates = {"birth_year": 1985, "birth_month": 2, "birth_day": 1}
    person = PersonFactory(pk=HIDDEN_PERSON, unit=outreach, **facts, **dates)
    twin = PersonFactory(unit=centre, **facts, **dates)
    HouseholdMemberFactory(household=household, person=person)
    HouseholdMemberFactory(household=HouseholdFactory(unit=centre), person=twin)
    ShortContactFactory(unit=centre)
    worker = staff(outreach)
    finding = FindingFactory(household=household, code="advice_wanted", person=person, found_by_id=worker.id)
    give_consent(
        actor=worker, unit_id=outreach.pk, household_id=household.pk, receiver_id=centre.pk, purpose="Beratung",
        categories=["core", "contact", "address", "language", "family", "needs"], person_ids=[person.pk],
        text_version="1", language="bg", form="written",
    )  # fmt: skip
    staff(centre)
    route = RouteFactory(finding=kind, sender=outreach, receiver=centre)
    referral = prepare_referral(actor=worker, finding_id=finding.pk, route_id=route.pk)
    send_referral(actor=worker, referral_id=referral.pk)


def answers(world, role):  # noqa: F811
    """Take every answer that a role gets, and what was mailed on the way."""
    things, accounts = world
    found = {}

    def ask(label, method, url, data=None, **headers):
        client = Client()
        client.force_login(accounts[role], backend=BACKEND)
        with transaction.atomic():
            response = getattr(client, method)(url, data or {}, **headers)
            found[label] = (response.status_code, content(response))
            transaction.set_rollback(True)

    for name, address in MATRIX.items():
        if address.method == "get":
            args = [things[part].code if part == "unit" else things[part].pk for part in address.args]
            ask(name, "get", reverse(name, args=args))
    for name in LISTS:
        ask(f"{name} xlsx", "get", reverse(name), {"format": "xlsx"})
        ask(f"{name} htmx", "get", reverse(name), HTTP_HX_REQUEST="true")
        for word in SEARCHES:
            ask(f"{name} {word}", "post", reverse(name), {"q": word, "name": word, "text": word})
    for word in SEARCHES:
        ask(f"search {word}", "post", reverse("people:search"), {"q": word})
        ask(f"search by get {word}", "get", reverse("people:search"), {"q": word})
    twin = {"family_name": "Schamlosova", "given_names": "Maria", "birth": "01.02.1985"}
    ask("duplicates of a new person", "post", reverse("people:new"), twin)
    ask("hidden person", "get", reverse("people:person", args=[HIDDEN_PERSON]))
    ask("hidden household", "get", reverse("people:household", args=[HIDDEN_HOUSEHOLD]))
    ask("talk with hidden household", "get", reverse("intake:start"), {"household": HIDDEN_HOUSEHOLD})
    found["mails"] = [(message.subject, message.body, message.to) for message in mail.outbox]
    return found


def content(response):
    """The bytes of an answer, without what is made anew each time: time of packing, marks against double sending."""
    if "spreadsheet" not in response.get("Content-Type", ""):
        return MADE_ANEW.sub(b"", response.content)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if "docProps" not in name}


@pytest.fixture
def centre(world):  # noqa: F811
    things, _accounts = world
    return UnitFactory(
        kind=UnitKind.DISTRICT_CENTRE,
        mandate=Mandate.HELPING,
        authority=things["unit"].authority,
        name="Zentrum",
    )


@pytest.mark.parametrize("role", IN_FRONT)
def test_what_helping_units_write_changes_no_answer_in_front_of_the_wall(world, centre, role):  # noqa: F811
    before = answers(world, role)
    help_somebody(centre)
    after = answers(world, role)
    different = [label for label in before if before[label] != after[label]]
    assert different == []
    assert before["hidden person"][0] == 404


def test_the_comparison_would_notice(world, centre):  # noqa: F811
    """A person written on this side of the wall does change lists, searches and exports."""
    things, _accounts = world
    before = answers(world, Role.CLERK)
    PersonFactory(unit=things["unit"], family_name="Schamlosova", birth_year=1985, birth_month=2, birth_day=1)
    after = answers(world, Role.CLERK)
    different = {label for label in before if before[label] != after[label]}
    assert {"people:list", "people:list xlsx", "search Schamlosova"} <= different
