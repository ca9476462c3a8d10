"""Every address × every role: who gets an answer, who gets nothing. An address that is not listed here fails.

All objects belong to the clearing desk, but for the referral (clearing desk → school team) and the hint (housing
control). Whoever may not, gets 403 (the page is not theirs), 404 (the object does not exist for them) or the login.
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from stafette.accounts.models import HandOver, Mandate, UnitKind
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import AbsenceFactory, MembershipFactory, UnitFactory
from stafette.arrivals.tests.factories import ArrivalFactory, ImportFactory
from stafette.casework.commands import create_key, write_note
from stafette.directory.models import EntryProposal, TableImport
from stafette.directory.tests.factories import OrganizationFactory, ServiceAtLocationFactory, ServiceFactory
from stafette.intake.tests.factories import FormVersionFactory, InterviewFactory, ShortContactFactory
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.materials.tests.factories import (
    FolderFactory,
    OpenQuestionFactory,
    SheetVersionFactory,
    WorkAidFactory,
)
from stafette.notices.commands import confirm_outbound, open_glass, send_child_notice
from stafette.notices.tests.scenes import EMERGENCY, SEND, Scene
from stafette.outbox.tests.factories import MessageFactory
from stafette.oversight.models import BreachShare, Concerned, ReadingSample
from stafette.oversight.tests.factories import BreachFactory, ReadingFactory
from stafette.partners.commands import (
    add_desk_time,
    enter_agreement,
    prepare_request,
    send_request,
    start_agreement,
)
from stafette.partners.tests.scenes import PartnerFactory
from stafette.people.commands import close_file, merge_persons
from stafette.people.models import DuplicateProposal, HouseholdMember
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.portal.tests.factories import PageRemarkFactory
from stafette.properties.models import Hint
from stafette.protection.commands import give_consent, note_withdrawal
from stafette.protection.commands.requests import take_request
from stafette.protection.data import Outsider
from stafette.protection.models import Declaration
from stafette.protection.numbers import new_number
from stafette.referrals.commands import (
    accept_referral,
    create_task,
    offer_lead,
    plan_own_follow_up,
    prepare_referral,
    send_referral,
)
from stafette.referrals.tests.factories import make_town, staff
from stafette.retention.commands import hold_up
from stafette.retention.models import Announcement
from stafette.rights.commands import begin_request, take_in_request
from stafette.rights.models import CorrectionProposal, DisputedField, Objection
from stafette.upkeep.tests.scenes import RoundFactory

STRANGER = "stranger"
CLERK, OUTREACH, CONTROLLER = Role.CLERK, Role.OUTREACH, Role.CONTROLLER
COUNTER, SCHOOL, HEAD, ADMIN = Role.COUNTER, Role.SCHOOL, Role.HEAD, Role.UNIT_ADMIN
COORDINATION, OFFICER, TECHNICAL = Role.COORDINATION, Role.DATA_PROTECTION, Role.TECHNICAL
PARTNER = Role.PARTNER
ROLES = list(Role)
CASEWORK = {CLERK, OUTREACH, CONTROLLER, COUNTER, SCHOOL}
EVERYBODY = set(ROLES)
HOUSE = EVERYBODY - {PARTNER}
STAFFING = {HEAD, ADMIN, TECHNICAL}


@dataclass(frozen=True)
class Address:
    """How to call an address, and which roles get an answer."""

    allowed: set
    args: tuple = ()
    method: str = "get"
    data: dict = field(default_factory=dict)


def own(*args, method="get"):
    """An object of the clearing desk: its clerk only."""
    return Address({CLERK}, args, method)


MATRIX = {
    "web:start": Address(EVERYBODY),
    "web:help": Address(EVERYBODY),
    "people:list": Address(CASEWORK),
    "people:search": Address(CASEWORK),
    "people:new": Address(CASEWORK),
    "people:person": own("person"),
    "people:change": own("person"),
    "people:lock": own("person", method="post"),
    "people:compare": own("person", "other"),
    "people:household": own("household"),
    "people:move": own("household"),
    "people:join": own("household"),
    "people:leave": own("member", method="post"),
    "people:close": own("household"),
    "people:closed": Address({HEAD}),
    "people:readers": Address({HEAD}, ("closed",)),
    "people:reopen": Address({HEAD}, ("closed",), "post"),
    "people:duplicates": Address(CASEWORK),
    "people:propose": Address(CASEWORK, method="post"),
    "people:merges": Address(CASEWORK),
    "people:undo": own("merge", method="post"),
    "people:dismiss": own("proposal", method="post"),
    "arrivals:index": Address({CLERK}),
    "arrivals:walk_in": Address({CLERK}),
    "arrivals:imports": Address({CLERK}),
    "arrivals:upload": Address({CLERK}),
    "arrivals:import": own("import"),
    "arrivals:columns": own("import"),
    "arrivals:decide": own("import", method="post"),
    "arrivals:apply": own("import", method="post"),
    "arrivals:discard": own("import", method="post"),
    "arrivals:arrival": own("arrival"),
    "arrivals:invite": own("arrival", method="post"),
    "arrivals:attempt": own("arrival", method="post"),
    "arrivals:letter": own("arrival"),
    "intake:list": Address({CLERK}),
    "intake:start": Address({CLERK}),
    "intake:contact": Address({CLERK, OUTREACH, COUNTER, Role.DESK}),
    "intake:paper": Address({CLERK, OUTREACH, COUNTER, Role.DESK}, data={"blatt": "sheet_code"}),
    "intake:code": Address({CLERK, OUTREACH, COUNTER, Role.DESK}, data={"blatt": "sheet_code"}),
    "intake:undo": Address({CLERK, Role.DESK}, ("contact",), "post"),
    "intake:talk": own("interview"),
    "intake:outcome": own("interview"),
    "intake:join": Address({CLERK}, ("interview",), "post", {"person": "person"}),
    "intake:agree": own("interview", method="post"),
    "intake:decline": own("interview", method="post"),
    "intake:abandon": own("interview", method="post"),
    "intake:reopen": own("interview", method="post"),
    "referrals:list": Address(CASEWORK | {HEAD}),
    "referrals:my_day": Address(CASEWORK),
    "referrals:services": Address(CASEWORK),
    "referrals:point": Address(CASEWORK, ("service",), "post"),
    "referrals:household": own("household"),
    "referrals:prepare": own("finding", method="post"),
    "referrals:dismiss": own("finding", method="post"),
    "referrals:signpost": own("finding", method="post"),
    "referrals:path": own("household"),
    "referrals:follow_ups": Address(CASEWORK | {HEAD}),
    "referrals:follow_up": Address({CLERK, HEAD}, ("follow_up",)),
    "referrals:follow_up_result": Address({CLERK}, ("follow_up",), "post", {"result": "lasts"}),
    "referrals:follow_up_move": Address({CLERK}, ("follow_up",), "post", {"next_on": "kein Datum"}),
    "referrals:follow_up_drop": Address({CLERK}, ("follow_up",), "post", {"drop_reason": "no_consent"}),
    "referrals:plan": own("household"),
    "referrals:tasks": Address(CASEWORK | {HEAD}),
    "referrals:new_task": Address(CASEWORK),
    "referrals:task": Address({CLERK, HEAD}, ("task",)),
    **{
        f"referrals:task_{step}": Address({CLERK}, ("task",), "post")
        for step in ("finish", "move", "give", "drop", "reopen")
    },
    "referrals:detail": Address({CLERK, SCHOOL, HEAD}, ("referral",)),
    "referrals:consent": own("draft"),
    "referrals:check": own("draft", method="post"),
    "referrals:send": own("draft", method="post"),
    "referrals:revise": own("draft", method="post"),
    "referrals:withdraw": own("referral", method="post"),
    "referrals:settle": own("referral", method="post"),
    **{
        f"referrals:{step}": Address({SCHOOL}, ("referral",), "post", data)
        for step, data in {
            **dict.fromkeys(("receive", "accept", "reach", "miss", "answer", "take_over"), {}),
            "decline": {"reason": "no_capacity"},
            "attempt": {"channel": "phone", "result": "no_answer"},
            "close": {"outcome": "helped"},
            "forward": {"unit_id": "nirgendwo"},
            "return": {"reason": "no_capacity"},
            "reopen": {"reason": "came_back"},
            "correct_outcome": {"value": "helped", "source": "typing"},
            "correct_reason": {"value": "no_need", "source": "typing"},
            "suspend": {"until": "kein Datum"},
            "resume": {},
            "extend": {"until": "kein Datum"},
            "pause": {"until": "kein Datum"},
            "correct_contact": {"value": "1.1.2026", "source": "typing"},
        }.items()
    },
    "referrals:offer_lead": Address({CLERK}, ("referral",), "post", {"reason": "closer"}),
    "referrals:transfer": Address({CLERK, SCHOOL, HEAD}, ("offer",)),
    "referrals:accept_lead": Address({SCHOOL}, ("offer",), "post"),
    "referrals:refuse_lead": Address({SCHOOL}, ("offer",), "post"),
    "referrals:withdraw_lead": Address({CLERK}, ("offer",), "post"),
    "partners:list": Address(CASEWORK | {HEAD, ADMIN}),
    "partners:add": Address({HEAD, ADMIN}),
    "partners:change": Address({HEAD, ADMIN}, ("partner",)),
    "partners:end": Address({HEAD, ADMIN}, ("partner",), "post"),
    "partners:requests": Address(CASEWORK | {HEAD}),
    "partners:ask": own("household"),
    "partners:request": Address({CLERK, HEAD}, ("asked",)),
    "partners:consent": own("asked_draft"),
    "partners:code": own("asked", method="post"),
    **{f"partners:{step}": own("asked_draft", method="post") for step in ("send", "fill", "leave_out")},
    **{f"partners:{step}": own("asked", method="post") for step in ("close", "renew", "give_up", "withdraw")},
    "partners:inbox": Address({PARTNER}),
    "partners:reply": Address({PARTNER}, ("asked",)),
    "protection:rules": Address(HOUSE),
    "protection:disclosures": Address({OFFICER}),
    "protection:used": Address({OFFICER}),
    "protection:used_export": Address({OFFICER}),
    "protection:knows": own("household"),
    "protection:person_sheet": own("household", "person"),
    "protection:print_sheet": Address({CLERK}, ("household", "person"), "post", {"sprache": "de"}),
    "protection:print_family": own("household", method="post"),
    "protection:conference": own("household"),
    "protection:declarations": Address({HEAD, ADMIN}, ("unit",)),
    "protection:end_declaration": Address({HEAD, ADMIN}, ("declaration",), "post"),
    "protection:requests": Address(CASEWORK | {HEAD}),
    "protection:take_request": Address(CASEWORK | {HEAD}),
    "protection:request": Address({CLERK, HEAD}, ("asked_by_police",)),
    "protection:grant_request": Address({HEAD}, ("asked_by_police",), "post"),
    "protection:refuse_request": Address({HEAD}, ("asked_by_police",), "post"),
    "protection:household": own("household"),
    "protection:consent": own("consent"),
    "protection:withdraw": own("consent", method="post"),
    "protection:renew": own("consent", method="post"),
    "protection:receipt": own("consent"),
    "protection:receipt_record": own("consent"),
    "protection:signed": own("consent", "german"),
    "protection:agree": own("household", "form"),
    "protection:filled": own("household", "form", "german"),
    "protection:choose": Address({CLERK}, ("household",), "get", {"blatt": "data", "sprache": "de"}),
    "protection:consents": Address(CASEWORK),
    "protection:papers": Address(HOUSE),
    "protection:paper": Address(HOUSE, ("form", "german")),
    "protection:withdraw_by_number": Address(CASEWORK),
    "protection:withdrawal": own("withdrawal"),
    "protection:withdrawal_receipt": own("withdrawal"),
    "properties:hints": Address({CONTROLLER}),
    "properties:hint": Address({CONTROLLER}, ("hint",)),
    "properties:take": Address({CONTROLLER}, ("hint",), "post"),
    "properties:close": Address({CONTROLLER}, ("hint",), "post"),
    **{f"materials:{name}": Address(HOUSE) for name in ("list", "folders", "aids")},
    **{f"materials:{name}": Address({Role.EDITOR}) for name in ("new", "new_folder", "new_aid")},
    "materials:folder": Address(HOUSE, ("folder_code",)),
    "materials:edit_folder": Address({Role.EDITOR}, ("folder_code",)),
    "materials:print_folder": Address(HOUSE, ("folder_code", "language")),
    "materials:aid": Address(HOUSE, ("work_aid",)),
    "materials:aid_file": Address(HOUSE, ("work_aid",)),
    "materials:edit_aid": Address({Role.EDITOR}, ("work_aid",)),
    "materials:withdraw_aid": Address({Role.EDITOR}, ("work_aid",), "post"),
    "materials:questions": Address({Role.EDITOR, CLERK, OUTREACH, COUNTER, Role.DESK}),
    "materials:question": Address({Role.EDITOR, CLERK, Role.DESK}, ("open_question",)),
    "materials:drop_question": Address({Role.EDITOR}, ("open_question",), "post"),
    "materials:reopen_question": Address({Role.EDITOR}, ("open_question",), "post"),
    "materials:sheet": Address(HOUSE, ("sheet_code",)),
    "materials:edit_sheet": Address({Role.EDITOR}, ("sheet_code",)),
    "materials:assure": Address({Role.EDITOR}, ("sheet_code",), "post"),
    **{
        f"materials:{name}": Address(HOUSE, ("sheet_code", "language"))
        for name in ("text", "print", "compare")
    },
    "materials:write": Address({Role.EDITOR}, ("sheet_code", "language")),
    "materials:move": Address(
        {Role.EDITOR, HEAD}, ("sheet_code", "language", "sheet_number", "sheet_move"), "post"
    ),
    "upkeep:index": Address({Role.EDITOR}),
    "upkeep:confirm": Address({Role.EDITOR}, ("service",), "post"),
    "upkeep:again": Address({Role.EDITOR}, ("entry_round",), "post"),
    "upkeep:settle": Address({Role.EDITOR}, ("service",), "post", {"kind": "feedback"}),
    "upkeep:own": Address({PARTNER}),
    "upkeep:own_change": Address({PARTNER}, ("own_entry",)),
    "upkeep:own_add": Address({PARTNER}, ("own_provider",)),
    "directory:services": Address(HOUSE),
    "directory:search": Address(HOUSE),
    "directory:exchange": Address({Role.EDITOR}),
    "directory:exchange_take": Address({Role.EDITOR}, method="post"),
    "directory:exchange_file": Address({Role.EDITOR}, ("exchange_form",)),
    "directory:organizations": Address(HOUSE),
    "directory:locations": Address(HOUSE),
    "directory:service": Address(HOUSE, ("entry_service",)),
    "directory:organization": Address(HOUSE, ("entry_organization",)),
    "directory:location": Address(HOUSE, ("entry_location",)),
    **{
        f"directory:{name}": Address({Role.EDITOR})
        for name in ("add_service", "add_organization", "add_location", "proposals")
    },
    **{f"directory:{name}": Address({Role.EDITOR}) for name in ("tables", "csv", "xlsx")},
    "directory:table": Address({Role.EDITOR}, ("services_table",)),
    **{
        f"directory:{step}_table": Address({Role.EDITOR}, ("services_table",), "post")
        for step in ("take", "drop")
    },
    "directory:hours": Address({Role.EDITOR}, method="post"),
    **{
        f"directory:{step}_{kind}": Address({Role.EDITOR}, (f"entry_{kind}",))
        for step in ("change", "history")
        for kind in ("service", "organization", "location")
    },
    **{
        f"directory:restore_{kind}": Address({Role.EDITOR}, (f"entry_{kind}", "entry_number"), "post")
        for kind in ("service", "organization", "location")
    },
    **{
        f"directory:{step}": Address({Role.EDITOR}, ("entry_service",), "post")
        for step in ("confirm", "room", "status")
    },
    "directory:text": Address({Role.EDITOR}, ("entry_service", "entry_language")),
    **{
        f"directory:{step}_proposal": Address({Role.EDITOR}, ("entry_proposal",), "post")
        for step in ("take", "refuse")
    },
    "accounts:units": Address(HOUSE),
    "accounts:roles": Address(HOUSE),
    "accounts:permissions": Address(HOUSE),
    "accounts:unit": Address(HOUSE, ("unit",)),
    "accounts:staff": Address(STAFFING, ("unit",)),
    "accounts:add_membership": Address(STAFFING, ("unit",)),
    "accounts:hand_over": Address({HEAD, ADMIN}, ("unit",)),
    "accounts:handed_over": Address({HEAD, ADMIN}, ("hand_over",)),
    "accounts:end_membership": Address({HEAD, ADMIN}, ("membership",), "post"),
    "accounts:cancel_absence": Address({HEAD, ADMIN}, ("absence",), "post"),
    "accounts:accounts": Address({TECHNICAL}),
    "accounts:create_account": Address({TECHNICAL}),
    "accounts:account": Address(STAFFING, ("user",)),
    "accounts:invite": Address({TECHNICAL}, ("user",), "post"),
    "accounts:lock": Address({TECHNICAL}, ("user",), "post"),
    "accounts:unlock": Address({TECHNICAL}, ("user",), "post"),
    "accounts:reset_factor": Address({TECHNICAL}, ("user",), "post"),
    "accounts:absence": Address({HEAD, ADMIN}, ("user",)),
    "accounts:leave": Address(STAFFING, ("user",)),
    "accounts:profile": Address(EVERYBODY),
    "accounts:choose_unit": Address(EVERYBODY, method="post"),
    "accounts:choose_language": Address(EVERYBODY, method="post"),
    "outbox:list": Address(CASEWORK | {HEAD}),
    "outbox:message": Address({CLERK, HEAD}, ("message",)),
    "outbox:resend": Address({CLERK, HEAD}, ("message",), "post"),
    "outbox:choice": Address(EVERYBODY),
    "steering:index": Address({COORDINATION, HEAD}),
    "steering:pairs": Address({COORDINATION, HEAD}),
    "steering:trend": Address({COORDINATION, HEAD}),
    "steering:load": Address({COORDINATION, HEAD}),
    "steering:gaps": Address({COORDINATION, HEAD}),
    "steering:lasting": Address({COORDINATION, HEAD}),
    "steering:export": Address({COORDINATION, HEAD}),
    "steering:escalated": Address({COORDINATION, HEAD}),
    "partners:week": Address(HOUSE),
    "partners:week_file": Address(HOUSE),
    "partners:agreements": Address(HOUSE),
    "partners:agreement": Address(HOUSE, ("agreement",)),
    "partners:enter_agreement": Address({HEAD, ADMIN}),
    "partners:change_agreement": Address({HEAD, ADMIN}, ("agreement",)),
    "partners:start_agreement": Address({HEAD, ADMIN}, ("agreement",), "post"),
    "partners:end_agreement": Address({HEAD, ADMIN}, ("agreement_over",), "post"),
    "partners:add_desk_time": Address(
        {HEAD, ADMIN},
        ("agreement",),
        "post",
        {"weekday": "1", "opens_at": "10:00", "closes_at": "11:00", "desk": "2", "every": "1"},
    ),
    "partners:remove_desk_time": Address({HEAD, ADMIN}, ("agreement", "desk_time"), "post"),
    **{
        f"evaluation:{name}": Address({COORDINATION, HEAD})
        for name in (
            *("index", "week", "compare", "public", "xlsx", "csv", "public_xlsx", "public_csv"),
            *("report", "report_pdf", "report_docx"),
        )
    },
    "casework:index": Address({OUTREACH, COUNTER}),
    "casework:write": Address({OUTREACH}, ("sealed_household",)),
    "casework:note": Address({OUTREACH}, ("sealed_note",)),
    "casework:change": Address({OUTREACH}, ("sealed_note",)),
    "casework:deputy": Address({OUTREACH}, ("sealed_note",)),
    "casework:withdraw": Address({OUTREACH}, ("sealed_note",), "post"),
    "casework:print": Address({OUTREACH}, ("sealed_note",)),
    "casework:delete": Address({OUTREACH}, ("sealed_note",), "post"),
    "casework:deputies": Address({OUTREACH, COUNTER}),
    "casework:keys": Address({TECHNICAL}),
    "casework:counts": Address({HEAD, ADMIN, OFFICER}),
    "casework:create_key": Address({TECHNICAL}, ("unit",), "post"),
    "casework:rotate_key": Address({TECHNICAL}, ("unit",), "post"),
    "casework:go_on": Address({TECHNICAL}, ("unit",), "post"),
    "blueprints:overview": Address({TECHNICAL}),
    "blueprints:check": Address({TECHNICAL}, method="post"),
    "blueprints:apply": Address({TECHNICAL}, method="post"),
    "blueprints:export": Address({TECHNICAL}),
    **{
        f"retention:{page}": Address(CASEWORK | {HEAD, OFFICER})
        for page in ("announced", "holds", "report", "preview")
    },
    "retention:hold": Address({CLERK, HEAD}, ("announced",)),
    "retention:hold_file": own("household"),
    "retention:lift": Address({CLERK, HEAD}, ("hold",), "post"),
    "rights:list": Address(CASEWORK),
    "rights:watch": Address({HEAD, OFFICER}),
    "rights:rules": Address(CASEWORK | {HEAD, OFFICER}),
    "rights:take_in": Address(CASEWORK),
    "rights:for_household": own("household"),
    "rights:for_person": own("person"),
    "rights:request": Address({CLERK, HEAD, OFFICER}, ("right_request",)),
    **{f"rights:copy_{form}": own("right_request", method="post") for form in ("pdf", "json")},
    **{
        f"rights:{step}": own("right_request", method="post")
        for step in (
            *("begin", "identify", "answer", "hand_out", "nothing", "correct", "contest", "restrict", "stop"),
            *("refuse", "pass_on", "extend", "give", "withdraw"),
        )
    },
    "rights:erasing": own("right_erasure"),
    "rights:erase": own("right_erasure", method="post"),
    "rights:keep": own("right_erasure", method="post"),
    "rights:end_contested": own("contested", method="post"),
    "rights:end_objection": own("objection", method="post"),
    "rights:proposal": Address({SCHOOL}, ("proposed_correction",)),
    "rights:take_proposal": Address({SCHOOL}, ("proposed_correction",), "post"),
    "rights:leave_proposal": Address({SCHOOL}, ("proposed_correction",), "post"),
    "oversight:events": Address({OFFICER}),
    **{
        f"oversight:{page}": Address({OFFICER})
        for page in ("desk", "fields", "idle", "readings", "patterns", "samples")
    },
    "oversight:draw": Address({OFFICER}, method="post"),
    "oversight:sample": Address({OFFICER}, ("sample",)),
    "oversight:why": own("household"),
    "oversight:report": Address(EVERYBODY),
    "oversight:breaches": Address({OFFICER, HEAD}),
    "oversight:breach": Address({OFFICER, HEAD}, ("breach",)),
    "oversight:notification": Address({OFFICER, HEAD}, ("breach",)),
    "oversight:assess": Address({OFFICER}, ("breach",)),
    "oversight:find": Address({OFFICER}, ("breach",)),
    **{
        f"oversight:{step}": Address({OFFICER}, ("breach",), "post")
        for step in ("notify", "leave", "telling", "close")
    },
    "oversight:letter": Address({OFFICER, HEAD, CLERK}, ("breach", "german")),
    "oversight:share": own("share"),
    "oversight:tell": own("concerned", method="post"),
    "notices:children": Address(CASEWORK),
    "notices:begin": own("household"),
    "notices:child": own("child_notice"),
    "notices:consultation": own("child_notice"),
    "notices:child_letter": own("child_sent"),
    **{
        f"notices:child_{step}": own("child_notice", method="post")
        for step in ("talk", "consult", "help", "send", "acute", "leave", "feedback")
    },
    "notices:glass": Address(CASEWORK | {HEAD}),
    "notices:glass_open": Address(CASEWORK | {HEAD}, ("ground",)),
    "notices:glass_end": Address(CASEWORK | {HEAD}, ("glass",), "post"),
    "notices:glasses": Address({HEAD, OFFICER}),
    "notices:glass_review": Address({HEAD, OFFICER}, ("glass",)),
    "notices:outbounds": Address({CONTROLLER, HEAD, OFFICER}),
    "notices:outbound": Address({CONTROLLER, OFFICER}, ("outbound",)),
    "notices:outbound_letter": Address({CONTROLLER}, ("outbound_sent",)),
    "notices:outbound_rules": Address(HOUSE),
    "notices:outbound_figures": Address({COORDINATION, HEAD}),
    "notices:draft": Address({CONTROLLER}, ("tenants",)),
    **{
        f"notices:outbound_{step}": Address({CONTROLLER}, ("outbound",), "post")
        for step in ("submit", "withdraw")
    },
    **{f"notices:outbound_{step}": Address(set(), ("outbound",), "post") for step in ("confirm", "reject")},
    "reports:index": Address(HOUSE),
    "reports:sheet": Address(HOUSE, ("unit", "language")),
    "reports:paper": Address({HEAD, ADMIN, OFFICER}, ("paper", "unit")),
    "reports:for_all": Address({HEAD, ADMIN, OFFICER}, ("concept",)),
    "reports:watch": Address({HEAD, ADMIN, OFFICER}),
    "oversight:status": Address({TECHNICAL}),
    "portal:settle": Address({Role.EDITOR}, ("page_remark",), "post"),
}
ELSEWHERE = {
    "partners:answer": "for whoever holds a link: stafette/partners/tests/test_door.py",
    **{
        f"upkeep:{one}": "for whoever holds a link: stafette/upkeep/tests/test_door.py"
        for one in ("entries", "change", "add")
    },
    "upkeep:new_link": "for everybody, and the same for all: stafette/upkeep/tests/test_door.py",
    "partners:new_link": "for everybody, and the same for all: stafette/partners/tests/test_links.py",
    "web:patterns": "only in the demo: stafette/web/tests",
    "web:hint": "for everybody who writes, and it keeps nothing: stafette/web/tests/test_watching.py",
    **{
        f"portal:{page}": "for everybody, whoever is logged in: stafette/portal/tests/test_strangers.py"
        for page in (
            *("start", "sitemap", "robots", "pages", "home", "topics", "topic", "search", "service", "card"),
            *("sketch", "needs", "sheets", "sheet", "sheet_pdf", "folder", "folder_pdf", "emergency", "note"),
            *("feedback", "help", "accessibility", "privacy", "imprint"),
        )
    },
    **{
        f"interface:{one}": "for everybody, whoever is logged in: stafette/portal/tests/test_api.py"
        for one in (
            *("root", "openapi", "services", "service", "calendar", "organizations", "organization"),
            *("places", "place", "taxonomies", "taxonomy", "terms", "term", "sheets"),
        )
    },
    "reports:essence": "public by law (Art. 26(2) GDPR): stafette/reports/tests/test_papers.py",
    "demo:start": "only in the demo: stafette/demo/tests/test_start.py",
    "demo:enter": "only in the demo: stafette/demo/tests/test_start.py",
}


def addresses(resolver=None, spaces=()):
    """Yield the name of every address of ours; those of the login library stand under konto/."""
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            if str(entry.pattern) != "konto/":
                yield from addresses(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
        else:
            yield ":".join([*spaces, entry.name])


def test_every_address_is_listed():
    found = set(addresses())
    listed = set(MATRIX) | set(ELSEWHERE)
    assert found - listed == set(), "say here who may open them"
    assert listed - found == set(), "these are gone"


@pytest.fixture
def world(db):
    """One of everything, and an account per role."""
    town = make_town()
    unit, clerk = town.clearing, town.clerk
    things = {"person": town.mother, "household": town.household, "unit": unit}
    things["other"] = PersonFactory(unit=unit)
    things |= {
        name: SimpleNamespace(pk=word)
        for name, word in (("paper", "verzeichnis"), ("concept", "loeschkonzept"), ("language", "de"))
    }
    dropped, kept = PersonFactory(unit=unit), PersonFactory(unit=unit)
    with as_owner():
        things["member"] = HouseholdMember.objects.filter(household=town.household).first()
        first, second = sorted([things["other"].pk, kept.pk])
        things["proposal"] = DuplicateProposal.objects.create(
            unit=unit, first_id=first, second_id=second, score=90
        )
        things["hint"] = Hint.objects.create(
            unit=town.housing,
            street="Ringweg",
            indication="overcrowding",
            due_on=date(2026, 12, 1),
            received_on=date(2026, 11, 2),
        )
    things["merge"] = merge_persons(actor=clerk, kept_id=kept.pk, dropped_id=dropped.pk)
    things["arrival"] = ArrivalFactory(household__unit=unit)
    things["closed"] = closed_file(unit)
    things["asked_by_police"] = asked_by_police(town)
    things["import"] = ImportFactory(unit=unit)
    things |= leaving(town)
    FormVersionFactory(unit=unit)
    with as_owner():
        things["declaration"] = Declaration.objects.create(
            unit=unit, norm="§ 78 SGB X", given_on=date(2026, 1, 1)
        )
    things["interview"] = InterviewFactory(household=town.household, unit=unit)
    things["contact"] = ShortContactFactory(unit=unit)
    things["finding"], things["service"] = town.finding("newborn"), ServiceFactory()
    things |= directory_entries()
    things["consent"] = consent(town)
    things["referral"] = sent(town)
    things["offer"] = lead_offered(town)
    day = today() + timedelta(days=5)
    things["follow_up"] = plan_own_follow_up(actor=clerk, household_id=town.household.pk, next_on=day)
    things["task"] = create_task(actor=clerk, unit_id=unit.pk, title="Rückruf", next_on=day)
    route = town.route("advice_wanted", town.outreach)
    things["draft"] = prepare_referral(
        actor=clerk, finding_id=town.finding("advice_wanted").pk, route_id=route.pk
    )
    things["page_remark"] = PageRemarkFactory()
    things["message"] = MessageFactory(unit=unit, state="failed")
    things |= rights(town, things["referral"])
    accounts = {
        role: MembershipFactory(role=role, unit=home).user
        for role, home in {
            CLERK: unit, HEAD: unit, ADMIN: unit, OUTREACH: town.outreach, CONTROLLER: town.housing,
            SCHOOL: town.school, COORDINATION: town.coordination, Role.DESK: unit, Role.EDITOR: unit,
            COUNTER: UnitFactory(kind=UnitKind.DISTRICT_CENTRE, mandate=Mandate.HELPING, authority=unit.authority),
            OFFICER: UnitFactory(kind=UnitKind.DATA_PROTECTION, mandate=Mandate.OVERSEEING, authority=unit.authority),
            TECHNICAL: UnitFactory(kind=UnitKind.OPERATIONS, mandate=Mandate.OPERATING, authority=unit.authority),
            PARTNER: UnitFactory(kind=UnitKind.SCHOOL, mandate=Mandate.HELPING, authority=unit.authority),
        }.items()
    }  # fmt: skip
    things |= questions(town, accounts[PARTNER].memberships.get().unit)
    things |= entries(accounts[PARTNER].memberships.get().unit)
    things |= agreed(town)
    things |= cooperating(unit, accounts[HEAD])
    things |= entrusted(town, accounts[OUTREACH])
    colleague = MembershipFactory(role=CLERK, unit=unit)
    things["membership"], things["user"] = colleague, colleague.user
    with as_owner():
        things["hand_over"] = HandOver.objects.create(unit=unit, moved_by=colleague.user)
    things |= overseen(town)
    things |= noticed(town)
    things |= written(unit)
    things["absence"] = AbsenceFactory(user=colleague.user, deputy=accounts[CLERK])
    return things, accounts


def written(unit):
    """A sheet with two versions in a folder, a work aid with a file, a question that nobody could answer."""
    old = SheetVersionFactory(published=True, sheet__keeper=unit, state="replaced", ended_on=today())
    SheetVersionFactory(published=True, sheet=old.sheet, number=2)
    folder = FolderFactory(keeper=unit)
    with as_owner():
        folder.places.create(sheet=old.sheet, position=1)
    return {
        "sheet_code": SimpleNamespace(pk=old.sheet.code),
        "sheet_number": SimpleNamespace(pk=2),
        "sheet_move": SimpleNamespace(pk="withdraw"),
        "folder_code": SimpleNamespace(pk=folder.code),
        "work_aid": WorkAidFactory(owner_unit=unit, content=b"%PDF", mime="application/pdf", size=4),
        "open_question": OpenQuestionFactory(unit=unit),
    }


def directory_entries():
    """A service at a place, by their codes, and what its provider would like to change."""
    place = ServiceAtLocationFactory(location__organization=OrganizationFactory())
    provider = place.service.organization
    codes = {"service": place.service.code, "organization": provider.code, "location": place.location.code}
    with as_owner():
        proposal = EntryProposal.objects.create(
            organization=provider, service=place.service, source="provider", proposed_at=now(),
            data={"code": place.service.code, "organization": provider.code, "name": "Neuer Name"},
        )  # fmt: skip
        table = TableImport.objects.create(made_at=now(), made_by="Redaktion")
    things = {f"entry_{kind}": SimpleNamespace(pk=code) for kind, code in codes.items()}
    more = {"entry_number": SimpleNamespace(pk=1), "entry_language": SimpleNamespace(pk="bg")}
    more["exchange_form"] = SimpleNamespace(pk="hsds")
    return things | more | {"entry_proposal": proposal, "services_table": table}


def noticed(town):
    """A child that somebody worries about, files that were opened, and letters to the foreigners' authority."""
    scene = Scene(town, town.clearing, staff(town.housing, HEAD), staff(town.housing, HEAD), *tenants(town))
    return {
        "child_notice": scene.opened(),
        "child_sent": send_child_notice(actor=town.clerk, notice_id=scene.decided().pk, **SEND),
        "glass": open_glass(actor=town.teacher, unit_id=town.clearing.pk, ground="danger", reason=EMERGENCY),
        "ground": SimpleNamespace(pk="danger"),
        "outbound": scene.waiting(),
        "outbound_sent": confirm_outbound(actor=scene.head, notice_id=scene.waiting().pk),
        "tenants": scene.household,
    }


