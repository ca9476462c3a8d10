"""A long table goes through the worker: it may break off anywhere, and nothing is written twice or lost."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.directory import data as d
from stafette.directory import tasks
from stafette.directory.commands import tables as commands
from stafette.directory.models import EntryVersion, Location, Organization, Service, TableImport
from stafette.directory.tables.cells import as_csv
from stafette.directory.tests.factories import OrganizationFactory
from stafette.directory.views import tables as views
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.testing import as_owner

ROWS, PIECE, AT_ONCE = 24, 8, 15  # every tenth row has no name: 22 are to be written, in pieces of 8
HEAD = ["Name", "Träger", "Straße", "PLZ", "Ort"]


REAL_AT_ONCE = views.ROWS_AT_ONCE


def jobs():
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name, queue_name, args from procrastinate_jobs where queue_name = 'imports'"
        )
        return [(name, queue, json.loads(args)) for name, queue, args in cursor.fetchall()]


def content(count):
    """Every tenth row has no name; all others have one provider and one of two places, none of which is there yet."""
    rows = [
        [f"Angebot {n}" if n % 10 else "", "Verein Faden", f"Beispielstraße {n % 2 + 1}", "04109", "Leipzig"]
        for n in range(1, count + 1)
    ]
    return as_csv(HEAD, rows)


@pytest.fixture
def browser(db, logged_in, monkeypatch):
    monkeypatch.setattr(commands, "PIECE", PIECE)
    monkeypatch.setattr(views, "ROWS_AT_ONCE", AT_ONCE)
    return logged_in(Role.EDITOR, UnitFactory())


@pytest.fixture
def table(browser):
    """A table that its editor has handed to the worker."""
    browser.post(reverse("directory:tables"), {"file": SimpleUploadedFile("liste.csv", content(ROWS))})
    found = TableImport.objects.get()
    browser.post(reverse("directory:take_table", args=[found.pk]))
    found.refresh_from_db()
    return found


def work(table, browser):
    tasks.take_table(table_id=str(table.pk), user_id=str(browser.user.pk))
    table.refresh_from_db()


def break_at(monkeypatch, number):
    """Die in the middle of a row, as a worker dies that is killed."""
    real, calls = commands.put_service, []

    def put(**given):
        calls.append(given)
        if len(calls) == number:
            raise SystemExit
        return real(**given)

    monkeypatch.setattr(commands, "put_service", put)


def events(**given):
    with as_owner():
        return Event.objects.filter(**given).count()


def names():
    return sorted(Service.objects.values_list("name", flat=True))


def test_a_long_table_is_handed_over_by_its_identifier_only(table, browser):
    assert jobs() == [
        (
            "stafette.directory.tasks.take_table",
            "imports",
            {"table_id": str(table.pk), "user_id": str(browser.user.pk)},
        )
    ]
    assert (table.state, table.new, table.faulty, table.done) == ("running", 22, 2, 0)
    assert not Service.objects.exists()
    browser.post(reverse("directory:take_table", args=[table.pk]))
    assert len(jobs()) == 1


def test_more_than_150_rows_are_for_the_worker(browser, monkeypatch):
    monkeypatch.setattr(views, "ROWS_AT_ONCE", REAL_AT_ONCE)
    browser.post(reverse("directory:tables"), {"file": SimpleUploadedFile("liste.csv", content(170))})
    found = TableImport.objects.get()
    browser.post(reverse("directory:take_table", args=[found.pk]))
    found.refresh_from_db()
    assert (found.state, found.new, found.done, len(jobs())) == ("running", 153, 0, 1)
    assert REAL_AT_ONCE == 150


def test_the_worker_takes_all_rows_but_the_unreadable_ones(table, browser):
    work(table, browser)
    assert (table.state, table.done, table.new, table.faulty) == ("taken", 22, 22, 2)
    assert len(names()) == len(set(names())) == 22
    assert Organization.objects.get().name == "Verein Faden"
    assert Location.objects.count() == 2
    assert [row["number"] for row in table.rows] == [11, 21]
    assert "Der Name fehlt" in " ".join(table.rows[0]["problems"])
    page = browser.get(reverse("directory:table", args=[table.pk])).content.decode()
    assert "übernommen" in page
    assert "Der Name fehlt" in page


@pytest.mark.parametrize("row", [1, 12, 22])
def test_broken_off_it_goes_on_where_it_stopped_and_writes_nothing_twice(table, browser, monkeypatch, row):
    break_at(monkeypatch, row)
    with pytest.raises(SystemExit):
        work(table, browser)
    table.refresh_from_db()
    whole = (row - 1) // PIECE * PIECE
    assert (table.state, table.done, len(names())) == ("running", whole, whole)
    work(table, browser)
    assert (table.state, table.done) == ("taken", 22)
    assert len(names()) == len(set(names())) == 22
    assert Organization.objects.count() == 1
    assert Location.objects.count() == 2
    assert EntryVersion.objects.filter(source="import").count() == 22 + 1 + 2
    assert events(kind="directory.imported", subject_id=table.pk) == 1


def test_a_job_that_runs_again_after_the_end_changes_nothing(table, browser):
    work(table, browser)
    before = EntryVersion.objects.count(), events()
    work(table, browser)
    assert (EntryVersion.objects.count(), events()) == before
    assert table.state == "taken"


@pytest.mark.parametrize(
    "error", [BadInput("Die Adresse stimmt nicht."), NotAllowed("Das ist Ihnen dort nicht erlaubt.")]
)
def test_a_row_that_is_not_taken_any_more_stays_out_and_all_others_come(table, browser, monkeypatch, error):
    real = commands.put_service

    def put(**given):
        if given["data"].name == "Angebot 13":
            raise error
        return real(**given)

    monkeypatch.setattr(commands, "put_service", put)
    work(table, browser)
    assert (table.state, table.new, table.faulty) == ("taken", 21, 3)
    assert "Angebot 13" not in names()
    assert len(names()) == 21
    (row,) = [row for row in table.rows if row["name"] == "Angebot 13"]
    assert (row["state"], row["problems"]) == ("faulty", [error.message])


def test_a_service_that_went_meanwhile_does_not_hold_the_table_up(browser):
    provider = OrganizationFactory(code="caritas", name="Caritas")
    for code in ("eins", "zwei"):
        commands.put_service(
            actor=tasks.actor_for(browser.user), unit_id=tasks.home_unit(),
            data=d.ServiceData(code=code, organization=provider.code, name=f"Angebot {code}"),
        )  # fmt: skip
    lines = as_csv(["Code", "Name"], [["eins", "Anders eins"], ["zwei", "Anders zwei"]])
    browser.post(reverse("directory:tables"), {"file": SimpleUploadedFile("liste.csv", lines)})
    table = TableImport.objects.get()
    with as_owner():
        Service.objects.filter(code="eins").delete()
    browser.post(reverse("directory:take_table", args=[table.pk]))
    table.refresh_from_db()
    assert (table.state, table.changed, table.faulty) == ("taken", 1, 1)
    assert names() == ["Anders zwei"]
    assert "gibt es nicht" in table.rows[0]["problems"][0]
