"""Units, roles, accounts, leaving and the blueprint in the browser."""

from pathlib import Path

from playwright.sync_api import expect

from stafette.accounts.models import Membership, Unit, User
from stafette.accounts.roles import Role
from stafette.kernel.testing import as_owner
from tests.journeys.browsing import ROOT, expect_good_page, screenshot, sign_in

BLUEPRINT = ROOT / "blueprints" / "weissenfels.toml"


def picture(page, name):
    expect_good_page(page)
    screenshot(page, f"stellen-{name}")


def test_a_clerk_looks_up_who_is_responsible(page):
    sign_in(page, "clearing")
    page.goto("/stellen/")
    picture(page, "liste")
    page.get_by_role("link", name="Aufsuchende Sozialarbeit", exact=True).click()
    expect(page.get_by_text("Sozialarbeit Neustadt").first).to_be_visible()
    picture(page, "stelle")
    for path, name in (("/stellen/rollen/", "rollen"), ("/stellen/berechtigungen/", "berechtigungen")):
        page.goto(path)
        picture(page, name)


def test_my_account_and_an_absence(page, server):
    with as_owner():
        unit = Unit.objects.get(code="clearing")
        colleague = User.objects.create_user("vertretung@stafette.example", "Clearing V")
        Membership.objects.create(user=colleague, unit=unit, role=Role.CLERK, starts_on="2026-01-01")
    sign_in(page, "clearing")
    page.goto("/stellen/ich/")
    picture(page, "mein-konto")
    page.get_by_role("link", name="Abwesenheit eintragen").click()
    page.get_by_label("Letzter Tag").fill("01.01.2000")
    page.get_by_label("Vertretung").select_option(label="Clearing V")
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text("liegt vor dem ersten")).to_be_visible()
    page.go_back()
    page.get_by_label("Letzter Tag").fill("31.12.2099")
    page.get_by_label("Vertretung").select_option(label="Clearing V")
    picture(page, "abwesenheit")
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text("Vertretung: Clearing V")).to_be_visible()


def test_the_technical_administration_keeps_accounts(page, server):
    sign_in(page, "technik")
    page.goto("/stellen/konten/")
    picture(page, "konten")
    page.get_by_role("link", name="Konto anlegen").click()
    picture(page, "konto-neu")
    page.get_by_label("E-Mail-Adresse").fill("neu@stafette.example")
    page.get_by_label("Anzeigename").fill("Clearing 7")
    page.get_by_role("button", name="Anlegen").click()
    expect(page.get_by_role("heading", name="Clearing 7")).to_be_visible()
    page.get_by_role("link", name="Einladen").click()
    page.get_by_role("button", name="Link erzeugen").click()
    expect(page.get_by_text("/konto/password/reset/key/")).to_be_visible()
    picture(page, "einladung")


def test_leaving_shows_what_is_open(page, server):
    with as_owner():
        leaver = User.objects.get(email="clearing@stafette.example")
    sign_in(page, "technik")
    page.goto(f"/stellen/konto/{leaver.pk}/")
    picture(page, "konto")
    page.get_by_role("link", name="Abschied beginnen").click()
    expect(page.get_by_text("Übergaben:").first).to_be_visible()
    picture(page, "abschied")
    page.goto("/stellen/stelle/clearing/team/")
    picture(page, "team")
    page.get_by_role("link", name="Mitgliedschaft eintragen").click()
    picture(page, "mitgliedschaft")


def test_a_blueprint_is_checked_compared_and_applied(page, tmp_path):
    sign_in(page, "technik")
    page.goto("/blaupause/")
    picture(page, "blaupause")
    check_file(page, tmp_path / "fehler.toml", ('kind = "CL"', 'kind = "XX"'), ("fte = 0.75", 'fte = "0.75"'))
    expect(page.get_by_role("heading", name="Die Datei hat Fehler")).to_be_visible()
    picture(page, "blaupause-fehler")
    page.goto("/blaupause/")
    check_file(
        page,
        tmp_path / "neu.toml",
        ("fte = 1.0", "fte = 0.5"),
        ("Belegung der Wohnung prüfen", "Belegung klären"),
    )
    expect(page.get_by_role("heading", name="Das würde sich ändern")).to_be_visible()
    picture(page, "blaupause-aenderungen")
    page.get_by_role("button", name="Anwenden").click()
    expect(page.get_by_text("Angewendet als Fassung 2.")).to_be_visible()


def check_file(page, file: Path, *changes):
    text = BLUEPRINT.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text)
    page.get_by_label("Datei der Blaupause").set_input_files(file)
    page.get_by_role("button", name="Prüfen").click()
