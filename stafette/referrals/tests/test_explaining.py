"""Each date of a referral explains itself, and only what is true; a running referral keeps its agreement."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from stafette.accounts.models import ClosingPeriod, FindingKind, ResponseRule
from stafette.accounts.roles import Role
from stafette.blueprints.access import command_line
from stafette.blueprints.commands import apply_blueprint
from stafette.kernel.clock import travel
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.referrals.commands import (
    accept_referral,
    close_referral,
    confirm_receipt,
    decline_referral,
    extend_referral,
    note_first_contact,
    pause_reminders,
    prepare_referral,
    resume_referral,
    return_referral,
    send_referral,
    suspend_referral,
)
from stafette.referrals.deadlines import periods_for
from stafette.referrals.duty import run_deadlines
from stafette.referrals.explaining import agreement_words
from stafette.referrals.models import Referral
from stafette.referrals.queries import card as card_of
from stafette.referrals.tests.factories import staff, user_of
from stafette.referrals.tests.scenes import again, checked, drafted, sent

START = date(2026, 12, 17)  # a Thursday before Christmas
BLUEPRINT = Path(__file__).parents[3] / "blueprints" / "weissenfels.toml"


def at(day):
    return travel(datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Europe/Berlin")))


@pytest.fixture(autouse=True)
def _thursday():
    with at(START):
        yield


def timing(referral, actor):
    from stafette.kernel.scope import acting

    with acting(actor):
        rows = Referral.objects.select_related(
            "from_unit__authority", "to_unit__authority", "responsible_unit", "escalation_unit", "lead_unit"
        )
        return card_of(actor=actor, referral=rows.get(pk=referral.pk)).timing


def close_the_house(town):
    with as_owner():
        ClosingPeriod.objects.create(
            code="jahreswechsel", label="Zwischen den Jahren", authority=town.outreach.authority,
            starts_on=date(2026, 12, 28), ends_on=date(2026, 12, 30),
        )  # fmt: skip


def test_the_answer_names_event_days_and_what_was_left_out(town):
    close_the_house(town)
    town.agree(town.outreach, answer=5)
    referral = sent(town)
    assert referral.answer_due_on == date(2027, 1, 4)
    assert timing(referral, town.worker).answer == (
        "5 Arbeitstage nach dem Senden am 17.12.2026: Montag, 04.01.2027; nicht mitgezählt sind Wochenenden "
        "sowie Heiligabend (24.12.), Erster Weihnachtstag (25.12.), Zwischen den Jahren (28.12. bis 30.12.), "
        "Silvester (31.12.) und Neujahr (01.01.), Sachsen-Anhalt (Vereinbarung, Fassung 1)."
    )


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("drafted", "1 Arbeitstag nach der Vorbereitung am 17.12.2026: Freitag, 18.12.2026"),
        ("sent", "2 Arbeitstage nach dem Senden am 17.12.2026: Montag, 21.12.2026"),
        ("received", "5 Arbeitstage nach dem Senden am 17.12.2026: Montag, 28.12.2026"),
        ("accepted", "10 Arbeitstage nach der Annahme am 17.12.2026: Donnerstag, 07.01.2027"),
        ("reached", "20 Arbeitstage nach dem Erstkontakt am 17.12.2026: Donnerstag, 21.01.2027"),
        ("closed", "5 Arbeitstage nach dem Abschluss am 17.12.2026: Montag, 28.12.2026"),
        ("declined", "2 Arbeitstage nach der Ablehnung am 17.12.2026: Montag, 21.12.2026"),
        ("returned", "2 Arbeitstage nach der Rückgabe am 17.12.2026: Montag, 21.12.2026"),
    ],
)
def test_every_state_says_from_when_its_date_was_counted(town, steps, said):
    referral = {"drafted": drafted, "sent": sent}.get(steps, sent)(town)
    ids = {"actor": town.worker, "referral_id": referral.pk}
    if steps == "received":
        confirm_receipt(**ids)
    if steps == "declined":
        decline_referral(**ids, reason="no_capacity")
    if steps in ("accepted", "reached", "closed", "returned"):
        accept_referral(**ids)
    if steps in ("reached", "closed"):
        note_first_contact(**ids)
    if steps == "closed":
        close_referral(**ids, outcome="helped")
    if steps == "returned":
        return_referral(**ids, reason="no_capacity")
    sides = [town.clerk] if steps == "drafted" else [town.clerk, town.worker]
    for actor in sides:
        assert timing(referral, actor).next_step.startswith(said + "; ")


def test_a_day_that_somebody_named_is_said_to_be_theirs(town):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    note_first_contact(actor=town.worker, referral_id=referral.pk, next_on=date(2027, 1, 12))
    assert timing(referral, town.clerk).next_step == (
        "Dienstag, 12.01.2027: diesen Tag hat die Stelle „Aufsuchende Sozialarbeit“ festgelegt."
    )


def test_no_sentence_counts_to_a_day_that_was_not_stored(town):
    referral = sent(town)
    close = date(2026, 12, 18)
    with as_owner():
        ClosingPeriod.objects.create(
            code="neu", label="Umzug", authority=town.outreach.authority, starts_on=close, ends_on=close
        )
    shown = timing(referral, town.worker)
    assert "Kalender der Stelle hat sich seither geändert" in shown.answer
    assert f"{referral.answer_due_on:%d.%m.%Y}" in shown.answer
    assert "festgelegt" in shown.next_step


def test_an_extension_says_old_day_new_day_and_reason_only_at_home(town):
    referral = confirm_receipt(actor=town.worker, referral_id=sent(town).pk)
    with at(date(2026, 12, 29)):
        extend_referral(
            actor=town.worker, referral_id=referral.pk, until=date(2027, 1, 8), reason="waiting_document"
        )
        own, other = timing(referral, town.worker), timing(referral, town.clerk)
    assert "nachträglich verlängert: statt 28.12.2026" in own.next_step
    assert own.next_step.endswith("Grund: Unterlagen fehlen noch.")
    assert "Unterlagen" not in other.next_step and "08.01.2027" in other.next_step
    assert own.answer.startswith("5 Arbeitstage nach dem Senden am 17.12.2026: Montag, 28.12.2026")


def test_it_says_on_which_days_others_hear_of_silence_and_the_run_keeps_to_them(town):
    close_the_house(town)
    referral = sent(town)
    head, coordination = staff(town.outreach, Role.HEAD), staff(town.coordination, Role.COORDINATION)
    said = timing(confirm_receipt(actor=town.worker, referral_id=referral.pk), town.worker).escalation
    assert said.startswith(
        "Am 23.12.2026 erinnert Stafette, am 05.01.2027 erfährt es die Leitung, am 08.01.2027 die Stelle „"
    )
    days = [date(2026, 12, 17) + timedelta(days=number) for number in range(25)]
    for day in days:
        with at(day):
            run_deadlines(day)
    with as_owner():
        told = Note.objects.filter(kind__in=["reminder", "head", "steering"])
        found = {(note.kind, note.user_id, localtime(note.created_at).date()) for note in told}
    assert found == {
        ("reminder", town.worker.id, date(2026, 12, 23)),
        ("head", head.id, date(2027, 1, 5)),
        ("steering", coordination.id, date(2027, 1, 8)),
    }


def test_rest_and_pause_say_until_when(town):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    ids = {"actor": town.worker, "referral_id": referral.pk}
    pause_reminders(**ids, until=date(2026, 12, 21), reason="agreed")
    assert (
        "Bis Montag, 21.12.2026 kommen keine Erinnerungen (mit der anderen Stelle abgesprochen), auch nicht"
        in (timing(referral, town.worker).pause)
    )
    with at(date(2026, 12, 21)):
        assert timing(referral, town.worker).pause != ""
    with at(date(2026, 12, 22)):
        assert timing(referral, town.worker).pause == ""
    suspend_referral(**ids, until=date(2027, 1, 15), reason="family_away")
    assert timing(referral, town.worker).next_step == (
        "Ruht seit 17.12.2026 bis Freitag, 15.01.2027: Familie ist verreist. Danach bleiben 10 Arbeitstage."
    )
    assert "bis dahin ruht die Übergabe" in timing(referral, town.clerk).next_step
    with at(date(2027, 1, 11)):
        resume_referral(**ids)
        assert timing(referral, town.worker).next_step == (
            "Weitergeführt am 11.01.2027; 10 Arbeitstage waren noch übrig: Montag, 25.01.2027."
        )


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("*>* 3", "Vereinbarung für alle Übergaben, Fassung 3"),
        ("*>aufsuchende 1", "Vereinbarung für Übergaben an {to}, Fassung 1"),
        ("clearing>aufsuchende 2", "Vereinbarung für Übergaben von {from_} an {to}, Fassung 2"),
        ("*>aufsuchende/newborn 2", "Vereinbarung für Übergaben an {to} bei „Neugeborenes“, Fassung 2"),
        ("*>*/newborn 1", "Vereinbarung für Übergaben bei „Neugeborenes“, Fassung 1"),
        ("Vorgabe 1", "Vorgabe 1"),
    ],
)
def test_agreements_are_named_in_words(town, version, said):
    referral = Referral(from_unit=town.clearing, to_unit=town.outreach, rule_version=version)
    expected = said.format(to=town.outreach.short_name, from_=town.clearing.short_name)
    assert agreement_words(referral, "Neugeborenes") == expected


def test_a_period_for_the_finding_goes_before_that_of_the_receiver(town):
    town.agree(town.outreach, answer=5)
    route = town.route("newborn", town.outreach)
    with as_owner():
        kind = FindingKind.objects.get(code="newborn")
        ResponseRule.objects.create(
            code="*>aufsuchende/newborn", receiver=town.outreach, finding=kind, valid_from=date(2026, 1, 1),
            receipt_days=1, answer_days=1, first_contact_days=3, feedback_days=5,
        )  # fmt: skip
    finding = town.finding("newborn")
    referral = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    assert (referral.rule_version, referral.answer_days) == ("*>aufsuchende/newborn 1", 1)
    ids = {"sender_id": town.clearing.pk, "receiver_id": town.outreach.pk, "on": START}
    assert periods_for(**ids, finding_code="no_work").answer == 5


def test_a_new_agreement_does_not_move_a_running_referral(town):
    rule = town.agree(town.outreach, answer=5, contact=10)
    referral = sent(town)
    with as_owner():
        rule.valid_to = START
        rule.save()
        ResponseRule.objects.create(
            code=rule.code, version=2, receiver=town.outreach, valid_from=START,
            receipt_days=1, answer_days=1, first_contact_days=1, feedback_days=1,
        )  # fmt: skip
    row = again(referral, town.worker)
    assert (row.rule_version, row.answer_due_on) == (f"{rule.code} 1", referral.answer_due_on)
    assert accept_referral(actor=town.worker, referral_id=row.pk).next_on == date(2027, 1, 7)
    assert "10 Arbeitstage nach der Annahme" in timing(row, town.worker).next_step
    with at(date(2026, 12, 18)):
        finding, route = town.finding("no_work"), town.route("no_work", town.outreach)
        second = prepare_referral(actor=town.clerk, finding_id=finding.pk, route_id=route.pk)
    assert (second.rule_version, second.answer_days) == (f"{rule.code} 2", 1)


def test_applying_a_blueprint_moves_no_running_referral(town):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    before = (referral.rule_version, referral.next_on, referral.answer_due_on, referral.first_contact_days)
    text = BLUEPRINT.read_text()
    keep = "".join(
        f'\n[[authority]]\ncode = "{unit.authority.code}"\nname = "{unit.authority.name}"\nland = "ST"\n'
        for unit in (town.clearing, town.outreach)
    )
    units = "".join(
        f'\n[[unit]]\ncode = "{unit.code}"\nkind = "{unit.kind}"\nname = "{unit.name}"\nshort_name = "x"\n'
        f'authority = "{unit.authority.code}"\nmandate = "{unit.mandate}"\n'
        '\n  [[unit.post]]\n  code = "a"\n  title = "Ansprechstelle"\n  duty = "contact"\n'
        for unit in (town.clearing, town.outreach, town.school, town.housing, town.coordination)
    )
    apply_blueprint(actor=command_line(), text=text + keep + units)
    apply_blueprint(
        actor=command_line(), text=text.replace("answer_days = 5", "answer_days = 9") + keep + units
    )
    row = again(referral, town.worker)
    assert (row.rule_version, row.next_on, row.answer_due_on, row.first_contact_days) == before


# ── on the page ──


@pytest.fixture
def browse(client):
    def log_in(actor):
        client.force_login(user_of(actor), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


def page(browser, referral):
    return browser.get(reverse("referrals:detail", args=[referral.pk])).content.decode()


def test_the_page_explains_its_dates_and_proposes_others(town, browse):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    shown = page(browse(town.worker), referral)
    assert shown.count("Warum dieser Tag?") == 3
    assert "10 Arbeitstage nach der Annahme am 17.12.2026" in shown
    assert "Spätestens am 15.02.2027." in shown  # sixty days to rest
    assert 'value="14.01.2027"' in shown  # five working days more
    other = page(browse(town.clerk), referral)
    assert "ruhen-lassen" not in other and "verlaengern" not in other


def test_dates_are_moved_in_the_browser(town, browse):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    browser = browse(town.worker)
    data = {"until": "15.01.2027", "reason": "family_away", "version": referral.version}
    answer = browser.post(reverse("referrals:suspend", args=[referral.pk]), data)
    assert answer.status_code == 302
    shown = page(browser, referral)
    assert "ruht" in shown and "Familie ist verreist" in shown and "weiterfuehren" in shown
    assert "Familie ist verreist" not in page(browse(town.clerk), referral)
    row = again(referral, town.worker)
    browser = browse(town.worker)
    browser.post(reverse("referrals:resume", args=[referral.pk]), {"version": row.version})
    row = again(referral, town.worker)
    data = {"until": "12.01.2027", "reason": "interpreter", "version": row.version}
    browser.post(reverse("referrals:extend", args=[referral.pk]), data)
    data = {"until": "22.12.2026", "reason": "agreed", "version": again(referral, town.worker).version}
    browser.post(reverse("referrals:pause", args=[referral.pk]), data)
    shown = page(browser, referral)
    for word in (
        "Verschobene Fristen",
        "Aussetzung",
        "Ende der Aussetzung",
        "Verlängerung",
        "keine Erinnerungen",
    ):
        assert word in shown


def test_a_wrong_day_is_told_at_the_form(town, browse):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    url, browser = reverse("referrals:extend", args=[referral.pk]), browse(town.worker)
    answer = browser.post(url, {"until": "", "reason": "agreed", "version": referral.version})
    assert answer.status_code == 422
    answer = browser.post(url, {"until": "31.12.2027", "reason": "agreed", "version": referral.version})
    assert answer.status_code in (409, 422)
    assert "Wählen Sie einen Tag vom" in answer.content.decode()


def test_an_exhausted_limit_is_said_instead_of_a_form(town, browse):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    for until in (date(2027, 1, 8), date(2027, 1, 15)):
        extend_referral(actor=town.worker, referral_id=referral.pk, until=until, reason="agreed")
    shown = page(browse(town.worker), referral)
    assert "schon 2-mal verlängert" in shown
    assert "/verlaengern/" not in shown


def test_a_draft_has_no_answer_to_explain(town):
    referral = checked(town)
    assert timing(referral, town.clerk).answer == ""
    send_referral(actor=town.clerk, referral_id=referral.pk)
    assert timing(referral, town.clerk).answer != ""
