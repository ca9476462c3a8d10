"""Services as a table: out and in again changes nothing, and nothing changes before somebody says so."""

import csv
import io
from dataclasses import replace
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from stafette.accounts.models import Topic
from stafette.accounts.queries import home_unit
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory import commands
from stafette.directory import data as d
from stafette.directory.hours import parse_exceptions, parse_hours, with_exceptions
from stafette.directory.models import EntryVersion, Location, Organization, Service, TableImport
from stafette.directory.queries.whole import whole_entries
from stafette.directory.tables.cells import as_csv, guarded, read_table
from stafette.directory.tables.columns import COLUMNS
from stafette.directory.tables.known import exported
from stafette.directory.tests.factories import LocationFactory, OrganizationFactory, ServiceFactory
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.web.xlsx import workbook

FULL = d.ServiceData(
    code="mbe", organization="caritas", name="Migrationsberatung", summary="=SUMME(A1)",
    description="Zwei\nZeilen; mit Semikolon", topics=("residence",), languages=("de", "bg", "fa"),
    target_groups=("eu_citizens", "families"), statuses=(2, 8), minimum_age=27, is_free=True,
    email="mbe@caritas.example", website="https://caritas.example", room="waiting", waiting_weeks=3,
    leika_keys=("99001001000000",), assured_at=today(), assured_by="Träger",
    phones=(d.PhoneData(number="+49 30 23125 001", description="Mo; Mi", languages=("bg",)),),
    documents=(d.DocumentData(document="Ausweis; Pass"), d.DocumentData(document="Brief")),
    areas=(d.AreaData(name="Altstadt", description="links vom Fluss"),),
    places=(d.PlaceData(location="haus", description="2. Etage", schedules=parse_hours("Fr 9–12 Uhr")),),
    schedules=with_exceptions(
        (*parse_hours("Mo–Do 9–12 Uhr"), d.ScheduleData(freq="MONTHLY", byday="", bymonthday="1", description="x")),
        parse_exceptions("24.12.–01.01. geschlossen", today())[0],
    ),
)  # fmt: skip


@pytest.fixture
def editor(db, actor_with):
    UnitFactory()
    with as_owner():
        Topic.objects.create(code="residence", label="Aufenthalt", position=1)
    OrganizationFactory(code="caritas", name="Caritas")
    LocationFactory(
        code="haus", name="Haus am Markt", address_1="Markt 1", postal_code="04109", city="Leipzig"
    )
    actor = actor_with(Permission.DIRECTORY_EDIT, unit=home_unit())
    commands.put_service(actor=actor, unit_id=home_unit(), data=FULL)
    return actor


def read(actor, content):
    return commands.read_services_table(actor=actor, unit_id=home_unit(), content=content)


def take(actor, table):
    commands.begin_table(actor=actor, unit_id=home_unit(), table_id=table.pk)
    while commands.take_table_piece(actor=actor, unit_id=home_unit(), table_id=table.pk):
        pass
    table.refresh_from_db()
    return table


def table_of(**columns):
    return as_csv(list(columns), zip(*columns.values(), strict=True))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_out_and_in_again_changes_nothing(editor, ending):
    ServiceFactory(name="Leeres Angebot", languages=[], topics=[])
    table = read(editor, exported(ending, title="Angebote", note=""))
    assert (table.new, table.changed, table.equal, table.faulty) == (0, 0, 2, 0), table.rows
    assert EntryVersion.objects.count() == 1


@pytest.mark.parametrize("column", [one.heading for one in COLUMNS if one.heading not in ("Code", "Name")])
def test_each_column_alone_changes_nothing_either(editor, column):
    rows = read_table(exported("csv", title="", note=""))
    at = [rows[0].index(name) for name in ("Code", "Name", column)]
    table = read(editor, as_csv([rows[0][n] for n in at], [[rows[1][n] for n in at]]))
    assert (table.equal, table.faulty) == (1, 0), table.rows


def test_what_looks_like_a_formula_is_guarded_and_comes_back(editor):
    text = exported("csv", title="", note="").decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert row["Wofür"] == "'=SUMME(A1)"
    assert row["Telefon"].startswith("'+49")
    assert guarded("@x") == "'@x"


def test_a_changed_cell_is_shown_and_taken_over_only_then(editor):
    service = Service.objects.get(code="mbe")
    table = read(editor, table_of(Code=["mbe"], Name=["Migrationsberatung"], Öffnungszeiten=["Di 14–18 Uhr"]))
    assert (table.changed, table.rows[0]["changes"][0][0]) == (1, "Zeiten")
    assert service.schedules.filter(byday="TU").count() == 0
    take(editor, table)
    assert service.schedules.get().byday == "TU"
    assert service.schedules.get().exceptions
    assert (service.phones.count(), service.documents.count()) == (1, 2)
    assert (table.state, table.rows) == ("taken", [])
    version = EntryVersion.objects.filter(subject_id=service.pk).first()
    assert version.source == "import"


