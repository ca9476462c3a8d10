"""Files of others: every field comes back, what does not fit is told, what means harm stays out."""

import copy
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stafette.directory import data as d
from stafette.directory.commands import put_organization, put_service
from stafette.directory.differing import bare
from stafette.directory.exchange import moving
from stafette.directory.exchange.hsds.read import Reader, gather
from stafette.directory.exchange.hsds.tables import pack, unpack
from stafette.directory.exchange.hsds.write import Style, organization_alone, service
from stafette.directory.models import Service
from stafette.directory.plain import to_plain
from stafette.directory.tests.test_exchange_hsds import (  # noqa: F401
    SERVICE,
    editor,
    empty_directory,
    take,
    values,
)
from stafette.kernel.errors import BadInput

PHONE = {
    "id": "11111111-1111-4111-8111-111111111111",
    "number": '"+44 1234 234567"',
    "extension": 100,
    "type": "voice",
    "description": "A line that is open all day. " * 10,
    "languages": [
        {"id": "22222222-2222-4222-8222-222222222222", "name": "Urdu", "code": "ur", "note": "if she is in"}
    ],
}
SCHEDULE = {
    "id": "33333333-3333-4333-8333-333333333333",
    "valid_from": "2005-01-01",
    "dtstart": "2005-01-01",
    "timezone": 3,
    "count": 3,
    "wkst": "TU",
    "freq": "WEEKLY",
    "interval": 1,
    "byday": "TH,FR",
    "byweekno": "41,42",
    "opens_at": "10:00:00",
    "closes_at": "02:00Z",
    "schedule_link": "http://x.example",
    "attending_type": "Come in person or by video",
    "notes": "Closed for lunch",
}
CONTACT = {"id": "44444444-4444-4444-8444-444444444444", "name": "Desk", "phones": [PHONE]}
PLACE = {
    "id": "55555555-5555-4555-8555-555555555555",
    "location_type": "physical",
    "alternate_name": "Civic",
    "latitude": 100,
    "longitude": 101,
    "external_identifier": "10092008082",
    "languages": [{"id": "66666666-6666-4666-8666-666666666666", "name": "Klingon"}],
    "addresses": [
        {
            "id": "77777777-7777-4777-8777-777777777777",
            "attention": "Front desk",
            "address_1": "1-30 Main Street",
            "city": "MyCity",
            "region": "MyRegion",
            "state_province": "MyState",
            "postal_code": "ABC 1234",
            "country": "USA",
            "address_type": "postal",
        },
        {"id": "88888888-8888-4888-8888-888888888888", "address_1": "Second", "city": "MyCity"},
    ],
    "contacts": [CONTACT],
    "phones": [PHONE],
    "schedules": [SCHEDULE],
    "accessibility": [{"id": "99999999-9999-4999-8999-999999999999", "description": "Induction loop"}],
}
FOREIGN = {
    "id": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
    "name": "Community Counselling",
    "status": "active",
    "url": "not an address",
    "fees": "old field",
    "fees_description": "We charge. " * 60,
    "wait_time": "long",
    "minimum_age": 12,
    "maximum_age": 100.5,
    "assured_date": "2005-01-01",
    "assurer_email": "who@x.example",
    "licenses": "none",
    "unheard_of": {"deep": [1, 2.5, None, {"x": "y"}]},
    "additional_urls": [
        {"id": "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", "label": "Site", "url": "https://x.example"}
    ],
    "phones": [PHONE, {"id": "cccccccc-cccc-4ccc-8ccc-cccccccccccc", "number": ""}],
    "schedules": [SCHEDULE],
    "service_areas": [
        {"id": "dddddddd-dddd-4ddd-8ddd-dddddddddddd", "name": "All", "extent_type": "geojson"}
    ],
    "languages": PHONE["languages"],
    "service_at_locations": [
        {
            "id": "eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee",
            "description": "In room 3",
            "contacts": [CONTACT],
            "phones": [PHONE],
            "schedules": [SCHEDULE],
            "location": PLACE,
        }
    ],
    "organization": {
        "id": "org-7",
        "name": "Example Inc.",
        "description": "Helps",
        "tax_status": "exempt",
        "year_incorporated": 2011,
        "parent_organization_id": "org-1",
        "programs": [{"id": "ffffffff-ffff-4fff-8fff-ffffffffffff", "name": "P", "description": "D"}],
        "organization_identifiers": [
            {
                "id": "12121212-1212-4212-8212-121212121212",
                "identifier_type": "Company",
                "identifier": "1234567",
            }
        ],
        "locations": [PLACE],
        "phones": [PHONE],
    },
    "program": {"id": "ffffffff-ffff-4fff-8fff-ffffffffffff", "name": "P", "description": "D"},
    "cost_options": [
        {"id": "13131313-1313-4313-8313-131313131313", "amount": 35, "currency": "gbp", "option": "Under 18s"}
    ],
    "capacities": [
        {
            "id": "14141414-1414-4414-8414-141414141414",
            "unit": {"id": "15151515-1515-4515-8515-151515151515", "name": "Bed", "scheme": "SI"},
            "available": 12,
            "maximum": 10,
            "updated": "2024-09-25T14:23:06.5+01:00",
        }
    ],
    "attributes": [
        {
            "id": "16161616-1616-4616-8616-161616161616",
            "link_type": "eligibility",
            "link_entity": "service",
            "value": "v",
            "taxonomy_term": {
                "id": "17171717-1717-4717-8717-171717171717",
                "code": "c",
                "name": "n",
                "description": "d",
                "taxonomy": "AIRS",
                "taxonomy_detail": {
                    "id": "18181818-1818-4818-8818-181818181818",
                    "name": "AIRS",
                    "description": "d",
                },
            },
        }
    ],
    "metadata": [
        {
            "id": "19191919-1919-4919-8919-191919191919",
            "resource_type": "service",
            "last_action_date": "2011-01-01",
            "last_action_type": "update",
            "field_name": "name",
            "previous_value": "a",
            "replacement_value": "b",
            "updated_by": "c",
        }
    ],
}


