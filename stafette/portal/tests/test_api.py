"""The interface: what the standard asks for, nothing that is not public, no cookie, few queries."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stafette.accounts.tests.factories import UnitFactory
from stafette.directory import data as d
from stafette.directory.commands import put_location, put_organization, put_service
from stafette.directory.exchange.hsds.check import problems_of
from stafette.directory.exchange.hsds.terms import made_id
from stafette.directory.models import Service
from stafette.directory.tests.test_exchange_hsds import LOCATION, ORGANIZATION, SERVICE
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.portal.api import answers, doors, listing
from stafette.portal.queries import stamp

ROOT = "/schnittstelle/hsds"


@pytest.fixture
def directory(db, actor_with, monkeypatch):
    monkeypatch.setattr(stamp, "HELD", 3600)  # on a slow machine a second passes in the middle of a test
    unit = UnitFactory()
    editor = {"actor": actor_with(Permission.DIRECTORY_EDIT, unit=unit), "unit_id": unit.pk}
    put_organization(**editor, data=replace(ORGANIZATION, keeper=unit.code))
    put_organization(**editor, data=d.OrganizationData(code="geheim", name="Schutzhaus", is_public=False))
    put_location(**editor, data=LOCATION)
    put_location(**editor, data=d.LocationData(code="versteck", organization="geheim", name="Versteck"))
    put_service(**editor, data=replace(SERVICE, is_public=True))
    for code, name, more in (
        ("klein", "Kleiderkammer", {"topics": ("other",), "summary": "Kurz."}),
        ("intern", "Nur intern", {"is_public": False}),
        ("weg", "Gibt es nicht mehr", {"status": "defunct"}),
        ("haus", "Zuflucht", {"organization": "geheim", "places": (d.PlaceData(location="versteck"),)}),
    ):
        values = {
            "organization": "caritas",
            "phones": (d.PhoneData(number=f"030 23125 {len(name):03}"),),
        } | more
        put_service(**editor, data=d.ServiceData(code=code, name=name, **values))
    stamp.ask_again()
    doors.forget()
    return editor


def get(client, path, **query):
    response = client.get(f"{ROOT}{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


def pk(code):
    return Service.objects.get(code=code).pk


def test_the_interface_says_what_it_is(client, db):
    found = get(client, "/")
    assert found["version"] == "3.0"
    assert found["openapi_url"].endswith("/schnittstelle/hsds/openapi.json")
    description = get(client, "/openapi.json")
    assert {"/services", "/services/{id}", "/taxonomy_terms"} <= set(description["paths"])
    assert description["components"]["schemas"]["service"]["required"] == ["id", "name", "status"]


def test_a_page_of_services_has_the_envelope_of_the_standard(client, directory):
    found = get(client, "/services", per_page=1)
    assert {name: found[name] for name in found if name != "contents"} == {
        "total_items": 2, "total_pages": 2, "page_number": 1, "size": 1,
        "first_page": True, "last_page": False, "empty": False,
    }  # fmt: skip
    assert get(client, "/services", per_page=1, page=2)["last_page"] is True
    past = get(client, "/services", per_page=1, page=9)
    assert (past["empty"], past["total_items"]) == (True, 2)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/services", "service"),
        ("/services?full=true", "service"),
        ("/organizations", "organization"),
        ("/organizations?full=true", "organization"),
        ("/service_at_locations", "service_at_location"),
        ("/service_at_locations?full=true", "service_at_location"),
        ("/taxonomies", "taxonomy"),
        ("/taxonomy_terms?per_page=200", "taxonomy_term"),
    ],
)
def test_everything_keeps_to_the_standard_and_hides_what_is_not_public(client, directory, path, kind):
    response = client.get(ROOT + path)
    found = response.json()["contents"]
    assert found
    for one in found:
        assert [str(problem) for problem in problems_of(one, kind)] == []
        same = client.get(f"{ROOT}{path.partition('?')[0]}/{one['id']}")
        assert same.status_code == 200
        assert [str(problem) for problem in problems_of(same.json(), kind)] == []
        for answer in (response, same):
            text = answer.content.decode()
            for secret in ("Schutzhaus", "Versteck", "Zuflucht", "Nur intern", "Redaktion", '"keeper"'):
                assert secret not in text


@pytest.mark.parametrize("code", ["intern", "haus"])
def test_what_is_not_public_does_not_exist(client, directory, code):
    for path in (f"/services/{pk(code)}", f"/services/{pk(code)}.ics"):
        response = client.get(ROOT + path)
        assert response.status_code == 404
        assert response.json()["status"] == 404
    places = Service.objects.get(code="haus").places.get()
    assert client.get(f"{ROOT}/service_at_locations/{places.pk}").status_code == 404
    assert (
        client.get(f"{ROOT}/organizations/{Service.objects.get(code='haus').organization_id}").status_code
        == 404
    )


def test_a_service_comes_with_all_that_hangs_on_it(client, directory):
    found = get(client, f"/services/{pk('mbe')}")
    assert found["organization"]["name"] == "Caritas"
    place = found["service_at_locations"][0]
    assert place["location"]["addresses"][0]["postal_code"] == "04109"
    assert [one["byday"] for one in place["schedules"]] == ["MO,WE", "1MO,-1FR"]
    assert "geschlossen (Ferien)" in place["schedules"][0]["notes"]
    assert found["capacities"][0]["unit"]["name"] == "Termine"
    named = {
        (one["link_type"], one["taxonomy_term"]["code"]): one.get("value") for one in found["attributes"]
    }
    assert ("topics", "residence") in named
    assert ("statuses", "8") in named
    assert named["fields", "waiting_weeks"] == "3"


def test_services_are_narrowed(client, directory):
    def names(**query):
        return [one["name"] for one in get(client, "/services", **query)["contents"]]

    assert names(search="kleider") == ["Kleiderkammer"]
    assert names(taxonomy_term_id=made_id("term", "topics", "residence")) == []  # no such topic here
    assert names(taxonomy_term_id=made_id("term", "target_groups", "families")) == ["Migrationsberatung"]
    assert names(taxonomy_term_id=made_id("term", "leika", "99010003001000")) == ["Migrationsberatung"]
    assert names(taxonomy_term_id=made_id("term", "accessibility", "lift")) == ["Migrationsberatung"]
    assert names(taxonomy_id=made_id("taxonomy", "statuses")) == ["Migrationsberatung"]
    assert names(taxonomy_id=str(uuid4())) == []
    assert names(organization_id=str(uuid4())) == []
    service = Service.objects.get(code="mbe")
    early, late = service.changed_at - timedelta(days=1), service.changed_at + timedelta(days=1)
    assert "Gibt es nicht mehr" in names(modified_after=early.isoformat())
    assert names(modified_after=late.isoformat()) == []
    minimal = get(client, "/services", minimal="true")["contents"]
    assert [set(one) for one in minimal] == [{"id", "modified_date"}] * 2


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "per_page=-1", "modified_after=gestern", "organization_id=1"]
)
def test_nonsense_is_refused_with_the_way_out(client, directory, query):
    response = client.get(f"{ROOT}/services?{query}")
    assert response.status_code == 400
    assert query.partition("=")[0] in response.json()["error"]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_unchanged_is_not_sent_again_and_changed_is(client, directory):
    first = client.get(f"{ROOT}/services")
    assert first["Cache-Control"].startswith("public")
    again = client.get(f"{ROOT}/services", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    put_service(
        **directory,
        data=d.ServiceData(code="klein", organization="caritas", name="Anders", topics=("other",)),
    )
    stamp.ask_again()
    changed = client.get(f"{ROOT}/services", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "Anders" in changed.content.decode()


def test_no_cookie_no_session_any_origin(client, directory, logged_in):
    from stafette.accounts.roles import Role

    response = logged_in(Role.CLERK, UnitFactory()).get(f"{ROOT}/services")
    assert not response.cookies
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Cookie" not in response.get("Vary", "")
    assert client.options(f"{ROOT}/services").status_code == 204
    assert client.post(f"{ROOT}/services").status_code == 405
    english = client.get(f"{ROOT}/taxonomies", headers={"Accept-Language": "en"})
    assert english.content == client.get(f"{ROOT}/taxonomies").content


@pytest.mark.parametrize("path", ["/services", "/services?full=true", "/organizations", "/services/{pk}"])
def test_few_queries_cold_and_hardly_any_warm(client, directory, path):
    path = ROOT + path.format(pk=pk("mbe"))
    client.get(f"{ROOT}/taxonomy_terms")
    for most in (5, 0):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(path)
        said = [one["sql"] for one in queries if "directory_" in one["sql"] or "accounts_" in one["sql"]]
        assert len(said) <= most, said


def test_too_many_calls_are_stopped(client, directory, monkeypatch):
    monkeypatch.setattr("stafette.web.ratelimit.count_up", lambda key, *, kept: 10_000)
    response = client.get(f"{ROOT}/services")
    assert response.status_code == 429
    assert "Minute" in response.json()["error"]


def test_small_answers_to_long_addresses_do_not_fill_the_memory(client, directory, monkeypatch):
    monkeypatch.setattr(doors, "ROOM", 20_000)
    for number in range(20):
        client.get(f"{ROOT}/taxonomies?search={'x' * 2000}{number}")
    assert 1 < len(doors._kept) < 10


def test_hours_come_as_a_calendar(client, directory):
    response = client.get(f"{ROOT}/services/{pk('mbe')}.ics")
    assert response["Content-Type"].startswith("text/calendar")
    found = icalendar.Calendar.from_ical(response.content)
    assert len(found.walk("VEVENT")) == 3
    assert found.walk("VTIMEZONE")
    assert "030 23125" not in response.content.decode()


def test_sheets_of_other_languages_are_refused(client, db):
    assert client.get(f"{ROOT}/sheets?language=xx").status_code == 400
    assert json.loads(client.get(f"{ROOT}/sheets").content)["contents"] == []


def lines(response):
    assert response["Content-Type"] == "application/x-ndjson"
    return [json.loads(one) for one in b"".join(response.streaming_content).splitlines()]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/services", "service"),
        ("/services?full=true", "service"),
        ("/services?minimal=true", None),
        ("/organizations?full=true", "organization"),
        ("/service_at_locations", "service_at_location"),
        ("/taxonomies", "taxonomy"),
        ("/taxonomy_terms?search=a", "taxonomy_term"),
    ],
)
def test_a_whole_list_comes_as_lines_without_pages(client, directory, monkeypatch, path, kind):
    monkeypatch.setattr(listing, "AT_ONCE", 1)
    mark = "&" if "?" in path else "?"
    pages = client.get(f"{ROOT}{path}{mark}per_page=200").json()["contents"]
    found = lines(client.get(f"{ROOT}{path}{mark}format=ndjson&page=7&per_page=1"))
    assert found == pages
    assert found
    assert lines(client.get(ROOT + path, headers={"Accept": "application/x-ndjson"})) == found
    for one in found if kind else ():
        assert [str(problem) for problem in problems_of(one, kind)] == []


def test_lines_are_read_some_at_a_time(client, directory, monkeypatch):
    monkeypatch.setattr(listing, "AT_ONCE", 1)
    told = []
    real = answers.service_row
    monkeypatch.setattr(answers, "service_row", lambda *given: told.append(1) or real(*given))
    response = client.get(f"{ROOT}/services?format=ndjson")
    assert not told
    next(iter(response.streaming_content))
    assert len(told) == 1


def test_what_is_hidden_while_the_lines_are_sent_is_left_out(client, directory, monkeypatch):
    monkeypatch.setattr(listing, "AT_ONCE", 1)
    names = [one["name"] for one in lines(client.get(f"{ROOT}/services?format=ndjson"))]
    coming = iter(client.get(f"{ROOT}/services?format=ndjson").streaming_content)
    sent = [json.loads(next(coming))["name"]]
    with as_owner():
        Service.objects.filter(name=names[1]).update(is_public=False)
    sent += [json.loads(one)["name"] for one in coming if one.strip()]
    assert len(names) > 1
    assert sent == [one for one in names if one != names[1]]


def test_unchanged_lines_are_not_sent_again(client, directory):
    address = f"{ROOT}/services?format=ndjson"
    first = client.get(address)
    assert first["ETag"].startswith("W/")
    assert "Accept" in first["Vary"]
    with CaptureQueriesContext(connection) as queries:
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not [one for one in queries if "directory_" in one["sql"]]
    assert client.head(address).content == b""
    assert client.get(f"{ROOT}/services").headers["Content-Type"].startswith("application/json")
    assert client.get(f"{ROOT}/services?format=xml").status_code == 400


def test_whole_lists_are_for_copies_not_for_every_second(client, directory, monkeypatch):
    calls = iter(range(1, 100))
    monkeypatch.setattr("stafette.web.ratelimit.count_up", lambda key, *, kept: next(calls))
    codes = [client.get(f"{ROOT}/taxonomies?format=ndjson").status_code for _ in range(12)]
    assert (codes[0], codes[-1]) == (200, 429)


def test_the_search_of_the_interface_is_the_search_of_the_directory(client, directory):
    def names(path="/services", **query):
        return [one["name"] for one in get(client, path, **query)["contents"]]

    put_service(
        **directory,
        data=d.ServiceData(
            code="kurs", organization="caritas", name="Sprachkurs am Abend", topics=("german_course",),
            summary="Deutsch lernen", description="Auch wer eine Kleiderkammer sucht, fragt hier.",
        ),
    )  # fmt: skip
    stamp.ask_again()
    assert names(search="sprachkrus") == ["Sprachkurs am Abend"]  # a slip of the pen
    assert names(search="Kleiderkammer")[0] == "Kleiderkammer"  # by its name, before what only mentions it
    assert names(search="Kleiderkammer")[1:] == ["Sprachkurs am Abend"]
    assert names(search="kleiderkamm")[0] == "Kleiderkammer"
    assert names(search="Migrationsberatung", per_page=1) == ["Migrationsberatung"]
    assert "Nur intern" not in names(search="nur intern")
    assert names(search="Migrationsberatung", taxonomy_id=made_id("taxonomy", "accessibility")) == [
        "Migrationsberatung"
    ]
    places = get(client, "/service_at_locations", search="migrationsberatnug")["contents"]
    assert [one["service"]["name"] for one in places] == ["Migrationsberatung"]


def test_organizations_come_with_their_services_where_that_is_asked(client, directory):
    (found,) = get(client, "/organizations", full_service="true")["contents"]
    assert [problem.says for problem in problems_of(found, "organization")] == []
    assert [one["name"] for one in found["services"]] == ["Kleiderkammer", "Migrationsberatung"]
    assert found["services"][1]["schedules"]


def test_a_search_asks_little(client, directory):
    client.get(f"{ROOT}/services?search=deutsch")
    stamp.ask_again()
    doors.forget()
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{ROOT}/services?search=sprachkrus")
    said = [one["sql"] for one in queries if "directory_" in one["sql"]]
    assert len(said) <= 8, said


def test_the_description_names_what_the_standard_names(client, db):
    """The parameters of each list as openapi.json of HSDS 3.0 has them; beyond them we offer modified_after."""
    description = get(client, "/openapi.json")
    listed = {"search", "page", "per_page", "format"}
    narrowed = {"taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full"}
    expected = {
        "/services": listed | narrowed | {"minimal"},
        "/service_at_locations": listed | narrowed,
        "/organizations": listed | {"taxonomy_term_id", "taxonomy_id", "full", "full_service"},
        "/taxonomies": listed,
        "/taxonomy_terms": listed | {"taxonomy_id", "parent_id", "top_only"},
    }
    for path, names in expected.items():
        operation = description["paths"][path]["get"]
        offered = {one["$ref"].rsplit("/", 1)[-1] for one in operation["parameters"]}
        assert names <= offered, (path, names - offered)
        assert set(operation["responses"]["200"]["content"]) == {"application/json", "application/x-ndjson"}
    assert description["paths"]["/services/{id}"]["get"]["tags"] == ["required"]
    assert set(description["components"]["schemas"]["Page"]["properties"]) == {
        "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty",
    }  # fmt: skip