def tenants(town):
    """A household that the housing control knows."""
    home = HouseholdFactory(unit=town.housing)
    return home, HouseholdMemberFactory(household=home, unit=town.housing).person


def asked_by_police(town):
    """A request that the head of the clearing desk decides."""
    return take_request(
        actor=town.clerk,
        unit_id=town.clearing.pk,
        body_kind="POL",
        body_name="Polizeirevier",
        dated_on=today(),
        categories=["core"],
        justification="Vermisstensache",
        household_id=town.household.pk,
    )


def leaving(town):
    """A file whose deletion is announced, and one whose deletion is held up."""
    facts = {"unit": town.clearing, "kind": "people.Household"}
    with as_owner():
        announced = Announcement.objects.create(
            **facts, object_id=town.household.pk, rule="L4", rule_from=today(), event_on=today(),
            due_on=today() + timedelta(days=9), told_on=today(),
        )  # fmt: skip
    held = hold_up(
        actor=town.clerk, kind="people.Household", object_id=town.household.pk, reason="claim",
        until_on=today() + timedelta(days=30),
    )  # fmt: skip
    return {"announced": announced, "hold": held}


def closed_file(unit):
    """A file that exists for two colleagues only."""
    readers = [staff(unit, CLERK) for _number in range(2)]
    household = HouseholdMemberFactory(household__unit=unit).household
    return close_file(
        actor=readers[0],
        household_id=household.pk,
        kind="own",
        reason="staff",
        open_to=[one.id for one in readers],
    )


