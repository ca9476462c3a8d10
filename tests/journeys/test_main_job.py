"""The main job in one piece: this week's list, the talk, what follows, consent, two referrals, two answers."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from stafette.intake.models import Interview, ShortContact
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.protection.models import Consent
from stafette.referrals.models import Signpost
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

HEADINGS = "Nachname;Vorname;Geb.-Datum;Geschl.;Staatsang.;Straße;Hnr.;PLZ;Ort;Einzug;Vorherige Gemeinde;Ges. Vertreter"
PHONE = "030 23125 777"


def look(page, name):
    """No barrier, nothing cut off at phone and desk width; a picture for the manual."""
    expect_good_page(page)
    screenshot(page, name)


def arrivals_list():
    """A list as the registry sends it: a title, a family, one person twice, a date that does not exist."""
    moved_in = f"{today() - timedelta(days=5):%d.%m.%Y}"
    home = f"Saalgasse;12;06667;Weißenfels;{moved_in}"
    other = f"Große Deichstraße;7;06667;Weißenfels;{moved_in}"
    son_born = f"02.02.{today().year - 8}"
    lines = [
        "Zuzüge aus dem Ausland",
        HEADINGS,
        f"Kalotova;Mirela;07.03.1990;w;125;{home};Bulgarien;",
        f"Kalotov;Danail;{son_born};m;125;{home};Bulgarien;Kalotova, Mirela",
        f"Petrache;Ionut;11.05.1987;m;154;{other};Rumänien;",
        f"Petrake;Ionut;11.05.1987;m;154;{other};Rumänien;",
        f"Grünwald;Änne;31.02.1991;w;154;{other};Rumänien;",
    ]
    return {"name": "zuzuege_kw47.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode("cp1252")}


def take_in_the_list(page):
    page.get_by_role("navigation").get_by_role("link", name="Zuzüge").first.click()
    look(page, "zuzuege")
    page.get_by_role("link", name="Liste einlesen").click()
    page.get_by_label("Datei", exact=False).first.set_input_files(arrivals_list())
    page.get_by_label("Von wem kommt die Liste?").fill("Einwohnermeldeamt")
    page.keyboard.press("Escape")
    look(page, "liste-einlesen")
    page.get_by_role("button", name="Datei lesen").click()

    expect(page.get_by_role("heading", name="Was bedeuten die Spalten?")).to_be_visible()
    assert page.get_by_label("Geb.-Datum").locator("option:checked").inner_text() == "Geburtsdatum"
    look(page, "spalten")
    page.get_by_role("button", name="Weiter zur Vorschau").click()

    expect(page.get_by_role("heading", name="Das würde geschehen")).to_be_visible()
    refused = page.locator("#abgelehnt")
    expect(refused).to_contain_text("Grünwald, Änne")
    expect(refused).to_contain_text("„31.02.1991“ gibt es nicht")
    doubtful = page.locator("#entscheiden .st-card")
    expect(doubtful).to_have_count(1)
    expect(doubtful).to_contain_text("noch offen")
    look(page, "vorschau")
    doubtful.get_by_role("button", name="Dieselbe Person").click()
    expect(page.locator("#entscheiden .st-card")).to_contain_text("dieselbe Person")
    page.get_by_role("button", name="Liste übernehmen").click()
    expect(page.get_by_role("heading", name="Liste übernommen")).to_be_visible()
    look(page, "uebernommen")


def invite(page):
    page.get_by_role("link", name="Zu den Zuzügen").click()
    page.locator("#list").get_by_role("link", name="Kalotova").first.click()
    expect(page.locator("#nachricht")).to_contain_text("Добър ден")
    look(page, "zuzug")
    with page.expect_download() as letter:
        page.get_by_role("link", name="Brief als PDF").click()
    assert Path(letter.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="Eingeladen").click()
    expect(page.locator(".st-timeline")).to_contain_text("Eingeladen: Brief")
    expect(page.locator(".st-pagehead")).to_contain_text("eingeladen")
    look(page, "eingeladen")


def choose(page, field, value):
    """Answer with the keyboard: go to the field, press the space bar."""
    option = page.locator(f'[name="{field}"][value="{value}"], [name^="{field}."][value="{value}"]').first
    option.focus()
    page.keyboard.press("Space")
    expect(option).to_be_checked()


def write(page, field, text):
    page.locator(f'[name^="{field}."]:not([type=checkbox])').first.focus()
    page.keyboard.type(text)


def hold_the_talk(page):
    page.get_by_role("link", name="Gespräch beginnen").click()
    expect(page.get_by_label("Sprache des Gesprächs").locator("option:checked")).to_have_text("Bulgarisch")
    expect(page.locator("#erklaerung [lang=bg]").first).to_be_visible()
    page.get_by_label("Übersetzungsgerät").check()
    look(page, "gespraech-beginnen")
    page.get_by_label("Ja, wir beginnen").check()
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("heading", name="A Ankunft")).to_be_visible()
    with as_owner():
        talk = Interview.objects.get(participants__person__given_names="Danail")
        son = talk.participants.get(person__given_names="Danail").pk
    choose(page, f"school_place.{son}", "no")
    write(page, "area_m2", "48")
    choose(page, "work_status", "employed")
    choose(page, "insured", "no")
    choose(page, "advice_topics", "debts")
    choose(page, "family_support", "yes")
    choose(page, "contact_channel", "phone")
    write(page, "contact_value", PHONE)
    rent = page.locator('[name="rent_eur.h.declined"]')
    rent.focus()
    page.keyboard.press("Space")
    expect(rent).to_be_checked()  # "keine Angabe"
    expect_good_page(page)
    page.locator("#block-B").scroll_into_view_if_needed()
    screenshot(page, "gespraech", full_page=False)
    page.get_by_role("button", name="Abschließen: Was folgt?").click()
    expect(page.get_by_role("heading", name="Was folgt aus dem Gespräch?")).to_be_visible()
    school = finding(page, "Kind ohne Schulplatz")
    expect(school).to_contain_text("Schulpflicht")
    expect(school).to_contain_text("SchulG")
    expect(finding(page, "Ohne Krankenversicherung")).to_contain_text("§ 5 SGB V")
    look(page, "was-folgt")
    return page.url


def finding(page, name):
    return page.locator("li.st-card").filter(has=page.get_by_role("heading", name=name)).first


def step(page, path):
    """Take one step on the card: press its button, wait for the new card."""
    form = page.locator(f"#referral-card form[action$='/{path}/']")
    fold = page.locator(f"#referral-card details.st-fold:has(form[action$='/{path}/'])")
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").click()
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        form.get_by_role("button").last.click()
    assert answered.value.status == 200, f"{path}: {answered.value.status}"
    expect(form).to_have_count(0)


def ask_for_consent(page):
    page.get_by_role("link", name="Einwilligung einholen").click()
    expect(page.locator("article[lang=de]")).to_contain_text("Das ist freiwillig")
    expect(page.locator("article[lang=bg]")).to_contain_text("Това е доброволно")
    look(page, "einwilligung")
    for name in ("categories", "person_ids", "guardian_ids"):
        for box in page.locator(f'[name="{name}"]').all():
            box.check()
    page.get_by_role("radio", name="mündlich").check()
    page.get_by_label("Wer bezeugt").fill("Kollegin am Schalter 2")
    page.get_by_label("Sprachmittlung").fill("Übersetzungsgerät")
    page.get_by_role("button", name="Einwilligung festhalten").click()
    expect(page.get_by_text("Die Einwilligung ist festgehalten.")).to_be_visible()
    expect(page.get_by_text("Einwilligung fehlt")).to_have_count(0)


def content(page):
    """What stands in the envelope, line by line, as the page shows it."""
    article = page.locator("#referral-card article").filter(
        has=page.get_by_role("heading", name="Genau das geht weiter").or_(
            page.get_by_role("heading", name="Das ist im Umschlag")
        )
    )
    return [
        line.inner_text().split("\n") for line in article.locator("h3, .kern-description-list-item").all()
    ]


def send(page, name, *, consent, secrets):
    """Prepare what travels, ask for consent where it is needed, look at the envelope, send."""
    if consent:
        ask_for_consent(page)
    else:
        expect(page.locator("#referral-card")).to_contain_text("Alles andere darf ohne Einwilligung gehen.")
    step(page, "inhalt")
    expect(page.get_by_role("heading", name="Genau das geht weiter")).to_be_visible()
    look(page, f"umschlag-{name}")
    promised = content(page)
    words = " ".join(word for line in promised for word in line)
    assert "Kalotov" in words
    assert not [secret for secret in secrets if secret in words], words
    step(page, "senden")
    return page.get_by_role("heading", level=1).inner_text().split()[-1], promised


def answer(page, role, number, promised):
    """At the receiver: my day shows it; confirm, accept, speak to the family, close with an outcome, answer."""
    sign_in(page, role)
    expect(page.get_by_role("heading", level=1, name="Mein Tag")).to_be_visible()
    look(page, f"mein-tag-{role}")
    page.locator("table.st-table").get_by_role("link", name=number).first.click()
    expect(page.locator("#referral-card")).to_contain_text("Kalotov")
    assert content(page) == promised, "what arrives is not what was shown before sending"
    look(page, f"eingang-{role}")
    for path in ("empfang", "annehmen", "erstkontakt"):
        step(page, path)
    page.locator("#referral-card summary", has_text="Abschließen").click()
    page.locator("#referral-card details[open]").get_by_label("Ergebnis").select_option(
        label="Anliegen erledigt"
    )
    step_in_open_fold(page, "abschliessen")
    step(page, "rueckmeldung")
    expect(page.locator("#referral-card .st-badge").first).to_contain_text("mit Rückmeldung")
    look(page, f"beantwortet-{role}")


def step_in_open_fold(page, path):
    form = page.locator(f"#referral-card form[action$='/{path}/']")
    form.get_by_role("button").last.click()
    expect(form).to_have_count(0)


def read_the_story(page, numbers):
    """Back at the clearing desk: both answered, and the household's page tells it in order."""
    sign_in(page, "clearing")
    page.goto("/uebergaben/?state=all")
    for number in numbers:
        row = page.locator("#list tr", has_text=number)
        expect(row).to_contain_text("mit Rückmeldung")
    page.get_by_role("link", name=numbers[0]).click()
    expect(page.locator("#referral-card")).to_contain_text("Anliegen erledigt")
    look(page, "rueckmeldung")
    page.get_by_role("link", name="Zum Haushalt").click()
    told = page.locator("aside .st-timeline__title").all_inner_texts()[::-1]
    story = (
        "Zum Ankunftsgespräch eingeladen",
        "Ankunftsgespräch begonnen",
        "Feststellung getroffen",
        "Ankunftsgespräch abgeschlossen",
        "Übergabe vorbereitet",
        "Übergabe gesendet",
        "Empfängerin hat den Empfang bestätigt",
        "Empfängerin hat angenommen",
        "Empfängerin hat die Familie erreicht",
        "Empfängerin hat abgeschlossen",
        "Rückmeldung erhalten",
    )
    places = [told.index(title) for title in story]
    assert places == sorted(places), told
    assert told.count("Rückmeldung erhalten") == 2
    assert not [title for title in told if "." in title], "a code instead of a sentence"
    look(page, "haushalt-verlauf")


