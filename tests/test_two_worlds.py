"""Two worlds that differ only in what helping units wrote look the same to everybody on the other side, byte for byte.

Lists, counts, searches, single pages, partials, exports, mails: each answer is taken twice, before and after the
helping units have written people, talks with them, findings, consents and referrals among themselves. With each
answer goes what was logged, and which statements the database was asked: an answer that takes one more statement
because somebody is known elsewhere takes longer, and tells. tests/test_planted_leaks.py plants leaks of each sort.
"""

import io
import json
import logging
import re
import uuid
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.template import context_processors
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stafette.accounts.models import Mandate, Unit, UnitKind
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.casework.commands import write_note
from stafette.evaluation.report import paper
from stafette.intake.tests.factories import ShortContactFactory
from stafette.kernel.clock import now, today, travel
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.notices.child_rules import sign_choices
from stafette.notices.commands import open_child_notice
from stafette.outbox import packing
from stafette.outbox.models import Message
from stafette.outbox.tests.factories import MessageFactory
from stafette.oversight.commands import report_breach
from stafette.partners.commands import prepare_request
from stafette.partners.models import Partner
from stafette.partners.tests.scenes import PartnerFactory
from stafette.people.commands import close_file
from stafette.people.models import HouseholdMember
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.protection.commands import give_consent, withdraw_consent
from stafette.protection.data import Outsider
from stafette.protection.models import Consent
from stafette.referrals.commands import (
    accept_referral,
    create_task,
    extend_referral,
    note_attempt,
    offer_lead,
    plan_own_follow_up,
    prepare_referral,
    send_referral,
    suspend_referral,
)
from stafette.referrals.duty import run_deadlines
from stafette.referrals.tests.factories import FindingFactory, RouteFactory, staff
from stafette.rights.commands import take_in_request
from stafette.web import pdf, sheets
from tests.test_url_matrix import MATRIX, STRANGER, world  # noqa: F401 – a fixture

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
IN_FRONT = [
    Role.CONTROLLER,
    Role.SCHOOL,
    Role.CLERK,
    Role.HEAD,
    Role.DESK,
    Role.EDITOR,
    Role.PARTNER,
    STRANGER,
]
MADE_ANEW = re.compile(rb'name="(once|key|token)" value="[^"]*"')
HIDDEN_PERSON, HIDDEN_HOUSEHOLD, SCHOOL_OF_ALL = uuid.UUID(int=77), uuid.UUID(int=78), uuid.UUID(int=79)
LISTS = [
    "people:list",
    "referrals:list",
    "arrivals:index",
    "intake:list",
    "properties:hints",
    "directory:services",
    "referrals:follow_ups",
    "referrals:tasks",
    "outbox:list",
    "partners:list",
    "partners:requests",
]
SEARCHED = LISTS[:6]
SEARCHES = ["Schamlosova", "Шамлосова", "Shamlosova 1.2.1985", "01.02.1985", "0170 4711"]


@pytest.fixture(autouse=True)
def _still(monkeypatch):
    """Stop what differs by itself: clock, token against forged requests, and the identifiers inside a PDF."""
    moment = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    monkeypatch.setattr(context_processors, "get_token", lambda request: "token")
    for room in (pdf, sheets, paper):
        monkeypatch.setattr(room, "render", lambda template, data: json.dumps(data, default=str).encode())


def help_somebody(centre):
    """Let the outreach team and the district centre write what they know about a family of theirs."""
    from stafette.accounts.models import FindingKind

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
    carry_on(worker, staff(centre), referral)