def missing(said, kept, where=""):
    """Every value of `said` that `kept` does not have; lists are compared by identifier, nothing equals nothing."""
    if isinstance(said, dict):
        if not isinstance(kept, dict):
            return [where]
        return [gap for name, one in said.items() for gap in missing(one, kept.get(name), f"{where}/{name}")]
    if isinstance(said, list) and said and all(isinstance(one, dict) and "id" in one for one in said):
        there = {one.get("id"): one for one in kept or []}
        return [gap for one in said for gap in missing(one, there.get(one["id"]), f"{where}/{one['id'][:4]}")]
    return [] if said == kept or (said == "" and kept is None) else [f"{where}: {said!r} != {kept!r}"]


def told(code="service"):
    document = moving.document()
    return document["services"][0], document["organizations"][0], document["locations"][0]


SHAPES = [
    FOREIGN,
    [FOREIGN],
    {"contents": [FOREIGN], "total_items": 1},
    {"services": [FOREIGN]},
    {**FOREIGN["organization"], "services": [{k: v for k, v in FOREIGN.items() if k != "organization"}]},
]


@pytest.mark.parametrize("shape", range(len(SHAPES)))
def test_every_field_of_a_foreign_file_comes_back(editor, shape):  # noqa: F811
    take(editor, json.dumps(SHAPES[shape]).encode())
    service_told, organization, location = told()
    wanted = copy.deepcopy(FOREIGN)
    wanted["organization"].pop("locations")
    assert missing(wanted, service_told) == []
    assert missing({k: v for k, v in FOREIGN["organization"].items() if k != "locations"}, organization) == []
    assert missing(PLACE, location) == []
    assert moving.plan_of(json.dumps(SHAPES[shape]).encode()).counts == {"equal": 3}


@pytest.mark.parametrize("export", [moving.as_json, moving.as_zip])
def test_a_foreign_file_survives_another_round(editor, export):  # noqa: F811
    take(editor, json.dumps(FOREIGN).encode())
    content = export()
    empty_directory()
    take(editor, content)
    service_told, organization, location = told()
    wanted = copy.deepcopy(FOREIGN)
    wanted["organization"].pop("locations")
    wanted["service_at_locations"][0].pop("location")
    assert missing(wanted, service_told) == []
    assert missing(PLACE, location) == []


def test_tables_and_nested_objects_are_the_same(db):
    document = {"services": [FOREIGN], "organizations": [FOREIGN["organization"]], "locations": [PLACE]}
    found = unpack(pack(document))
    wanted = copy.deepcopy(FOREIGN)
    for name in ("organization", "program"):
        wanted.pop(name)
    wanted["service_at_locations"][0].pop("location")
    (read,) = [one for one in found["services"] if one["id"] == FOREIGN["id"]]
    assert missing(wanted, read) == []
    assert read["organization_id"] == "org-7"


def test_an_entry_of_ours_keeps_what_a_foreign_file_does_not_speak_of(editor):  # noqa: F811
    take(editor, json.dumps(FOREIGN).encode())
    ours = values()[2][0]
    put_service(**editor, data=d.ServiceData(**{**vars(ours), "topics": ("work",), "summary": "Von uns"}))
    changed = {**FOREIGN, "alert": "Closed in May"}
    plan = take(editor, json.dumps(changed).encode())
    assert [line.changes for line in plan.lines if line.entry.kind == "service"] == [("alert",)]
    found = values()[2][0]
    assert (found.topics, found.summary, found.alert) == (("work",), "Von uns", "Closed in May")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"organization": None}, "kein Träger"),
        ({"organization": None, "organization_id": "nirgends"}, "nirgends"),
        ({"name": ""}, "Name"),
        ({"name": None}, "Name"),
        ({"status": "vielleicht"}, "active"),
        ({"status": None}, "fehlt"),
    ],
)
def test_faulty_entries_say_what_is_wrong_and_stay_out(editor, change, says):  # noqa: F811
    plan = moving.plan_of(json.dumps({**FOREIGN, **change}).encode())
    (line,) = [line for line in plan.lines if line.entry.kind == "service"]
    assert line.state == "faulty"
    assert says in " ".join(map(str, line.problems))
    moving_on = moving.plan_of(json.dumps({**FOREIGN, **change}).encode())
    from stafette.directory.commands.exchange import take_plan

    take_plan(**editor, plan=moving_on, form="hsds")
    assert not Service.objects.exists()


