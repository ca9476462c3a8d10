"""Editors write entries in the browser; everybody who advises reads them."""

import re
from html import unescape

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.models import EntryVersion, Location, Organization, Service, ServiceText
from stafette.directory.tests.factories import (
    OrganizationFactory,
    ServiceAtLocationFactory,
    ServiceFactory,
)


@pytest.fixture
def editor(db, logged_in):
    return logged_in(Role.EDITOR, UnitFactory())


def filled(page):
    """What a browser would send of the form on a page: every field as it stands there."""
    html = page.content.decode()
    form = html[
        html.index('<form class="st-form"') : html.index("</form>", html.index('<form class="st-form"'))
    ]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name, kind = attribute(tag, "name"), attribute(tag, "type")
        if name and (kind not in ("checkbox", "radio") or re.search(r"\schecked\b", tag)):
            sent.setdefault(name, []).append(attribute(tag, "value") or ("on" if kind == "checkbox" else ""))
    for tag, text in re.findall(r"(<textarea\b[^>]*>)(.*?)</textarea>", form, re.DOTALL):
        sent[attribute(tag, "name")] = [unescape(text).removeprefix("\n")]
    for tag, options in re.findall(r"(<select\b[^>]*>)(.*?)</select>", form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)"[^>]*selected', options)
        sent[attribute(tag, "name")] = chosen or re.findall(r'<option value="([^"]*)"', options)[:1]
    return sent


def attribute(tag, name):
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def send(browser, url, **changes):
    return browser.post(url, filled(browser.get(url)) | changes)


def test_a_new_service_with_hours_and_a_new_place(editor):
    OrganizationFactory(code="caritas", name="Caritas")
    url = reverse("directory:add_service")
    answer = send(
        editor, url, organization="Caritas", name="Beratung für Familien", languages=["de", "bg"],
        hours="Mo–Do 9–12 und 13–16 Uhr, Fr nach Vereinbarung", exceptions="24.12.–01.01. geschlossen",
        new_address="Beispielstraße 7", new_city="Leipzig", new_hours="Sa 10–12 Uhr",
        **{"phones-0-number": "0341 23125 001", "documents-0-document": "Ausweis"},
    )  # fmt: skip
    assert answer.status_code == 302
    service = Service.objects.get(code="beratung-fuer-familien")
    assert answer.url == reverse("directory:service", args=[service.code])
    assert service.schedules.count() == 3
    assert service.schedules.filter(attending="appointment").get().byday == "FR"
    assert service.places.get().schedules.get().byday == "SA"
    page = unescape(editor.get(answer.url).content.decode())
    for text in ("Fr nach Vereinbarung", "0341 23125 001", "Ausweis", "Beispielstraße 7", "Bulgarisch"):
        assert text in page
    assert "Beratung für Familien" in editor.get(reverse("directory:services")).content.decode()


def test_saving_without_a_change_changes_nothing(editor):
    place = ServiceAtLocationFactory(service__summary="Hilft", service__topics=["gesundheit"])
    url = reverse("directory:change_service", args=[place.service.code])
    assert send(editor, url).status_code == 302
    assert EntryVersion.objects.filter(subject_id=place.service_id).count() == 0
    service = Service.objects.get(pk=place.service_id)
    assert (service.topics, service.places.count()) == (["gesundheit"], 1)


def test_rows_are_changed_removed_and_added(editor):
    service = ServiceFactory()
    url = reverse("directory:change_service", args=[service.code])
    rows = {"phones-0-number": "0341 23125 001", "costs-0-option": "Kurs", "costs-0-amount": "12,50"}
    assert send(editor, url, **rows).status_code == 302
    assert str(service.costs.get().amount) == "12.50"
    kept = service.phones.get().pk
    assert send(editor, url, **{"phones-0-number": "0341 23125 002"}).status_code == 302
    assert (service.phones.get().pk, service.phones.get().number) == (kept, "0341 23125 002")
    assert send(editor, url, **{"phones-0-remove": "on"}).status_code == 302
    assert not service.phones.exists()
    assert service.costs.exists()


