"""The main job in one piece: this week's list, the talk, what follows, consent, two referrals, two answers."""

from datetime import timedelta

from playwright.sync_api import expect

from stafette.intake.models import Interview
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

HEADINGS = "Nachname;Vorname;Geb.-Datum;Geschl.;Staatsang.;Straße;Hnr.;PLZ;Ort;Einzug;Vorherige Gemeinde;Ges. Vertreter"


def arrivals_list():
    """A list as the registry sends it: a title row, a mother and her son of school age."""
    moved_in = f"{today() - timedelta(days=5):%d.%m.%Y}"
    home = f"Saalgasse;12;06667;Weißenfels;{moved_in};Bulgarien"
    son_born = f"02.02.{today().year - 8}"
    lines = [
        "Zuzüge aus dem Ausland",
        HEADINGS,
        f"Kalotova;Mirela;07.03.1990;w;125;{home};",
        f"Kalotov;Danail;{son_born};m;125;{home};Kalotova, Mirela",
    ]
    return {"name": "zuzuege.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode("cp1252")}


def take_in_the_list(page):
    page.goto("/zuzuege/importe/neu/")
    page.get_by_label("Datei", exact=False).first.set_input_files(arrivals_list())
    page.get_by_role("button", name="Datei lesen").click()
    if page.get_by_role("heading", name="Was bedeuten die Spalten?").is_visible():
        expect_good_page(page)
        screenshot(page, "spalten")
        page.get_by_role("button", name="Weiter zur Vorschau").click()
    expect(page.get_by_role("heading", name="Das würde geschehen")).to_be_visible()
    expect_good_page(page)
    screenshot(page, "vorschau")
    page.get_by_role("button", name="Liste übernehmen").click()
    expect(page.get_by_role("heading", name="Liste übernommen")).to_be_visible()


def hold_the_talk(page):
    page.goto("/zuzuege/")
    page.locator("#list").get_by_role("link", name="Kalotov").first.click()
    expect_good_page(page)
    screenshot(page, "zuzug")
    page.get_by_role("link", name="Gespräch beginnen").click()
    page.get_by_label("Übersetzungsgerät").check()
    page.get_by_label("Ja, wir beginnen").check()
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("heading", name="A Ankunft")).to_be_visible()
    with as_owner():
        talk = Interview.objects.get(participants__person__given_names="Danail")
        son = talk.participants.get(person__given_names="Danail").pk
    page.locator(f'[name="school_place.{son}"][value="no"]').check()
    page.locator('[name^="advice_topics"][type="checkbox"]').first.check()
    screenshot(page, "gespraech")
    page.get_by_role("button", name="Abschließen: Was folgt?").click()
    expect(page.get_by_role("heading", name="Was folgt aus dem Gespräch?")).to_be_visible()
    expect_good_page(page)
    screenshot(page, "was-folgt-aus-dem-gespraech")
    return page.url


def finding(page, name):
    return page.locator("li.st-card").filter(has=page.get_by_role("heading", name=name, exact=False)).first


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


def send(page, *, consent):
    """Prepare what travels, ask for consent where it is needed, send; return the number."""
    if consent:
        page.get_by_role("link", name="Einwilligung einholen").click()
        expect_good_page(page)
        screenshot(page, "einwilligung")
        for name in ("categories", "person_ids", "guardian_ids"):
            for box in page.locator(f'[name="{name}"]').all():
                box.check()
        page.locator('[name="form"]').first.check()
        page.get_by_label("Wer bezeugt").fill("Kollegin am Schalter 2")
        page.get_by_role("button", name="Einwilligung festhalten").click()
        expect(page.locator("#referral-card")).to_be_visible()
        expect(page.get_by_text("Einwilligung fehlt")).to_have_count(0)
    for box in page.locator('#referral-card [name="categories"]').all():
        box.check()
    step(page, "inhalt")
    expect(page.get_by_role("heading", name="Genau das geht weiter")).to_be_visible()
    expect_good_page(page)
    screenshot(page, "umschlag")
    step(page, "senden")
    return page.get_by_role("heading", level=1).inner_text().split()[-1]


def open_referral(page, role, number):
    sign_in(page, role)
    page.goto("/uebergaben/?state=all")
    page.get_by_role("link", name=number).click()
    expect(page.locator("#referral-card")).to_be_visible()


def answer(page, role, number):
    """At the receiver: confirm, accept, speak to the family, close with an outcome, answer."""
    open_referral(page, role, number)
    expect(page.locator("#referral-card")).to_contain_text("Kalotov")
    expect_good_page(page)
    screenshot(page, f"eingang-{role}")
    for path in ("empfang", "annehmen", "erstkontakt", "abschliessen", "rueckmeldung"):
        if page.locator(f"#referral-card form[action$='/{path}/']").count():
            step(page, path)
    expect_good_page(page)
    screenshot(page, f"beantwortet-{role}")


def test_from_the_list_to_two_answered_referrals(page):
    page.set_default_timeout(30_000)
    sign_in(page, "clearing")
    take_in_the_list(page)
    what_follows = hold_the_talk(page)

    finding(page, "Schulplatz").get_by_role("button", name="Übergabe vorbereiten").first.click()
    school = send(page, consent=page.get_by_role("link", name="Einwilligung einholen").count() > 0)
    page.goto(what_follows)
    finding(page, "Beratung").get_by_role("button", name="Übergabe vorbereiten").first.click()
    assert page.get_by_role("link", name="Einwilligung einholen").count() == 1  # advice never goes without
    advice = send(page, consent=True)

    answer(page, "schule-stadt", school)
    answer(page, "stadtteil", advice)

    for number in (school, advice):
        open_referral(page, "clearing", number)
        expect(page.locator("#referral-card")).to_contain_text("Rückmeldung")
        expect_good_page(page)
    screenshot(page, "rueckmeldung")