def test_services_without_a_provider_can_be_given_one(editor):  # noqa: F811
    put_organization(**editor, data=d.OrganizationData(code="caritas", name="Caritas"))
    bare_one = {"id": FOREIGN["id"], "name": "Small", "status": "active"}
    take(editor, json.dumps([bare_one]).encode(), provider="caritas")
    assert Service.objects.get().organization.code == "caritas"


def bomb():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"id,name\n" + b"0" * (60 * 1024 * 1024))
    return target.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        bomb,
        lambda: b"PK\x03\x04broken",
        lambda: b'{"services": [',
        lambda: b"[" * 100_000,
        lambda: b"hello",
        lambda: b"",
        lambda: b"%PDF-1.4",
        lambda: b"<html><body>x</body></html>",
    ],
)
def test_what_means_harm_or_is_no_such_file_is_refused(db, make):
    with pytest.raises(BadInput):
        moving.plan_of(make())


WORD = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=40)
NAME = WORD.filter(lambda text: text.strip() != "")
CODES = st.lists(st.sampled_from(["a", "b-c", "work", "x_1"]), max_size=3, unique=True).map(tuple)
SCHEDULES = st.builds(
    d.ScheduleData,
    freq=st.sampled_from(["WEEKLY", "MONTHLY"]),
    interval=st.integers(0, 9),
    byday=st.sampled_from(["", "MO", "MO,TU", "1MO,-1FR"]),
    until=st.none() | st.dates(),
    count=st.none() | st.integers(0, 500),
    opens_at=st.none() | st.times().map(lambda at: at.replace(hour=8)),
    closes_at=st.none() | st.times().map(lambda at: at.replace(hour=17)),
    attending=st.sampled_from(["walk_in", "appointment", "phone", "online"]),
    description=WORD,
    exceptions=st.lists(
        st.builds(
            d.ExceptionData, starts_on=st.dates(), ends_on=st.dates(), is_closed=st.booleans(), note=WORD
        ),
        max_size=2,
    ).map(tuple),
)
PHONES = st.builds(
    d.PhoneData, number=NAME, extension=st.text("0123456789-", max_size=6), kind=WORD.map(lambda w: w[:20]),
    description=WORD, languages=st.lists(st.sampled_from(["de", "bg", "ur"]), unique=True).map(tuple),
)  # fmt: skip
SERVICES = st.builds(
    d.ServiceData,
    code=st.just("mbe"),
    organization=st.just("caritas"),
    name=NAME,
    alternate_name=WORD,
    summary=WORD,
    description=WORD,
    status=st.sampled_from(["active", "inactive", "defunct", "temporarily closed"]),
    topics=CODES,
    target_groups=CODES,
    statuses=st.lists(st.integers(1, 18), unique=True).map(tuple),
    languages=st.lists(st.sampled_from(["de", "bg", "ur", "dgs"]), unique=True).map(tuple),
    minimum_age=st.none() | st.integers(0, 17),
    maximum_age=st.none() | st.integers(18, 120),
    is_free=st.none() | st.booleans(),
    room=st.sampled_from(["open", "waiting", "full"]),
    waiting_weeks=st.none() | st.integers(0, 99),
    is_public=st.booleans(),
    assured_at=st.none() | st.dates(),
    confirm_days=st.integers(1, 400),
    alert=WORD,
    schedules=st.lists(SCHEDULES, max_size=2).map(tuple),
    phones=st.lists(PHONES, max_size=2).map(tuple),
    documents=st.lists(st.builds(d.DocumentData, document=NAME), max_size=2).map(tuple),
    costs=st.lists(
        st.builds(d.CostData, option=WORD, amount=st.none() | st.decimals(0, 999_999, places=2)), max_size=2
    ).map(tuple),
)
PROVIDER = d.OrganizationData(code="caritas", name="Caritas")


@given(SERVICES)
def test_any_service_is_read_as_it_was_written(said):
    written = json.loads(json.dumps(service(said, PROVIDER, {}, Style())))
    (read,) = [one for one in Reader(gather(written), {}).entries() if one.kind == "service"]
    assert bare(to_plain(read.data)) == bare(to_plain(said))


@given(SERVICES)
def test_any_service_is_read_from_tables_as_it_was_written(said):
    document = {
        "organizations": [organization_alone(PROVIDER, Style())],
        "services": [service(said, PROVIDER, {}, Style())],
    }
    (read,) = [one for one in Reader(gather(unpack(pack(document))), {}).entries() if one.kind == "service"]
    assert bare(to_plain(read.data)) == bare(to_plain(said))