def entrusted(town, author):
    """A household of the outreach unit, and what it entrusted to one member of the staff there."""
    keeper = Actor(new_id(), "Technik", frozenset({(Permission.KEY_ADMIN, town.outreach.pk)}))
    create_key(actor=keeper, unit_id=town.outreach.pk)
    home = HouseholdFactory(unit=town.outreach)
    note = write_note(
        actor=actor_for(author), household_id=home.pk, ground="entrusted", title="", body="Anvertrautes"
    )
    return {"sealed_household": home, "sealed_note": note}


def agreed(town):
    """A withdrawal that was spoken at the counter, and what names a form and its language."""
    note = note_withdrawal(
        actor=town.clerk, unit_id=town.clearing.pk, number=new_number(), said_by="person", form="spoken"
    )
    return {"withdrawal": note, "form": SimpleNamespace(pk="data"), "german": SimpleNamespace(pk="de")}


def overseen(town):
    """A reading drawn for review, and a breach that concerns the household of the clearing desk."""
    with as_owner():
        reading = ReadingFactory(unit_id=town.clearing.pk)
        sample = ReadingSample.objects.create(unit=town.clearing, reading=reading, month=date(2026, 10, 1))
        breach = BreachFactory(unit=town.clearing)
        share = BreachShare.objects.create(
            breach=breach, unit=town.clearing, question="street", letter=breach.letter_facts, households=1, people=2,
            made_by_id=town.clerk.id,
        )  # fmt: skip
        concerned = Concerned.objects.create(share=share, unit=town.clearing, household=town.household)
    return {"sample": sample, "breach": breach, "share": share, "concerned": concerned}


