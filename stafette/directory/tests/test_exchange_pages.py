"""Editors give the directory away and take over from others, after a preview; nobody else does."""

import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from stafette.accounts.models import UnitKind
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.directory.commands.exchange import take_plan
from stafette.directory.exchange import moving, waiting
from stafette.directory.models import Organization, Service
from stafette.directory.tests.test_exchange_foreign import FOREIGN
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner

URL = "/angebote/austausch/"


def upload(browser, content, name="angebote.json", **more):
    return browser.post(URL, {"file": SimpleUploadedFile(name, content), "origin": "Landesredaktion", **more})


def test_a_file_is_looked_at_and_then_taken_over(logged_in, db):
    UnitFactory()
    home = UnitFactory(kind=UnitKind.OPERATIONS)
    browser = logged_in(Role.EDITOR, UnitFactory())
    page = upload(browser, json.dumps(FOREIGN).encode())
    assert page.status_code == 200
    text = page.content.decode()
    assert "Community Counselling" in text
    assert "3 Einträge übernehmen" in text
    assert not Service.objects.exists()
    answer = browser.post(URL + "uebernehmen/", {"ticket": page.context["ticket"]}, follow=True)
    assert "3 Einträge sind übernommen." in answer.content.decode()
    service = Service.objects.get()
    assert (service.origin, service.name) == ("Landesredaktion", "Community Counselling")
    with as_owner():
        event = Event.objects.get(kind="directory.taken_over")
        assert event.details["counts"] == {"organization": 1, "location": 1, "service": 1}
        assert event.unit_id == home.pk, (
            "in the books of the house, of no office that has nothing to do with it"
        )
    again = upload(browser, json.dumps(FOREIGN).encode()).content.decode()
    assert "Nichts zu übernehmen" in again


def test_a_ticket_holds_once_and_for_its_owner(logged_in, db):
    browser = logged_in(Role.EDITOR, UnitFactory())
    foreign = waiting.leave(uuid4(), waiting.Waiting(json.dumps(FOREIGN).encode(), "", ""))
    assert browser.post(URL + "uebernehmen/", {"ticket": foreign}).status_code >= 400
    ticket = upload(browser, json.dumps(FOREIGN).encode()).context["ticket"]
    assert not Service.objects.exists()
    assert browser.post(URL + "uebernehmen/", {"ticket": ticket}).status_code == 302
    assert browser.post(URL + "uebernehmen/", {"ticket": ticket}).status_code >= 400
    assert browser.post(URL + "uebernehmen/", {"ticket": "../x"}).status_code >= 400


@pytest.mark.parametrize("content", [b"hello", b"[]", b'{"services": "x"}', b"%PDF-1.4", b"\x00\x01"])
def test_what_cannot_be_read_says_so_at_the_field(logged_in, db, content):
    page = upload(logged_in(Role.EDITOR, UnitFactory()), content)
    assert page.status_code == 422
    assert page.context["form"].errors["file"]


def test_faulty_entries_are_shown_with_their_reason(logged_in, db):
    page = upload(
        logged_in(Role.EDITOR, UnitFactory()), json.dumps({**FOREIGN, "organization": None}).encode()
    )
    text = page.content.decode()
    assert "fehlerhaft" in text
    assert "kein Träger" in text


def test_files_are_handed_out(logged_in, db):
    browser = logged_in(Role.EDITOR, UnitFactory())
    ticket = upload(browser, json.dumps(FOREIGN).encode()).context["ticket"]
    browser.post(URL + "uebernehmen/", {"ticket": ticket})
    assert json.loads(browser.get(URL + "hsds/").content)["services"][0]["name"] == "Community Counselling"
    with zipfile.ZipFile(io.BytesIO(browser.get(URL + "hsds-tabellen/").content)) as archive:
        assert {"services.csv", "organizations.csv", "datapackage.json"} <= set(archive.namelist())
    assert b"Community Counselling" in browser.get(URL + "xzufi/").content
    assert browser.get(URL + "anderes/").status_code == 404
    assert "Austausch" in browser.get(reverse("directory:exchange")).content.decode()


@pytest.mark.parametrize("role", [Role.CLERK, Role.DESK, Role.HEAD, Role.COORDINATION, Role.PARTNER])
def test_nobody_else_exchanges(logged_in, db, role):
    browser = logged_in(role, UnitFactory())
    for path in ("", "hsds/", "uebernehmen/"):
        assert browser.get(URL + path).status_code in (403, 404, 405)
    assert upload(browser, b"{}").status_code in (403, 404)


def test_the_command_asks_for_the_permission(actor_with, db):
    unit = UnitFactory()
    plan = moving.plan_of(json.dumps(FOREIGN).encode())
    with pytest.raises(NotAllowed):
        take_plan(actor=actor_with(Permission.UNIT_VIEW, unit=unit), unit_id=unit.pk, plan=plan, form="hsds")
    assert not Organization.objects.exists()


def test_the_command_line_takes_over_and_gives_away(db, tmp_path, capsys):
    UnitFactory()
    source, target = tmp_path / "in.json", tmp_path / "out.zip"
    source.write_text(json.dumps(FOREIGN))
    call_command("directory", "import", str(source), "--dry-run")
    assert "neu: 3" in capsys.readouterr().out
    assert not Service.objects.exists()
    call_command("directory", "import", str(source), "--origin", "Land", "--json")
    assert json.loads(capsys.readouterr().out)["new"] == 3
    call_command("directory", "export", "zip", str(target))
    assert zipfile.is_zipfile(target)
    call_command("directory", "reindex")
    with pytest.raises(CommandError):
        call_command("directory", "import", str(tmp_path / "nichts.json"))