def carry_on(worker, adviser, referral):
    """Everything that helping units write while they work: dates moved, attempts, the lead, duties, questions, mail."""
    one = {"actor": adviser, "referral_id": referral.pk}
    accept_referral(**one)
    note_attempt(**one, channel="phone", result="no_answer")
    extend_referral(**one, until=today() + timedelta(days=20), reason="interpreter")
    suspend_referral(**one, until=today() + timedelta(days=30), reason="illness")
    offer_lead(actor=worker, referral_id=referral.pk, reason="closer")
    soon = today() + timedelta(days=3)
    plan_own_follow_up(actor=worker, household_id=HIDDEN_HOUSEHOLD, next_on=soon)
    create_task(actor=worker, unit_id=referral.from_unit_id, title="Schamlosova anrufen", next_on=soon)
    with as_owner():
        school = Partner.objects.get(pk=SCHOOL_OF_ALL)
    give_consent(
        actor=worker, unit_id=referral.from_unit_id, household_id=HIDDEN_HOUSEHOLD, purpose="Nachfrage",
        outsider=Outsider(school.pk, school.name), categories=["core"], person_ids=[HIDDEN_PERSON],
        text_version="1", language="bg", form="written",
    )  # fmt: skip
    prepare_request(
        actor=worker,
        household_id=HIDDEN_HOUSEHOLD,
        partner_id=school.pk,
        question="attends",
        person_id=HIDDEN_PERSON,
    )
    MessageFactory(unit=referral.from_unit, reference="MUS-AS-2026-00077")
    protect(worker, adviser, referral.from_unit_id)


def protect(worker, adviser, unit_id):
    """Everything that protects a person: a sealed note, a request, a notice, a breach, a file closed to colleagues."""
    write_note(
        actor=worker,
        household_id=HIDDEN_HOUSEHOLD,
        ground="entrusted",
        title="Schamlosova",
        body="Schamlosova",
    )
    take_in_request(
        actor=worker,
        unit_id=unit_id,
        kind="access",
        channel="spoken",
        received_on=today(),
        person_id=HIDDEN_PERSON,
    )
    signs = [sign_choices()[0][0]]
    seen = "Das Kind Schamlosova war allein."
    open_child_notice(actor=worker, household_id=HIDDEN_HOUSEHOLD, signs=signs, observed=seen)
    report_breach(actor=worker, unit_id=unit_id, detected_at=now(), what="Liste Schamlosova verloren")
    consent = Consent.objects.filter(household=HIDDEN_HOUSEHOLD, withdrawn_at=None)
    with acting(worker):
        first = consent.values_list("pk", flat=True).first()
    withdraw_consent(actor=worker, consent_id=first)
    unit = next(iter(adviser.units(Permission.PERSON_EDIT)))
    with as_owner():
        household = HouseholdMember.objects.filter(unit=unit).values_list("household", flat=True).first()
        centre = Unit.objects.get(pk=unit)
    readers = [staff(centre).id, staff(centre).id]
    close_file(actor=adviser, household_id=household, kind="own", reason="relative", open_to=readers)