def rights(town, referral):
    """A request in work, one to erase, a contested fact, an objection, and a correction proposed to the school team."""
    access, erasure = (
        take_in_request(
            actor=town.clerk, unit_id=town.clearing.pk, kind=kind, channel="counter", received_on=today(),
            person_id=town.mother.pk, identity="document",
        )
        for kind in ("access", "erasure")
    )  # fmt: skip
    for one in (access, erasure):
        begin_request(actor=town.clerk, request_id=one.pk)
    with as_owner():
        contested = DisputedField.objects.create(
            unit=town.clearing, person=town.mother, field="birth", since_on=today()
        )
        objection = Objection.objects.create(unit=town.clearing, household=town.household, since_on=today())
        proposed = CorrectionProposal.objects.create(
            number="MUS-CL-2026-90001", from_unit=town.clearing, to_unit=town.school, referral=referral,
            field="given_names", old="Ivo", new="Ivan", who="Ivo", corrected_on=today(), next_on=today(),
            remind_on=today(), escalate_on=today(), responsible_unit=town.school,
            responsible_user_id=town.teacher.id, escalation_unit=town.coordination,
        )  # fmt: skip
    return {
        "right_request": access,
        "right_erasure": erasure,
        "contested": contested,
        "objection": objection,
        "proposed_correction": proposed,
    }


