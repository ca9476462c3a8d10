"""Upload, errors with lines, diff, apply: for the technical administration only."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from stafette.accounts.models import Post, Unit
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.blueprints.access import command_line
from stafette.blueprints.commands import apply_blueprint
from stafette.blueprints.models import BlueprintVersion
from stafette.blueprints.schema import check

TEXT = (Path(__file__).parents[3] / "blueprints" / "weissenfels.toml").read_text()
OVERVIEW, CHECK, APPLY = (reverse(f"blueprints:{name}") for name in ("overview", "check", "apply"))


@pytest.fixture
def technical(logged_in):
    apply_blueprint(actor=command_line(), text=TEXT)
    return logged_in(Role.TECHNICAL, Unit.objects.get(code="betrieb"))


def upload(client, text):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(CHECK, {"file": SimpleUploadedFile("ort.toml", content)})


def test_the_overview_shows_what_runs(technical):
    page = technical.get(OVERVIEW).content.decode()
    assert "Clearingstelle" in page
    assert "grundschulplatz/clearing → schulteam-stadt" in page


def test_errors_come_with_their_lines_and_change_nothing(technical):
    text = TEXT.replace('kind = "CL"', 'kind = "XX"')
    answer = upload(technical, text)
    assert answer.status_code == 422
    line = text[: text.index('kind = "XX"')].count("\n") + 1
    assert f">{line}</th>" in answer.content.decode()
    assert "unit[clearing].kind" in answer.content.decode()


def test_the_diff_is_shown_first_and_applied_on_the_second_click(technical):
    page = upload(technical, TEXT.replace("fte = 1.0", "fte = 0.5", 1))
    assert "fte: 1.00 → 0.5" in page.content.decode()
    assert Post.objects.get(unit__code="clearing", code="erstkontakt").fte == 1
    text = page.context["apply_form"].initial["text"].replace("\n", "\r\n")
    assert technical.post(APPLY, {"text": text})["Location"] == OVERVIEW
    assert Post.objects.get(unit__code="clearing", code="erstkontakt").fte == 0.5
    assert "\r" not in BlueprintVersion.objects.get(number=2).text


def test_the_same_file_changes_nothing(technical):
    assert "Nichts zu ändern" in upload(technical, TEXT).content.decode()


def test_what_is_in_use_is_named_and_cannot_be_applied(technical):
    MembershipFactory(unit=UnitFactory(code="alt", name="Alte Stelle"))
    page = upload(technical, TEXT).content.decode()
    assert "wird noch gebraucht" in page
    assert APPLY not in page
    assert technical.post(APPLY, {"text": TEXT}).status_code == 409
    assert Unit.objects.filter(code="alt").exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"x" * (1024 * 1024 + 1)])
def test_what_is_no_text_is_refused(technical, content):
    assert upload(technical, content).status_code == 422


def test_the_file_of_what_runs_passes_the_check(technical):
    answer = technical.get(reverse("blueprints:export"))
    assert answer["Content-Disposition"].endswith('.toml"')
    assert check(answer.content.decode()).errors == []


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TECHNICAL])
def test_nobody_else_finds_these_pages(logged_in, role, db):
    client = logged_in(role, UnitFactory())
    assert client.get(OVERVIEW).status_code == 404
    assert client.get(reverse("blueprints:export")).status_code == 404
    assert upload(client, TEXT).status_code == 404
    assert client.post(APPLY, {"text": TEXT}).status_code == 404