def test_further_rows_come_without_a_script_and_save_nothing(editor):
    service = ServiceFactory()
    url = reverse("directory:change_service", args=[service.code])
    answer = send(editor, url, **{"phones-mehr": "1", "summary": "Noch nicht fertig"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "phones-2-number" in page
    assert "Noch nicht fertig" in page
    service.refresh_from_db()
    assert service.summary == ""


def test_mistakes_are_named_where_they_are(editor):
    service = ServiceFactory()
    url = reverse("directory:change_service", args=[service.code])
    wrong = {
        "exceptions": "irgendwann", "minimum_age": "30", "maximum_age": "20", "organization": "Niemand",
        "phones-0-number": "bitte anrufen", "costs-0-amount": "5",
    }  # fmt: skip
    answer = send(editor, url, **wrong)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    for text in (
        "„irgendwann“ ist nicht lesbar", "unter dem Mindestalter", "„Niemand“ steht nicht im Verzeichnis",
        "Geben Sie nur die Nummer ein", "In den Zeilen unten stimmt etwas noch nicht",
    ):  # fmt: skip
        assert text in page


def test_two_editors_do_not_overwrite_each_other(editor):
    service = ServiceFactory()
    url = reverse("directory:change_service", args=[service.code])
    mine = filled(editor.get(url))
    assert send(editor, url, summary="Von der Kollegin").status_code == 302
    answer = editor.post(url, mine | {"summary": "Von mir"})
    assert answer.status_code == 422
    assert "Jemand hat diesen Eintrag gespeichert" in answer.content.decode()
    service.refresh_from_db()
    assert service.summary == "Von der Kollegin"


def test_a_likely_double_is_shown_before_it_is_made(editor):
    service = ServiceFactory(name="Migrationsberatung für Erwachsene", organization__name="Caritas")
    url = reverse("directory:add_service")
    values = {"organization": "Caritas", "name": "Migrationsberatung für Erwachsene (MBE)"}
    answer = send(editor, url, **values)
    assert answer.status_code == 422
    assert service.name in answer.content.decode()
    assert Service.objects.count() == 1
    assert send(editor, url, **values, trust="on").status_code == 302
    assert Service.objects.count() == 2


def test_providers_and_places_are_written_too(editor):
    answer = send(
        editor, reverse("directory:add_organization"), name="Backhaus Beispiel", kind="employer",
        **{"phones-0-number": "0341 23125 003"},
    )  # fmt: skip
    assert answer.status_code == 302
    provider = Organization.objects.get(code="backhaus-beispiel")
    assert (provider.kind, provider.phones.count()) == ("employer", 1)
    answer = send(
        editor, reverse("directory:add_location"), address_1="Beispielstr. 5", city="Leipzig",
        coordinates="51,3402, 12,3712", **{"accessibility-0-feature": "step_free"},
    )  # fmt: skip
    assert answer.status_code == 302
    place = Location.objects.get()
    assert (place.latitude, place.accessibility.get().kind) == (51.3402, "step_free")
    again = send(editor, reverse("directory:add_location"), address_1="Beispielstraße 5", city="Leipzig")
    assert "gleiche Anschrift" in again.content.decode()
    for name, code in (("organization", provider.code), ("location", place.code)):
        assert editor.get(reverse(f"directory:{name}", args=[code])).status_code == 200
        url = reverse(f"directory:change_{name}", args=[code])
        assert send(editor, url).status_code == 302
    assert EntryVersion.objects.count() == 2


def test_history_brings_an_earlier_version_back(editor):
    service = ServiceFactory()
    url = reverse("directory:change_service", args=[service.code])
    send(editor, url, summary="Erste Fassung")
    send(editor, url, summary="Zweite Fassung")
    page = editor.get(reverse("directory:history_service", args=[service.code])).content.decode()
    assert "Erste Fassung" in page
    assert "Zweite Fassung" in page
    assert editor.post(reverse("directory:restore_service", args=[service.code, 2])).status_code == 302
    service.refresh_from_db()
    assert service.summary == "Erste Fassung"
    assert EntryVersion.objects.filter(subject_id=service.pk).count() == 4
    assert editor.post(reverse("directory:restore_service", args=[service.code, 9])).status_code == 422


def test_steps_confirm_room_and_status(editor):
    service = ServiceFactory(assured_at=None)
    for name, data in (
        ("confirm", {}), ("room", {"room": "waiting", "waiting_weeks": "4"}), ("status", {"status": "inactive"})
    ):  # fmt: skip
        assert editor.post(reverse(f"directory:{name}", args=[service.code]), data).status_code == 302
    service.refresh_from_db()
    assert not service.is_stale
    assert (service.room, service.waiting_weeks, service.status) == ("waiting", 4, "inactive")
    assert service.name not in editor.get(reverse("directory:services")).content.decode()
    assert service.name in editor.get(reverse("directory:services"), {"status": "all"}).content.decode()
    assert editor.post(reverse("directory:room", args=[service.code]), {"room": "open"}).status_code == 409


def test_a_translation_is_approved_and_grows_old_with_the_german_text(editor):
    service = ServiceFactory(name="Beratung", summary="Hilft")
    url = reverse("directory:text", args=[service.code, "bg"])
    assert "Hilft" in editor.get(url).content.decode()
    editor.post(url, {"name": "Консултация", "summary": "Помага"})
    assert ServiceText.objects.get().state == "draft"
    editor.post(url, {"name": "Консултация", "summary": "Помага", "freigeben": "1"})
    text = ServiceText.objects.get()
    assert (text.state, text.made_for) == ("approved", service.german_digest)
    page = reverse("directory:service", args=[service.code])
    assert "veraltet" not in editor.get(page).content.decode()
    send(editor, reverse("directory:change_service", args=[service.code]), summary="Hilft sehr")
    assert "veraltet" in editor.get(page).content.decode()
    assert "Der deutsche Text hat sich geändert" in editor.get(url).content.decode()
    assert editor.post(url, {"name": "", "freigeben": "1"}).status_code == 422
    wrong = reverse("directory:text", args=[service.code, "xx"])
    assert editor.post(wrong, {"name": "X", "summary": "Y"}).status_code == 422


def test_long_words_have_room_and_papers_name_the_word_that_cards_print_anyway(editor):
    long = "Hilft beim Antrag auf Kindergeld, beim Antrag auf Elterngeld und beim Ausfüllen von Formularen."
    service = ServiceFactory(name="Beratung", summary=long)
    service.documents.create(document="Geburtsurkunde", position=1)
    service.documents.create(document="Brief vom Amt für alles", position=2)
    url = reverse("directory:text", args=[service.code, "bg"])
    page = unescape(editor.get(url).content.decode())
    assert re.search(r'<textarea[^>]* ?name="summary"', page) and re.search(r'<input[^>]* name="name"', page)
    assert page.count("Bleibt das Feld leer, steht auf der Karte:") == 1
    assert "steht auf der Karte: „удостоверение за раждане“." in page
    editor.post(url, {"name": "Консултация", "summary": "Помага\r\n винаги"})
    assert ServiceText.objects.get().summary == "Помага винаги"


def test_typed_hours_are_shown_as_they_are_understood(editor):
    answer = editor.post(
        reverse("directory:hours"),
        {"places-0-hours": "Mo 9-12, Fr nach Vereinbarung", "places-0-exceptions": "morgen zu"},
        headers={"HX-Trigger-Name": "places-0-hours"},
    )
    page = unescape(answer.content.decode())
    assert "Montag: 9–12 Uhr" in page
    assert "Freitag: nach Vereinbarung" in page
    assert "Nicht verstanden: „morgen zu“" in page


def test_whoever_advises_reads_and_changes_nothing(logged_in):
    service = ServiceFactory()
    browser = logged_in(Role.COUNTER, UnitFactory())
    page = browser.get(reverse("directory:service", args=[service.code])).content.decode()
    assert service.name in page
    assert "Bearbeiten" not in page
    for name in ("change_service", "history_service"):
        assert browser.get(reverse(f"directory:{name}", args=[service.code])).status_code == 403
    assert (
        browser.post(reverse("directory:status", args=[service.code]), {"status": "defunct"}).status_code
        == 403
    )


def test_the_page_of_a_service_asks_few_questions(editor, django_assert_max_num_queries):
    place = ServiceAtLocationFactory()
    url = reverse("directory:service", args=[place.service.code])
    editor.get(url)
    with django_assert_max_num_queries(36):
        editor.get(url)