def consent(town):
    return give_consent(
        actor=town.clerk, unit_id=town.clearing.pk, household_id=town.household.pk, receiver_id=town.outreach.pk,
        purpose="Unterstützung", categories=["core"], person_ids=[town.mother.pk], text_version="1", language="de",
        form="written",
    )  # fmt: skip


def sent(town, person=None):
    route = town.route("child_without_school_place", town.school, ["core", "address", "language"])
    finding = town.finding("child_without_school_place", person=person or town.child)
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    return send_referral(actor=town.clerk, referral_id=referral.pk)


def lead_offered(town):
    """The clearing desk asks the school team to lead."""
    referral = sent(town, town.mother)
    accept_referral(actor=town.teacher, referral_id=referral.pk)
    return offer_lead(actor=town.clerk, referral_id=referral.pk, reason="expertise")


def entries(unit):
    """A service of a provider with an account, and a provider whom somebody must call."""
    organization = OrganizationFactory(unit=unit)
    return {
        "own_entry": ServiceFactory(organization=organization),
        "own_provider": organization,
        "entry_round": RoundFactory(organization=organization, state="call"),
    }


def cooperating(unit, head):
    """An agreement with a partner that is a draft, with a desk, and one that runs."""
    actor, partner = actor_for(head), PartnerFactory(keeper=unit)
    facts = {"unit_id": unit.pk, "partner_id": partner.pk, "signed_on": today(), "starts_on": today()}
    drafted, running = (enter_agreement(actor=actor, file_number=number, **facts) for number in ("1", "2"))
    desk = {"weekday": 1, "opens_at": time(8), "closes_at": time(9), "desk": 1}
    given = add_desk_time(actor=actor, agreement_id=drafted.pk, **desk)
    start_agreement(actor=actor, agreement_id=running.pk)
    return {"agreement": drafted, "desk_time": given, "agreement_over": running}