class Lines(logging.Handler):
    """Keeps what is logged."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


@contextmanager
def overheard():
    """What is logged meanwhile, and the statements that reach the database, without their values."""
    heard, asked = Lines(), []

    def note(execute, sql, params, many, context):
        if "SAVEPOINT" not in sql:  # their names count up
            asked.append(sql)
        return execute(sql, params, many, context)

    root = logging.getLogger()
    root.addHandler(heard)
    try:
        with connection.execute_wrapper(note):
            yield heard.lines, asked
    finally:
        root.removeHandler(heard)


def answers(world, role, only=()):  # noqa: F811
    """Take every answer that a role gets, and what was mailed on the way; with `only`, those with these labels."""
    things, accounts = world
    found = {}

    def ask(label, method, url, data=None, **headers):
        if only and label not in only:
            return
        client = Client()
        if role != STRANGER:
            client.force_login(accounts[role], backend=BACKEND)
        with transaction.atomic(), overheard() as (lines, statements):
            response = getattr(client, method)(url, data or {}, **headers)
            found[label] = (response.status_code, content(response), lines, statements)
            transaction.set_rollback(True)

    ask(
        "intake:talk", "get", reverse("intake:talk", args=[things["interview"].pk])
    )  # forms are kept once read
    for name, address in MATRIX.items():
        if address.method == "get":
            args = [things[part].code if part == "unit" else things[part].pk for part in address.args]
            ask(name, "get", reverse(name, args=args))
    for name in LISTS:
        ask(f"{name} xlsx", "get", reverse(name), {"format": "xlsx"})
        ask(f"{name} htmx", "get", reverse(name), HTTP_HX_REQUEST="true")
        for word in SEARCHES if name in SEARCHED else ():
            ask(f"{name} {word}", "post", reverse(name), {"q": word, "name": word, "text": word})
    for word in SEARCHES:
        ask(f"search {word}", "post", reverse("people:search"), {"q": word})
        ask(f"search by get {word}", "get", reverse("people:search"), {"q": word})
    twin = {"family_name": "Schamlosova", "given_names": "Maria", "birth": "01.02.1985"}
    ask("duplicates of a new person", "post", reverse("people:new"), twin)
    ask("hidden person", "get", reverse("people:person", args=[HIDDEN_PERSON]))
    ask("hidden household", "get", reverse("people:household", args=[HIDDEN_HOUSEHOLD]))
    ask("talk with hidden household", "get", reverse("intake:start"), {"household": HIDDEN_HOUSEHOLD})
    for token in ("unbekannt", "A" * 43):
        ask(f"link {token}", "get", reverse("partners:answer", args=[token]))
        ask(f"link {token} opened", "post", reverse("partners:answer", args=[token]))
    for word in SEARCHES:
        ask(f"directory {word}", "get", reverse("directory:search"), {"q": word, "text": word, "words": word})
    if not only or "mails" in only:
        found["mails"] = mails_in_front()
    return found


def parts_that_differ(one, other):
    """Which parts of an answer differ, and how: its status, bytes, log lines, or the statements behind it."""
    if one == other:
        return []
    if isinstance(one, list):
        return sorted(set(one) ^ set(other))
    names = ("status", "content", "log", "statements")
    return [
        (name, [line for line in [*was, *now] if line not in was or line not in now][:2])
        if name in ("log", "statements")
        else name
        for name, was, now in zip(names, one, other, strict=True)
        if was != now
    ]


def mails_in_front():
    """What the jobs of the coming weeks mail to units in front: reminders, escalations, digests, what was just done.

    The coordination office is left out: it does get numbers of the helping units, and nothing else; the officer is
    told of their breaches, by number.
    """
    with transaction.atomic():
        for days in (0, 8, 40):
            with travel(now() + timedelta(days=days)):
                run_deadlines()
                packing.pack()
        with as_owner():
            behind = [
                UnitKind.OUTREACH,
                UnitKind.DISTRICT_CENTRE,
                UnitKind.COORDINATION,
                UnitKind.DATA_PROTECTION,
            ]
            mails = Message.objects.exclude(unit__kind__in=behind).order_by("address", "subject", "body")
            found = list(mails.values_list("address", "subject", "body"))
        transaction.set_rollback(True)
    return found


def content(response):
    """The bytes of an answer, without what is made anew each time: time of packing, marks against double sending."""
    if "officedocument" not in response.get("Content-Type", ""):
        return MADE_ANEW.sub(b"", response.content)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if "docProps" not in name}


@pytest.fixture
def centre(world):  # noqa: F811
    things, _accounts = world
    PartnerFactory(pk=SCHOOL_OF_ALL, keeper=things["unit"])
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
    different = {label: parts_that_differ(before[label], after[label]) for label in before}
    assert {label: parts for label, parts in different.items() if parts} == {}
    assert before["hidden person"][0] in (302, 403, 404)
    assert before["mails"], "the jobs told nobody: nothing was compared"


def test_the_comparison_would_notice(world, centre):  # noqa: F811
    """A person written on this side of the wall does change lists, searches and exports."""
    things, _accounts = world
    before = answers(world, Role.CLERK)
    PersonFactory(unit=things["unit"], family_name="Schamlosova", birth_year=1985, birth_month=2, birth_day=1)
    after = answers(world, Role.CLERK)
    different = {label for label in before if before[label] != after[label]}
    assert {"people:list", "people:list xlsx", "search Schamlosova"} <= different
