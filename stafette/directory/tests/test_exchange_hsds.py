"""The directory goes out as HSDS and comes in again without a loss."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.directory import data as d
from stafette.directory.commands import put_location, put_organization, put_service
from stafette.directory.commands.exchange import take_plan
from stafette.directory.differing import bare
from stafette.directory.exchange import moving
from stafette.directory.exchange.hsds.check import problems_of
from stafette.directory.models import EntryVersion, Location, Organization, Service
from stafette.directory.plain import to_plain
from stafette.directory.queries.whole import whole_entries, whole_locations, whole_organizations
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner

PHONE = d.PhoneData(
    number="030 23125 001", extension="0-12", kind="voice", description="Zentrale", languages=("bg", "tr")
)
CONTACT = d.ContactData(
    name="Anmeldung", title="Leitung", department="Beratung", email="a@x.example", phones=(PHONE,)
)
HOURS = d.ScheduleData(
    byday="MO,WE",
    opens_at=time(9),
    closes_at=time(12, 30),
    attending="appointment",
    description="mit Termin",
    valid_from=date(2026, 1, 1),
    exceptions=(
        d.ExceptionData(starts_on=date(2026, 12, 24), ends_on=date(2027, 1, 1), note="Ferien"),
        d.ExceptionData(
            starts_on=date(2026, 6, 1),
            ends_on=date(2026, 6, 1),
            is_closed=False,
            opens_at=time(10),
            closes_at=time(11),
        ),
    ),
)
MONTHLY = d.ScheduleData(freq="MONTHLY", byday="1MO,-1FR", opens_at=time(14), closes_at=time(16, 15, 30))
ORGANIZATION = d.OrganizationData(
    code="caritas",
    name="Caritas",
    alternate_name="CV",
    kind="faith",
    description="Hilft.",
    email="post@caritas.example",
    website="https://caritas.example/",
    legal_status="e. V.",
    year_incorporated=1897,
    language="bg",
    origin="Land",
    origin_id="4711",
    phones=(PHONE,),
    contacts=(CONTACT,),
    funding=(d.FundingData(source="Kirche"),),
    extra={"logo": "https://caritas.example/logo.png"},
)
LOCATION = d.LocationData(
    code="haus",
    organization="caritas",
    kind="physical",
    name="Haus der Beratung",
    description="Hinterhof",
    transportation="Tram 4",
    url="https://haus.example/",
    address_1="Beispielstraße 1",
    address_2="2. Stock",
    postal_code="04109",
    city="Leipzig",
    district="Mitte",
    state="Sachsen",
    latitude=51.34,
    longitude=12.37,
    languages=("de",),
    phones=(PHONE,),
    contacts=(CONTACT,),
    schedules=(HOURS,),
    accessibility=(
        d.AccessData(kind="lift", description="Aufzug", details="bis 2 m", url="https://haus.example/aufzug"),
    ),
)
SERVICE = d.ServiceData(
    code="mbe",
    organization="caritas",
    name="Migrationsberatung",
    alternate_name="MBE",
    summary="Hilft beim Ankommen.",
    description="Lange Beschreibung mit „Anführung“,\nZeilen und Komma.",
    status="temporarily closed",
    topics=("residence", "work"),
    leika_keys=("99010003001000",),
    languages=("de", "bg"),
    interpretation_services="per Telefon",
    target_groups=("families",),
    statuses=(2, 8),
    eligibility="ab 27",
    minimum_age=27,
    maximum_age=99,
    application_process="anrufen",
    fees="kostenlos",
    is_free=True,
    accreditations="BAMF",
    email="mbe@caritas.example",
    website="https://caritas.example/mbe",
    room="waiting",
    waiting_weeks=3,
    alert="bis Mai zu",
    is_public=False,
    assured_at=date(2026, 3, 1),
    assured_by="Redaktion",
    confirm_days=60,
    places=(
        d.PlaceData(
            location="haus",
            description="Raum 3",
            phones=(PHONE,),
            contacts=(CONTACT,),
            schedules=(HOURS, MONTHLY),
        ),
    ),
    schedules=(MONTHLY,),
    phones=(PHONE, d.PhoneData(number="030 23125 002", extension="12", kind="fax")),
    contacts=(CONTACT,),
    documents=(
        d.DocumentData(document="Ausweis"),
        d.DocumentData(document="Bescheid", uri="https://x.example/b"),
    ),
    costs=(
        d.CostData(
            option="Kopien",
            amount=Decimal("0.50"),
            amount_description="je Blatt",
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31),
        ),
    ),
    capacities=(
        d.CapacityData(
            available=3,
            maximum=12,
            unit="Termine",
            description="je Woche",
            updated_at=datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
        ),
    ),
    funding=(d.FundingData(source="BMI"),),
    areas=(d.AreaData(name="Leipzig", description="Stadt"),),
)


@pytest.fixture
def editor(db, actor_with):
    unit = UnitFactory()
    return {"actor": actor_with(Permission.DIRECTORY_EDIT, unit=unit), "unit_id": unit.pk}


@pytest.fixture
def rich(editor):
    put_organization(**editor, data=ORGANIZATION)
    put_organization(**editor, data=d.OrganizationData(code="leer", name="Leer"))
    put_location(**editor, data=LOCATION)
    put_location(**editor, data=d.LocationData(code="netz", kind="virtual", url="https://netz.example/"))
    put_service(**editor, data=SERVICE)
    put_service(
        **editor, data=d.ServiceData(code="klein", organization="leer", name="Klein", summary="Kurz.")
    )
    return editor


def empty_directory():
    with as_owner():
        EntryVersion.objects.all().delete()
        Service.objects.all().delete()
        Location.objects.all().delete()
        Organization.objects.all().delete()


def values():
    return [[one.data for one in read()] for read in (whole_organizations, whole_locations, whole_entries)]


def take(editor, content, **more):
    plan = moving.plan_of(content, **more)
    assert not [str(p) for line in plan.lines for p in line.problems if p.is_fault]
    take_plan(**editor, plan=plan, form="hsds")
    return plan


def without_stamps(document):
    found = json.loads(json.dumps(document))
    for one in found["services"]:
        one.pop("last_modified", None)
    return found


@pytest.mark.parametrize("export", [moving.as_json, moving.as_zip])
def test_a_rich_directory_comes_back_the_same(rich, export):
    assert bare(to_plain(values()[2][1])) == bare(to_plain(SERVICE))
    before, told, content = values(), without_stamps(moving.document()), export()
    empty_directory()
    plan = take(rich, content)
    assert plan.counts == {"new": 6}
    assert values() == before
    assert without_stamps(moving.document()) == told
    assert moving.plan_of(export()).counts == {"equal": 6}


def test_what_goes_out_keeps_to_the_standard(rich):
    told = moving.document()
    for plural, name in (
        ("organizations", "organization"),
        ("locations", "location"),
        ("services", "service"),
    ):
        assert told[plural]
        for one in told[plural]:
            assert [str(problem) for problem in problems_of(one, name)] == []