def questions(town, unit):
    """A school with an account, one question to it that was sent and one that is a draft."""
    school = PartnerFactory(keeper=town.clearing, unit=unit)
    about = {
        "household_id": town.household.pk,
        "person_ids": [town.child.pk],
        "guardian_ids": [town.mother.pk],
    }
    give_consent(
        actor=town.clerk, unit_id=town.clearing.pk, outsider=Outsider(school.pk, school.name), purpose="Nachfrage",
        categories=["core"], text_version="1", language="de", form="written", **about,
    )  # fmt: skip
    draft, asked = (
        prepare_request(
            actor=town.clerk, household_id=town.household.pk, partner_id=school.pk, question=question,
            person_id=town.child.pk,
        )
        for question in ("attends", "start_date")
    )  # fmt: skip
    return {
        "partner": school,
        "asked_draft": draft,
        "asked": send_request(actor=town.clerk, request_id=asked.pk),
    }


def call(world, name, address, role):
    things, accounts = world
    values = [things[part] for part in address.args]
    args = [
        value.code if part == "unit" else value.pk for part, value in zip(address.args, values, strict=True)
    ]
    data = {key: things[value].pk if value in things else value for key, value in address.data.items()}
    client = Client()
    if role != STRANGER:
        client.force_login(accounts[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    return getattr(client, address.method)(reverse(name, args=args), data)


def right(status, role, address):
    if role == STRANGER:
        return status == 302
    if role in address.allowed:
        return status not in (403, 404, 405, 500)
    return status in (403, 404)


@pytest.mark.parametrize("role", [STRANGER, *ROLES])
def test_which_addresses_answer_a_role(world, role):
    wrong = []
    for name, address in MATRIX.items():
        with transaction.atomic():
            status = call(world, name, address, role).status_code
            transaction.set_rollback(True)
        if not right(status, role, address):
            wrong.append(f"{name}: {status}")
    assert not wrong, wrong
