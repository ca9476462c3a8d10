"""The pages of the room, as a clerk goes through them, with and without rights."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.arrivals.models import Arrival, ArrivalImport, ArrivalRow
from stafette.arrivals.tests.factories import ArrivalFactory, HomeFactory, ImportFactory
from stafette.arrivals.tests.nasty import GERMAN, csv_bytes, plain_rows, xlsx_bytes
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.people.models import Person


@pytest.fixture
def unit(db):
    return UnitFactory()


@pytest.fixture
def clerk(logged_in, unit):
    return logged_in(Role.CLERK, unit)


def send(clerk, content, name="liste.csv", sender="Einwohnermeldeamt"):
    file = SimpleUploadedFile(name, content)
    return clerk.post(reverse("arrivals:upload"), {"file": file, "sender": sender})


def mapping_of(html):
    """The choices as they stand selected on the page."""
    found = {}
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_list_goes_from_upload_to_arrivals(clerk, unit):
    page = send(clerk, csv_bytes(GERMAN, plain_rows()))
    assert page.status_code == 302
    columns = clerk.get(page.url)
    html = columns.content.decode()
    assert "Was bedeuten die Spalten?" in html and "Ioniță" in html
    mapping = mapping_of(html)
    assert mapping["nachname"] == "family_name"
    pk = page.url.rstrip("/").split("/")[-1]
    answer = clerk.post(reverse("arrivals:columns", args=[pk]), mapping)
    assert answer.status_code == 302
    preview = clerk.get(answer.url).content.decode()
    assert "Das würde geschehen" in preview
    done = clerk.post(reverse("arrivals:apply", args=[pk]), follow=True).content.decode()
    assert "Liste übernommen" in done
    shown = clerk.get(reverse("arrivals:index")).content.decode()
    assert "Ioniță" in shown and "einzuladen" in shown
    with as_owner():
        assert Arrival.objects.count() == 4


def test_wrong_columns_are_said_and_kept(clerk):
    page = send(clerk, csv_bytes(GERMAN, plain_rows()))
    mapping = mapping_of(clerk.get(page.url).content.decode())
    pk = page.url.rstrip("/").split("/")[-1]
    answer = clerk.post(reverse("arrivals:columns", args=[pk]), mapping | {"vorname": "family_name"})
    assert answer.status_code == 422 and "Zweimal vergeben" in answer.content.decode()


def test_another_sheet_may_be_chosen(clerk):
    data = xlsx_bytes({"A": [GERMAN, *plain_rows()], "B": [GERMAN, *plain_rows()[:1]]})
    page = send(clerk, data, "liste.xlsx")
    pk = page.url.rstrip("/").split("/")[-1]
    html = clerk.get(reverse("arrivals:columns", args=[pk]) + "?blatt=B").content.decode()
    assert "<option selected>B</option>" in html and "Auch auf einem anderen Blatt" in html


@pytest.mark.parametrize(
    ("content", "words"), [(b"%PDF-1.7 x", "Art von Datei"), (b"a;b\n1;2\n", "keine Liste von Personen")]
)
def test_a_file_that_is_no_list_is_refused_beside_the_field(clerk, content, words):
    answer = send(clerk, content)
    assert answer.status_code == 422 and words in answer.content.decode()


def staged(clerk, rows, header=GERMAN):
    page = send(clerk, csv_bytes(header, rows))
    pk = page.url.rstrip("/").split("/")[-1]
    clerk.post(reverse("arrivals:columns", args=[pk]), mapping_of(clerk.get(page.url).content.decode()))
    return pk


def test_preview_shows_refused_rows_and_doubles_side_by_side_and_takes_decisions(clerk):
    rows = [*plain_rows(), ["Wisniewsky", *plain_rows()[2][1:]]]
    rows[0][2] = "31.02.1990"
    pk = staged(clerk, rows)
    html = clerk.get(reverse("arrivals:import", args=[pk])).content.decode()
    assert "„31.02.1990“ gibt es nicht" in html and "Wisniewsky" in html and "verschieden" in html
    clerk.post(reverse("arrivals:decide", args=[pk]), {"numbers": "7", "decision": "different"})
    clerk.post(reverse("arrivals:apply", args=[pk]))
    with as_owner():
        assert Person.objects.count() == 5


def test_a_double_decided_after_the_list_was_taken_over_is_taken_over_then(clerk):
    pk = staged(clerk, [*plain_rows(), ["Wisniewsky", *plain_rows()[2][1:]]])
    clerk.post(reverse("arrivals:apply", args=[pk]))
    clerk.post(reverse("arrivals:decide", args=[pk]), {"numbers": "7", "decision": "different"})
    with as_owner():
        assert Person.objects.count() == 6
        assert ArrivalRow.objects.get(source=pk, number=7).is_applied


def test_a_long_list_is_left_to_the_worker_and_shows_progress(clerk, unit):
    found = ImportFactory(unit=unit, state="applying", rows_total=9000, new=8000, rows_done=4000)
    html = clerk.get(reverse("arrivals:import", args=[found.pk])).content.decode()
    assert "4000 von 8000" in html and "hx-get" in html
    part = clerk.get(reverse("arrivals:import", args=[found.pk]), HTTP_HX_REQUEST="true").content.decode()
    assert part.strip().startswith("<div") and "<html" not in part


def test_list_narrows_by_state_and_exports_the_same_rows(clerk, unit):
    ArrivalFactory(household__unit=unit, household__label="Familie Früh")
    ArrivalFactory(
        household__unit=unit, household__label="Familie Erledigt", state="declined", closed_on=today()
    )
    html = clerk.get(reverse("arrivals:index"), {"state": "overdue"}).content.decode()
    assert "Familie Früh" in html and "Familie Erledigt" not in html
    data = clerk.get(reverse("arrivals:index"), {"format": "xlsx", "state": "overdue"}).content
    cells = [row[0].value for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()]
    assert cells == ["Haushalt", "Familie Früh"]


def test_locked_address_appears_nowhere_and_there_is_no_letter(clerk, unit):
    home = HomeFactory(unit=unit, street="Geheimgasse", address_locked=True)
    arrival = ArrivalFactory(household=home)
    page = clerk.get(reverse("arrivals:arrival", args=[arrival.pk])).content.decode()
    listed = clerk.get(reverse("arrivals:index")).content.decode()
    letter = clerk.get(reverse("arrivals:letter", args=[arrival.pk]))
    answer = clerk.post(
        reverse("arrivals:invite", args=[arrival.pk]), {"channel": "letter", "language": "ro"}
    )
    for html in (page, listed, letter.content.decode(), answer.content.decode()):
        assert "Geheimgasse" not in html
    assert letter.status_code == 409 and answer.status_code == 422
    assert "Auskunftssperre" in page and "brief.pdf" not in page


def test_letter_is_a_tagged_pdf_in_the_persons_language(clerk, unit):
    arrival = ArrivalFactory(household__unit=unit)
    answer = clerk.get(reverse("arrivals:letter", args=[arrival.pk]) + "?sprache=bg")
    assert answer["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in answer.content and answer.content.startswith(b"%PDF")


def test_invitation_and_contact_attempts_are_kept(clerk, unit):
    arrival = ArrivalFactory(household__unit=unit)
    url = reverse("arrivals:arrival", args=[arrival.pk])
    assert "Vă invităm" in clerk.get(url).content.decode()
    clerk.post(reverse("arrivals:invite", args=[arrival.pk]), {"channel": "messenger", "language": "ro"})
    day = (today() + timedelta(days=3)).strftime("%d.%m.%Y")
    answer = clerk.post(
        reverse("arrivals:attempt", args=[arrival.pk]),
        {"channel": "phone", "result": "appointment", "day": day, "time": "14:30"},
    )
    assert answer.status_code == 302
    html = clerk.get(url).content.decode()
    assert "Gespräch vereinbart" in html and "Termin vereinbart" in html and "Eingeladen:" in html


def test_an_appointment_without_a_time_is_asked_for(clerk, unit):
    arrival = ArrivalFactory(household__unit=unit)
    answer = clerk.post(
        reverse("arrivals:attempt", args=[arrival.pk]), {"channel": "phone", "result": "appointment"}
    )
    assert answer.status_code == 422 and "Tag und Uhrzeit" in answer.content.decode()


WALK_IN = {"p-TOTAL_FORMS": "2", "p-INITIAL_FORMS": "0", "p-MIN_NUM_FORMS": "1", "p-MAX_NUM_FORMS": "12",
           "p-0-family_name": "Popescu", "p-0-given_names": "Ana", "p-0-birth": "01.02.1990",
           "p-0-nationality": "Rumänien", "street": "Röntgenweg", "house_number": "3"}  # fmt: skip


def test_walk_in_is_taken_in_and_shown_as_known_the_second_time(clerk):
    first = clerk.post(reverse("arrivals:walk_in"), WALK_IN)
    assert first.status_code == 302
    assert "ohne Liste gekommen" in clerk.get(first.url).content.decode()
    again = clerk.post(reverse("arrivals:walk_in"), WALK_IN)
    assert again.status_code == 422 and "Vielleicht kennen wir" in again.content.decode()
    assert clerk.post(reverse("arrivals:walk_in"), WALK_IN | {"is_checked": "on"}).status_code == 302


@pytest.mark.parametrize("name", ["index", "imports", "upload", "walk_in"])
def test_other_roles_see_no_arrivals(logged_in, name):
    assert logged_in(Role.CONTROLLER, UnitFactory()).get(reverse(f"arrivals:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["arrival", "letter"])
def test_another_units_arrival_does_not_exist(clerk, name):
    assert clerk.get(reverse(f"arrivals:{name}", args=[ArrivalFactory().pk])).status_code == 404


def test_another_units_list_does_not_exist(clerk):
    other = ImportFactory()
    assert clerk.get(reverse("arrivals:import", args=[other.pk])).status_code == 404
    for step in ("apply", "discard", "decide"):
        assert clerk.post(reverse(f"arrivals:{step}", args=[other.pk])).status_code == 404
    with as_owner():
        assert ArrivalImport.objects.get().state == "uploaded"


def test_columns_of_a_closed_list_are_no_longer_asked(clerk):
    pk = staged(clerk, plain_rows())
    clerk.post(reverse("arrivals:apply", args=[pk]))
    answer = clerk.get(reverse("arrivals:columns", args=[pk]))
    assert answer.status_code == 409 and "abgeschlossen" in answer.content.decode()