def test_a_foreign_table_makes_services_providers_and_places(editor):
    with_title = [["Unsere Angebote", "", "", "", "", ""], ["", "", "", "", "", ""]]
    head = ["Angebot", "Träger", "Strasse", "PLZ", "Stadt", "Tel.:", "Sprachen", "Lieblingsfarbe"]
    rows = [
        [
            "Nähcafé",
            "Verein Faden",
            "Beispielstr. 3",
            "04109",
            "Leipzig",
            "0341 23125 004",
            "Deutsch, bg",
            "rot",
        ],
        ["Kleiderkammer", "Verein Faden", "Beispielstraße 3", "04109", "Leipzig", "", "deutsch", ""],
    ]
    table = read(editor, workbook(with_title[0], [with_title[1], head, *rows], title="x"))
    assert (table.new, table.faulty, table.unused) == (2, 0, ["Lieblingsfarbe"]), table.rows
    take(editor, table)
    provider = Organization.objects.get(name="Verein Faden")
    assert provider.services.count() == 2
    service = Service.objects.get(code="naehcafe")
    assert (service.languages, service.phones.get().number) == (["de", "bg"], "0341 23125 004")
    assert service.places.get().location.address == "Beispielstr. 3, 04109 Leipzig"
    assert Location.objects.filter(address_1__startswith="Beispielstr").count() == 1


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"Name": [""], "Träger": ["Caritas"]}, "Der Name fehlt"),
        ({"Name": ["Neu"], "Träger": [""]}, "Der Träger fehlt"),
        ({"Code": ["gibts-nicht"], "Name": ["Neu"]}, "gibt es nicht"),
        (
            {"Name": ["Neu"], "Träger": ["Caritas"], "Themen": ["Quatsch"]},
            "Themen: „Quatsch“ ist nicht bekannt",
        ),
        ({"Name": ["Neu"], "Träger": ["Caritas"], "Themen": ["Aufenthal"]}, "Meinen Sie „aufenthalt“?"),
        ({"Name": ["Neu"], "Träger": ["Caritas"], "Ab Alter": ["jung"]}, "keine ganze Zahl"),
        ({"Name": ["Neu"], "Träger": ["Caritas"], "Kostenlos": ["manchmal"]}, "Schreiben Sie ja oder nein"),
        ({"Name": ["Neu"], "Träger": ["Caritas"], "Telefon": ["ruf an"]}, "keine Rufnummer"),
        ({"Name": ["Neu"], "Träger": ["Caritas"], "E-Mail": ["nix"]}, "E-Mail"),
        ({"Name": ["Neu"], "Träger": ["Caritas"], "Orte": ["irgendwo"]}, "keine Anschrift"),
        ({"Name": ["Neu"], "Träger": ["Caritas"], "Ausnahmen": ["bald"]}, "nicht lesbar"),
        ({"Name": ["Neu"], "Träger": ["Caritas"], "Bestätigt am": ["gestern"]}, "kein Tag"),
    ],
)
def test_a_faulty_row_says_what_to_do_and_stays_out(editor, columns, says):
    table = read(editor, table_of(**columns))
    assert table.faulty == 1
    assert says in " ".join(table.rows[0]["problems"])
    with pytest.raises(Exception, match="nichts neu"):
        commands.begin_table(actor=editor, unit_id=home_unit(), table_id=table.pk)


def test_the_same_service_twice_is_a_mistake(editor):
    table = read(editor, table_of(Name=["Neu", "neu"], Träger=["Caritas", "Caritas"]))
    assert (table.new, table.faulty) == (1, 1)


def test_what_others_changed_meanwhile_stays(editor):
    table = read(editor, table_of(Code=["mbe"], Name=["Beratung für Zugewanderte"]))
    service = Service.objects.get(code="mbe")
    commands.set_room(actor=editor, service_id=service.pk, room="full")
    entry = next(one.data for one in whole_entries() if one.data.code == "mbe")
    commands.put_service(actor=editor, unit_id=home_unit(), data=replace(entry, fees="frei"))
    take(editor, table)
    service.refresh_from_db()
    assert (service.name, service.fees, service.room) == ("Beratung für Zugewanderte", "frei", "full")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"Farbe;Form\nrot;rund", b"Name;Tr\xe4ger\n"])
def test_what_is_no_table_of_services_is_refused(editor, content):
    with pytest.raises(BadInput):
        read(editor, content)
    assert not TableImport.objects.exists()


def test_tables_are_for_editors_and_decided_once(editor, actor_with):
    table = read(editor, table_of(Name=["Neu"], Träger=["Caritas"]))
    stranger = actor_with(Permission.UNIT_VIEW, unit=home_unit())
    for step in (commands.begin_table, commands.take_table_piece, commands.drop_table):
        with pytest.raises(NotAllowed):
            step(actor=stranger, unit_id=home_unit(), table_id=table.pk)
    with pytest.raises(NotAllowed):
        read(stranger, b"Name;Ort\n")
    commands.drop_table(actor=editor, unit_id=home_unit(), table_id=table.pk)
    with pytest.raises(MoveNotAllowed):
        commands.begin_table(actor=editor, unit_id=home_unit(), table_id=table.pk)
    assert not Service.objects.filter(name="Neu").exists()


def test_the_way_through_the_browser(editor, logged_in):
    browser = logged_in(Role.EDITOR, UnitFactory())
    url = reverse("directory:tables")
    assert browser.get(reverse("directory:xlsx"))["Content-Disposition"].endswith('.xlsx"')
    assert b"Migrationsberatung" in browser.get(reverse("directory:csv")).content
    wrong = browser.post(url, {"file": SimpleUploadedFile("a.csv", b"Farbe;Form\nrot;rund\n")})
    assert wrong.status_code == 422
    assert "keine Spalte" in wrong.content.decode()
    content = table_of(Name=["Neu", "Migrationsberatung", ""], Träger=["Caritas"] * 3, Wofür=["a", "b", "c"])
    answer = browser.post(url, {"file": SimpleUploadedFile("liste.csv", content)})
    page = unescape(browser.get(answer.url).content.decode())
    for text in ("Zeile 2: Neu", "Zeile 3: Migrationsberatung", "=SUMME(A1)", "Der Name fehlt", "Übernehmen"):
        assert text in page
    table = TableImport.objects.get()
    done = browser.post(reverse("directory:take_table", args=[table.pk]), follow=True)
    assert "übernommen" in done.content.decode()
    assert Service.objects.get(name="Neu").summary == "a"
    assert browser.post(reverse("directory:drop_table", args=[table.pk])).status_code == 409
