"""Every page that shows a protected record leaves a reading: all addresses are walked, and none may forget it."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from stafette.audit.models import Reading
from stafette.config.reading_pages import NOT_ABOUT_PEOPLE, PAGES
from stafette.kernel.testing import as_owner
from stafette.oversight.models import ReadingSample
from stafette.web import readings
from tests.test_url_matrix import MATRIX, call, consent, world  # noqa: F401 – the fixture

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Pages without an argument that show people and no ListSpec; and lists that are not about people.
WITHOUT_PEOPLE = {
    "arrivals:imports": "Dateien und Zahlen",
    "properties:hints": "Gebäude",
    "directory:services": "Angebote",
    "directory:organizations": "Träger von Angeboten",
    "directory:locations": "Orte von Angeboten",
    "accounts:accounts": "Beschäftigte",
    "outbox:list": "Nummer und Link",
    "oversight:events": "Nummern und Kennungen",
    "oversight:readings": "Nummern und Kennungen",
    "protection:disclosures": "Arten von Angaben, keine Personen",
}


def addresses_with_arguments(resolver=None, spaces=(), above=()):
    for entry in (resolver or get_resolver()).url_patterns:
        names = {*above, *entry.pattern.converters}
        if hasattr(entry, "url_patterns"):
            if str(entry.pattern) != "konto/":
                inner = (*spaces, entry.namespace) if entry.namespace else spaces
                yield from addresses_with_arguments(entry, inner, names)
        elif names:
            yield ":".join([*spaces, entry.name]), names


def is_not_about_people(name):
    return name in NOT_ABOUT_PEOPLE or name.partition(":")[0] in NOT_ABOUT_PEOPLE


def test_every_address_with_an_id_says_whose_record_it_shows():
    silent = [
        name
        for name, arguments in addresses_with_arguments()
        if not is_not_about_people(name)
        and not any(one.argument in arguments for one in readings.shown_at(name))
    ]
    assert not silent, f"enter them in stafette/config/reading_pages.py: {silent}"


def test_nothing_is_declared_that_is_gone():
    names = {name for name, _ in addresses_with_arguments()}
    own = {name for name in PAGES if not name.endswith(":*")}
    assert own <= names, own - names


def last_readings(known):
    """Readings by requests: the one that the matrix draws for review was there before."""
    with as_owner():
        drawn = ReadingSample.objects.values("reading")
        return [row for row in Reading.objects.exclude(pk__in=drawn) if row.pk not in known]


def some_role(address):
    return sorted(address.allowed, key=lambda role: role.value)[0]


def pages_with_records():
    for name, address in MATRIX.items():
        if address.args and address.method == "get" and not is_not_about_people(name):
            yield name, address


def test_every_page_of_a_record_leaves_a_reading(world):  # noqa: F811
    walked, silent = 0, []
    for name, address in pages_with_records():
        with transaction.atomic():
            response = call(world, name, address, some_role(address))
            if response.status_code == 200:
                walked += 1
                found = {(row.record_type, row.record_id, row.page) for row in last_readings(set())}
                wanted = readings.shown_at(name)
                things = [world[0][part].pk for part in address.args]
                if not any((one.model, pk, name) in found for one in wanted for pk in things):
                    silent.append(name)
            transaction.set_rollback(True)
    assert not silent, f"these answered without leaving a reading: {silent}"
    assert walked >= 20


def test_every_list_and_every_file_of_a_list_leaves_a_reading(world):  # noqa: F811
    """Whatever is answered through `show_list` counts, until the list is entered above as one without people."""
    walked, wrong = 0, []
    for name, address in MATRIX.items():
        if address.args or address.method != "get":
            continue
        role = some_role(address)
        with transaction.atomic():
            page = call(world, name, address, role)
            spec = page.context.get("spec") if page.status_code == 200 and page.context else None
            if spec is not None:
                walked += 1
                wrong += faults_of_list(world, name, role, spec, page.context["rows"])
            transaction.set_rollback(True)
    assert not wrong, wrong
    assert walked >= 12


def faults_of_list(world, name, role, spec, rows):  # noqa: F811
    if spec.about_people is (name in WITHOUT_PEOPLE):
        return [f"{name}: about people or not? Say it in its ListSpec and in WITHOUT_PEOPLE"]
    found = [row for row in last_readings(set()) if row.page == name]
    if sum(row.number for row in found) != (len(rows) if spec.about_people else 0):
        return [f"{name}: {len(rows)} rows, readings {[row.number for row in found]}"]
    client = Client()
    client.force_login(world[1][role], backend=BACKEND)
    client.get(reverse(name), {"format": "xlsx"})
    taken = [row for row in last_readings({row.pk for row in found}) if row.kind == Reading.Kind.EXPORT]
    return [] if bool(taken) is bool(rows and spec.about_people) else [f"{name}: its file leaves unlogged"]


def test_one_statement_more_and_one_reading_a_minute(world):  # noqa: F811
    things, accounts = world
    client = Client()
    client.force_login(accounts["clerk"], backend=BACKEND)
    address = reverse("people:person", args=[things["person"].pk])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    assert sum("audit_reading" in one["sql"] for one in asked.captured_queries) == 1
    with as_owner():
        assert Reading.objects.filter(record_id=things["person"].pk).count() == 1


def test_a_search_is_kept_with_its_number_and_without_its_words(world):  # noqa: F811
    client = Client()
    client.force_login(world[1]["clerk"], backend=BACKEND)
    client.post(reverse("people:search"), {"q": "Zschokkowitz"})
    with as_owner():
        (row,) = Reading.objects.filter(kind="search")
    assert (row.number, row.record_type, row.record_id) == (0, "people.Person", None)
    assert "Zschokkowitz" not in str(vars(row))


def test_what_is_refused_leaves_no_reading(world):  # noqa: F811
    things, accounts = world
    client = Client()
    client.force_login(accounts["outreach"], backend=BACKEND)
    assert client.get(reverse("people:person", args=[things["person"].pk])).status_code == 404
    assert last_readings(set()) == []


def test_a_reading_stands_in_the_books_of_the_own_unit_and_names_the_household(world):  # noqa: F811
    things, accounts = world
    client = Client()
    client.force_login(accounts["school"], backend=BACKEND)
    assert client.get(reverse("referrals:detail", args=[things["referral"].pk])).status_code == 200
    (row,) = last_readings(set())
    assert row.unit_id == things["referral"].to_unit_id
    assert row.account_id == accounts["school"].pk
    client.force_login(accounts["clerk"], backend=BACKEND)
    client.get(reverse("people:person", args=[things["person"].pk]))
    (mine,) = last_readings({row.pk})
    assert (mine.unit_id, mine.about_id) == (things["person"].unit_id, things["household"].pk)


def test_the_log_cannot_be_changed_nor_read_by_who_reads(world):  # noqa: F811
    things, accounts = world
    client = Client()
    client.force_login(accounts["clerk"], backend=BACKEND)
    client.get(reverse("people:person", args=[things["person"].pk]))
    assert not Reading.objects.exists()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Reading.objects.update(number=2)