def test_from_the_list_to_two_answered_referrals(page):
    page.set_default_timeout(30_000)
    page.goto("/")
    expect(page.get_by_role("heading", name="Wer möchten Sie heute sein?")).to_be_visible()
    page.locator("li", has=page.get_by_role("heading", name="Clearingstelle")).get_by_role("button").click()
    expect(page.get_by_role("heading", level=1, name="Mein Tag")).to_be_visible()
    take_in_the_list(page)
    invite(page)
    what_follows = hold_the_talk(page)

    finding(page, "Ohne Krankenversicherung").get_by_role("button", name="Darauf verwiesen").first.click()
    expect(page.get_by_text("Der Verweis ist gezählt.")).to_be_visible()
    with as_owner():
        assert Signpost.objects.filter(finding__code="no_health_insurance").exists()

    with as_owner():
        household = Interview.objects.get(participants__person__given_names="Danail").household
    page.goto(what_follows)
    finding(page, "Kind ohne Schulplatz").get_by_role("button", name="Übergabe vorbereiten").first.click()
    look(page, "uebergabe-entwurf")
    school, to_school = send(
        page, "schulteam", consent=False, secrets=(PHONE, "Schulden", "48", "angestellt", "ersicher")
    )
    with as_owner():
        assert not Consent.objects.filter(
            household=household
        ).exists()  # a statute allows it: nobody was asked
    page.goto(what_follows)
    finding(page, "Familie wünscht Unterstützung").get_by_role("button", name="Übergabe vorbereiten").click()
    outreach, to_outreach = send(page, "aufsuchende", consent=True, secrets=("48 ", "angestellt", "ersicher"))

    answer(page, "schule-stadt", school, to_school)
    answer(page, "aufsuchend", outreach, to_outreach)
    read_the_story(page, (school, outreach))


def test_a_short_contact_is_counted_within_five_clicks(page):
    sign_in(page, "stadtteil")
    with as_owner():
        before = ShortContact.objects.count()
    clicks = (
        page.get_by_role("navigation").get_by_role("link", name="Schalter").first,
        page.locator('[name="topics"]').nth(0),
        page.locator('[name="topics"]').nth(3),
        page.locator('[name="result"]').nth(1),
        page.get_by_role("button", name="Zählen", exact=True),
    )
    for one in clicks:
        one.click()
    expect(page.get_by_text("Gezählt.")).to_be_visible()
    assert len(clicks) <= 5
    with as_owner():
        assert ShortContact.objects.count() == before + 1
    look(page, "kurzkontakt")


def test_a_way_is_shown_at_the_counter_with_one_click(page):
    sign_in(page, "stadtteil")
    page.goto("/uebergaben/verweise/")
    look(page, "verweise")
    page.get_by_role("button", name="Darauf verwiesen").first.click()
    expect(page.get_by_text("Der Verweis ist gezählt, ohne Angaben zur Person.")).to_be_visible()
