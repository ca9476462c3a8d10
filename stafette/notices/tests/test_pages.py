"""The pages: the guided way, the check by a second person, and what nobody else gets to see."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.notices import commands, sheets
from stafette.notices.models import ChildNotice, OutboundNotice
from stafette.notices.panels import household_panel
from stafette.notices.tests.scenes import ANSWERS, SEND
from stafette.referrals.tests.factories import user_of


@pytest.fixture
def clerk(scene, client):
    return entered(client, scene.town.clerk)


def entered(client, actor):
    client.force_login(user_of(actor), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def text_of(monkeypatch):
    """What the last paper says: its sheet, as it went to the printer, and the answer really is a PDF."""
    printed, make = [], sheets.sheet_pdf
    monkeypatch.setattr(sheets, "sheet_pdf", lambda *given: (printed.append(given), make(*given))[1])

    def text(response):
        assert response.content.startswith(b"%PDF") and b"pdfuaid" in response.content
        return str(printed.pop())

    return text


def the(model):
    with as_owner():
        return model.objects.get()


def test_the_way_can_be_walked_in_the_browser(scene, clerk, text_of):
    begin = reverse("notices:begin", args=[scene.town.household.pk])
    assert "Rufen Sie zuerst an" in clerk.get(begin).content.decode()
    data = {
        "person_id": scene.town.child.pk,
        "signs": ["alone"],
        "observed": "Allein am Abend in der Wohnung.",
    }
    page = clerk.post(begin, data, follow=True)
    notice = the(ChildNotice)
    assert page.redirect_chain[-1][0] == reverse("notices:child", args=[notice.pk])

    def take(name, **values):
        answer = clerk.post(reverse(f"notices:child_{name}", args=[notice.pk]), values)
        assert answer.status_code == 302, answer.content.decode()[-3000:]

    take("talk", talk="held", talked_on="5.1.2026", talk_note="Mit der Mutter gesprochen.")
    take(
        "consult", consulted="confirmed", consulted_on="5.1.2026", adviser="Kinderschutzzentrum",
        advice="Das Jugendamt einbeziehen.",
    )  # fmt: skip
    take("help", help="refused", help_note="")
    take(
        "send",
        receiver=scene.youth_office.pk,
        reasons="Die Gefahr besteht weiter fort.",
        family_told="before",
    )
    letter = clerk.get(reverse("notices:child_letter", args=[notice.pk]))
    said = text_of(letter)
    assert "Ivo" in said and "Allein am Abend" in said
    take("feedback", confirmed="yes", acting="untold")
    shown = clerk.get(reverse("notices:child", args=[notice.pk])).content.decode()
    assert "Anhaltspunkte bestätigt?" in shown and "Keine Angabe" in shown


def test_feedback_offers_two_lists_and_no_free_text(scene, clerk):
    notice = scene.decided()
    commands.send_child_notice(actor=scene.town.clerk, notice_id=notice.pk, **SEND)
    form = clerk.get(reverse("notices:child", args=[notice.pk])).context["form"]
    assert set(form.fields) == {"version", "confirmed", "acting"}
    answer = clerk.post(
        reverse("notices:child_feedback", args=[notice.pk]), {"confirmed": "yes", "acting": "weil der Vater"}
    )
    assert answer.status_code == 422


def test_the_sheet_for_the_consultation_holds_no_name(scene, clerk, text_of):
    notice = scene.opened(observed=f"Ivo {scene.town.child.family_name} war allein, sagte die Nachbarin.")
    sheet = text_of(clerk.get(reverse("notices:consultation", args=[notice.pk])))
    assert "war allein, sagte die Nachbarin" in sheet and "[…]" in sheet
    for person in (scene.town.child, scene.town.mother):
        assert person.given_names not in sheet and person.family_name not in sheet
    assert notice.number not in sheet


def test_a_locked_address_stays_out_of_the_letter(scene, clerk, text_of):
    with as_owner():
        type(scene.town.household).objects.filter(pk=scene.town.household.pk).update(
            address_locked=True, street="Geheimweg"
        )
    notice = scene.decided()
    commands.send_child_notice(actor=scene.town.clerk, notice_id=notice.pk, **SEND)
    letter = text_of(clerk.get(reverse("notices:child_letter", args=[notice.pk])))
    assert "Geheimweg" not in letter and "Auskunftssperre" in letter


def test_the_short_way_is_offered_and_asks_for_the_rest_afterwards(scene, clerk):
    notice = scene.opened()
    page = clerk.get(reverse("notices:child_acute", args=[notice.pk])).content.decode()
    assert "Sofort mitteilen" in page
    clerk.post(
        reverse("notices:child_acute", args=[notice.pk]),
        {"receiver": scene.youth_office.pk, "reasons": "Das Kind ist verletzt und allein.",
         "family_told": "risk", "told_note": "Der Vater droht mit Gewalt."},
    )  # fmt: skip
    page = clerk.get(reverse("notices:child", args=[notice.pk])).content.decode()
    assert "Bitte holen Sie die Schritte nach" in page and "Gespräch festhalten" in page


def test_wrong_input_comes_back_with_what_to_do(scene, clerk):
    notice = scene.opened()
    answer = clerk.post(reverse("notices:child_talk", args=[notice.pk]), {"talk": "held"})
    assert answer.status_code == 422 and "Gespräch festhalten" in answer.content.decode()


def test_other_units_find_nothing(scene, client):
    notice = scene.decided()
    stranger = entered(client, scene.town.worker)
    for name in ("child", "consultation", "child_letter"):
        assert stranger.get(reverse(f"notices:{name}", args=[notice.pk])).status_code == 404
    assert stranger.post(reverse("notices:child_talk", args=[notice.pk])).status_code == 404
    assert stranger.get(reverse("notices:begin", args=[scene.town.household.pk])).status_code == 404
    assert notice.number not in stranger.get(reverse("notices:children")).content.decode()


def test_there_is_no_letter_before_the_notice(scene, clerk):
    assert clerk.get(reverse("notices:child_letter", args=[scene.decided().pk])).status_code == 404


def drafted_in_the_browser(scene, client, **changes):
    controller = entered(client, scene.town.controller)
    answers = {f"answer_{key}": value for key, value in ANSWERS.items()}
    data = {
        "person_id": scene.tenant.pk, "norm": "87_2_1", "address": "Ausländerbehörde, Markt 1",
        "facts": "Am 2. Juni ohne Aufenthaltstitel angetroffen.", **answers, **changes,
    }  # fmt: skip
    return controller.post(reverse("notices:draft", args=[scene.household.pk]), data)


def test_two_people_and_then_a_letter(scene, client, text_of):
    assert drafted_in_the_browser(scene, client).status_code == 302
    notice = the(OutboundNotice)
    page = client.get(reverse("notices:outbound", args=[notice.pk])).content.decode()
    assert "Zur Prüfung geben" in page and "mitteilen" not in page.split("Zur Prüfung geben")[1][:200]
    client.post(reverse("notices:outbound_submit", args=[notice.pk]))
    assert client.post(reverse("notices:outbound_confirm", args=[notice.pk])).status_code == 403
    assert client.get(reverse("notices:outbound_letter", args=[notice.pk])).status_code == 404

    head = entered(client, scene.head)
    assert "Am 2. Juni" in head.get(reverse("notices:outbound", args=[notice.pk])).content.decode()
    assert head.post(reverse("notices:outbound_confirm", args=[notice.pk])).status_code == 302
    letter = text_of(head.get(reverse("notices:outbound_letter", args=[notice.pk])))
    assert "§ 87 Abs. 2 S. 1 Nr. 1 AufenthG" in letter and scene.tenant.family_name in letter


def test_an_exception_is_told_in_words(scene, client):
    answer = drafted_in_the_browser(scene, client, answer_social="yes")
    assert answer.status_code == 409 and "Sozialgeheimnis" in answer.content.decode()


def test_the_second_person_can_say_no(scene, client):
    notice = scene.waiting()
    head = entered(client, scene.head)
    url = reverse("notices:outbound_reject", args=[notice.pk])
    assert head.post(url, {"ground": ""}).status_code == 422
    assert head.post(url, {"ground": "unsure", "note": "Der Tag ist nicht belegt."}).status_code == 302
    assert "gelöscht" in head.get(reverse("notices:outbound", args=[notice.pk])).content.decode()


def test_the_officer_sees_number_and_norm_and_no_person(scene, logged_in):
    notice = scene.waiting()
    officer = logged_in(Role.DATA_PROTECTION, scene.town.housing)
    page = officer.get(reverse("notices:outbound", args=[notice.pk])).content.decode()
    assert notice.number in page and "Nr. 1 AufenthG" in page
    assert scene.tenant.family_name not in page and "angetroffen" not in page
    assert notice.number in officer.get(reverse("notices:outbounds")).content.decode()


@pytest.mark.parametrize("sent", [0, 1, 2, 3])
def test_the_committee_counts_and_small_numbers_stay_hidden(scene, logged_in, sent):
    for _number in range(sent):
        notice = commands.confirm_outbound(actor=scene.head, notice_id=scene.waiting().pk)
        with as_owner():
            day = date(notice.sent_at.year, 3 * ((notice.sent_at.month - 1) // 3) + 1, 1)
            before = notice.sent_at.replace(
                year=day.year - (day.month == 1), month=(day.month - 4) % 12 + 2, day=10
            )
            OutboundNotice.objects.filter(pk=notice.pk).update(sent_at=before)
    office = logged_in(Role.COORDINATION, scene.town.coordination)
    counts = office.get(reverse("notices:outbound_figures")).context["counts"]
    line = dict(counts.lines)["§ 87 Abs. 2 S. 1 Nr. 1 AufenthG"]
    assert line[3] == (sent if sent in (0, 3) else None)
    assert line[4] == line[3]


def test_the_rules_are_shown_with_their_sources(scene, clerk):
    page = clerk.get(reverse("notices:outbound_rules")).content.decode()
    assert "§ 11 Abs. 7 FreizügG/EU" in page and "Quelle:" in page and "§ 88 Abs. 2 AufenthG" in page
    assert "kein Konto, keine Liste und keinen Export" in page


def test_the_household_leads_to_both_ways(scene):
    controller, found = scene.town.controller, scene.household.pk
    with acting(controller):
        panel = household_panel(actor=controller, subject_id=found)
    page = render_to_string(panel.template, {"panel": panel.context})
    assert reverse("notices:begin", args=[found]) in page and reverse("notices:draft", args=[found]) in page
    with acting(scene.head):
        assert household_panel(actor=scene.head, subject_id=found) is None
