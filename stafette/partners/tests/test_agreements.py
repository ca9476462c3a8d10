"""Agreements with partners: what holds, which desk is taken, which periods follow, and who is told of the end."""

from datetime import date, time, timedelta

import icalendar
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from stafette.accounts.models import ResponseRule
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.audit.models import Event
from stafette.directory.tests.factories import ServiceFactory
from stafette.kernel import scope
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.partners import queries
from stafette.partners.commands import (
    add_desk_time,
    change_agreement,
    end_agreement,
    enter_agreement,
    remove_desk_time,
    send_request,
    start_agreement,
)
from stafette.partners.explaining import explain_next
from stafette.partners.models import CooperationAgreement, DeskTime
from stafette.partners.panels import today_in_house_panel
from stafette.partners.reminding import watch_ends
from stafette.partners.tests.scenes import PartnerFactory
from stafette.referrals.deadlines import periods_for, working_day
from stafette.referrals.models import Referral

TUESDAY = date(2026, 12, 1)
FACTS = {"file_number": "51-2026-7", "signed_on": date(2026, 9, 15), "starts_on": date(2026, 10, 1)}
DESK = {"weekday": 2, "opens_at": time(10), "closes_at": time(12), "desk": 2}


@pytest.fixture
def unit(db):
    return UnitFactory(name="Willkommenszentrum", short_name="WZ")


@pytest.fixture
def head(unit, actor_with):
    return actor_with(Permission.AGREEMENT_EDIT, Permission.UNIT_VIEW, unit=unit)


@pytest.fixture
def partner(unit):
    return PartnerFactory(name="Mieterberatung", kind="charity", keeper=unit)


def running(head, unit, partner, **facts):
    made = enter_agreement(actor=head, unit_id=unit.pk, partner_id=partner.pk, **FACTS | facts)
    return start_agreement(actor=head, agreement_id=made.pk)


def kinds():
    with as_owner():
        return list(
            Event.objects.filter(kind__startswith="agreement.").order_by("seq").values_list("kind", flat=True)
        )


def test_agreement_is_entered_started_and_ended_with_a_trace(head, unit, partner):
    made = running(head, unit, partner)
    assert made.state == "running" and made.holds_on(TUESDAY) and not made.holds_on(date(2026, 9, 30))

    end_agreement(actor=head, agreement_id=made.pk)

    made.refresh_from_db()
    assert made.state == "ended" and made.ends_on == today()
    assert kinds() == ["agreement.entered", "agreement.started", "agreement.ended"]
    with pytest.raises(MoveNotAllowed):
        start_agreement(actor=head, agreement_id=made.pk)
    with pytest.raises(RuleBroken, match="beendet"):
        change_agreement(actor=head, agreement_id=made.pk, **FACTS)


def test_only_the_own_unit_may_agree(unit, partner, head, actor_with):
    stranger = actor_with(Permission.AGREEMENT_EDIT, unit=UnitFactory())
    reader = actor_with(Permission.UNIT_VIEW, unit=unit)
    made = running(head, unit, partner)

    for actor in (stranger, reader):
        with pytest.raises(NotAllowed):
            enter_agreement(actor=actor, unit_id=unit.pk, partner_id=partner.pk, **FACTS)
        with pytest.raises(NotAllowed):
            add_desk_time(actor=actor, agreement_id=made.pk, **DESK)
        with pytest.raises(NotAllowed):
            end_agreement(actor=actor, agreement_id=made.pk)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"ends_on": date(2026, 9, 1)}, "Das Ende liegt vor dem Beginn"),
        ({"clause": "processor"}, "braucht ein Datum"),
        ({"clause_on": date(2026, 9, 1)}, "ohne Klausel"),
    ],
)
def test_what_does_not_fit_together_is_refused(head, unit, partner, facts, said):
    with pytest.raises(BadInput, match=said):
        enter_agreement(actor=head, unit_id=unit.pk, partner_id=partner.pk, **FACTS | facts)


def test_a_file_number_is_used_once(head, unit, partner):
    running(head, unit, partner)
    with pytest.raises(BadInput, match="Aktenzeichen"):
        enter_agreement(actor=head, unit_id=unit.pk, partner_id=partner.pk, **FACTS)


@pytest.mark.parametrize(
    ("other", "is_free"),
    [
        ({}, False),
        ({"opens_at": time(11, 59), "closes_at": time(13)}, False),
        ({"opens_at": time(12), "closes_at": time(13)}, True),
        ({"desk": 3}, True),
        ({"weekday": 3}, True),
        ({"every": 2, "first_on": date(2026, 10, 6)}, False),
    ],
)
def test_a_desk_is_never_given_twice(head, unit, partner, other, is_free):
    first = running(head, unit, partner)
    second = running(head, unit, PartnerFactory(keeper=unit), file_number="51-2026-8")
    add_desk_time(actor=head, agreement_id=first.pk, **DESK)

    if is_free:
        add_desk_time(actor=head, agreement_id=second.pk, **DESK | other)
    else:
        with pytest.raises(RuleBroken, match="Platz 2 ist dann vergeben: Mieterberatung, Dienstag 10–12 Uhr"):
            add_desk_time(actor=head, agreement_id=second.pk, **DESK | other)
    assert second.times.count() == int(is_free)


def test_two_partners_share_a_desk_week_by_week(head, unit, partner):
    first = running(head, unit, partner)
    second = running(head, unit, PartnerFactory(keeper=unit), file_number="51-2026-8")
    add_desk_time(actor=head, agreement_id=first.pk, **DESK, every=2, first_on=TUESDAY)
    add_desk_time(actor=head, agreement_id=second.pk, **DESK, every=2, first_on=TUESDAY + timedelta(days=7))
    with pytest.raises(RuleBroken):
        add_desk_time(
            actor=head, agreement_id=second.pk, **DESK, every=4, first_on=TUESDAY + timedelta(days=14)
        )

    week = [TUESDAY + timedelta(days=7 * number) for number in range(3)]
    assert [one.agreement_id for one in queries.presences(week)] == [first.pk, second.pk, first.pk]


@pytest.mark.parametrize(
    ("every", "week", "meets"), [(1, 0, True), (2, 0, True), (2, 1, False), (4, 2, True), (4, 3, False)]
)
def test_the_database_itself_refuses_what_a_command_overlooked(head, unit, partner, every, week, meets):
    agreement = running(head, unit, partner)
    facts = {"agreement": agreement, "unit": unit, **DESK, "starts_on": TUESDAY}
    with as_owner():
        DeskTime.objects.create(**facts, every=2, week=0)
        if not meets:
            DeskTime.objects.create(**facts, every=every, week=week)
            return
        with pytest.raises(IntegrityError, match="desk_never_double"), transaction.atomic():
            DeskTime.objects.create(**facts, every=every, week=week)


def test_a_desk_is_free_again_after_the_end(head, unit, partner):
    first = running(head, unit, partner)
    second = running(head, unit, PartnerFactory(keeper=unit), file_number="51-2026-8")
    add_desk_time(actor=head, agreement_id=first.pk, **DESK)
    end_agreement(actor=head, agreement_id=first.pk)

    add_desk_time(actor=head, agreement_id=second.pk, **DESK)

    assert [one.partner for one in queries.presences([TUESDAY])] == [second.partner.name]


def test_prolonging_does_not_take_a_desk_that_another_has_by_then(head, unit, partner):
    first = running(head, unit, partner, ends_on=date(2026, 12, 31))
    second = running(
        head, unit, PartnerFactory(keeper=unit), file_number="51-2026-8", starts_on=date(2027, 1, 1)
    )
    add_desk_time(actor=head, agreement_id=first.pk, **DESK)
    add_desk_time(actor=head, agreement_id=second.pk, **DESK)

    with pytest.raises(RuleBroken, match="vergeben"):
        change_agreement(actor=head, agreement_id=first.pk, **FACTS | {"ends_on": date(2027, 6, 30)})
    assert DeskTime.objects.get(agreement=first).ends_on == date(2026, 12, 31)


def test_a_time_can_be_taken_back(head, unit, partner):
    agreement = running(head, unit, partner)
    row = add_desk_time(actor=head, agreement_id=agreement.pk, **DESK)
    remove_desk_time(actor=head, agreement_id=agreement.pk, time_id=row.pk)

    assert queries.presences([TUESDAY]) == [] and kinds()[-1] == "agreement.desk_freed"


def test_nobody_is_in_the_house_on_a_holiday_or_before_it_is_signed(head, unit, partner):
    made = enter_agreement(actor=head, unit_id=unit.pk, partner_id=partner.pk, **FACTS)
    add_desk_time(actor=head, agreement_id=made.pk, **DESK | {"weekday": 5})
    friday = date(2026, 12, 4)
    assert queries.presences([friday]) == []  # a draft

    start_agreement(actor=head, agreement_id=made.pk)
    assert len(queries.presences([friday, date(2026, 12, 25)])) == 1  # not on Christmas


def test_agreed_periods_go_before_the_general_rule_but_not_before_the_pair(head, unit, partner):
    receiver = UnitFactory()
    with as_owner():
        partner.unit = receiver
        partner.save()
    pair = {"sender_id": unit.pk, "receiver_id": receiver.pk, "finding_code": "", "on": TUESDAY}
    general = {"receipt_days": 4, "answer_days": 9, "first_contact_days": 11, "feedback_days": 6}
    with as_owner():
        ResponseRule.objects.create(
            code="*>*", receiver=None, sender=None, valid_from=date(2026, 1, 1), **general
        )
    assert periods_for(**pair).version == "*>* 1"

    running(head, unit, partner, answer_days=3)
    found = periods_for(**pair)
    assert (found.answer, found.receipt, found.first_contact) == (3, 4, 11)
    assert found.version == "Kooperationsvereinbarung 15.09.2026"
    assert periods_for(**pair | {"on": date(2026, 9, 30)}).version == "*>* 1"  # not yet
    assert periods_for(**pair | {"sender_id": receiver.pk, "receiver_id": unit.pk}).version == "*>* 1"

    with as_owner():
        ResponseRule.objects.create(
            code="WZ>MB",
            receiver=receiver,
            sender=unit,
            valid_from=date(2026, 1, 1),
            **general | {"answer_days": 7},
        )
    assert periods_for(**pair).answer == 7


def test_who_leads_is_told_once_per_step_and_again_where_it_was_prolonged(head, unit, partner):
    leader = MembershipFactory(unit=unit, role=Role.HEAD).user
    MembershipFactory(unit=unit, role=Role.COUNTER)
    soon = running(head, unit, partner, ends_on=today() + timedelta(days=80))
    running(head, unit, partner, file_number="51-2026-9", ends_on=today() + timedelta(days=91))
    for _again in range(2):
        watch_ends()
    with as_owner():
        [note] = Note.objects.filter(kind="agreement_ends")
        assert (note.user_id, note.reference, note.due_on) == (leader.pk, "51-2026-7", soon.ends_on)

    change_agreement(actor=head, agreement_id=soon.pk, **FACTS | {"ends_on": today() + timedelta(days=20)})
    watch_ends()
    with as_owner():
        assert Note.objects.filter(kind="agreement_ends").count() == 2


def test_what_ran_out_is_closed_by_the_night(head, unit, partner):
    made = running(head, unit, partner, ends_on=today() - timedelta(days=1))
    watch_ends()

    made.refresh_from_db()
    assert made.state == "ended" and made.ends_on == today() - timedelta(days=1)


def test_counter_sees_who_is_in_the_house_today(head, unit, partner, actor_with, freeze_day):
    agreement = running(head, unit, partner)
    add_desk_time(actor=head, agreement_id=agreement.pk, **DESK, languages=["de", "ar"])
    desk = actor_with(Permission.CONTACT_COUNT, unit=unit)
    stranger = actor_with(Permission.CONTACT_COUNT, unit=UnitFactory())

    panel = today_in_house_panel(actor=desk, subject_id=unit.pk)
    [row] = panel.context["rows"]
    assert (row["one"].partner, row["time"], row["one"].desk, row["languages"]) == (
        "Mieterberatung",
        "10–12 Uhr",
        2,
        "de/ar",
    )
    assert today_in_house_panel(actor=stranger, subject_id=unit.pk) is None


@pytest.fixture
def freeze_day(monkeypatch):
    monkeypatch.setattr("stafette.partners.panels.today", lambda: TUESDAY)


def test_pages_take_an_agreement_from_paper_to_the_plan_of_the_week(logged_in, unit, partner):
    service = ServiceFactory(name="Beratung zum Mietvertrag")
    with as_owner():
        partner.organization = service.organization
        partner.save()
    client = logged_in(Role.HEAD, unit)
    facts = {
        "partner_id": partner.pk, "file_number": "51-1", "signed_on": "15.09.2026", "starts_on": "01.10.2026",
        "answer_days": "3", "clause": "processor", "clause_on": "15.09.2026", "clause_text": "Anlage 2",
        "contacts": "Leitung Mieterberatung\n\nSekretariat",
    }  # fmt: skip
    assert client.post(reverse("partners:enter_agreement"), facts | {"clause_on": ""}).status_code == 422
    page = client.post(reverse("partners:enter_agreement"), facts, follow=True)
    [made] = CooperationAgreement.objects.all()
    assert made.contacts == ["Leitung Mieterberatung", "Sekretariat"]
    assert "Antworten in 3 Arbeitstagen" in page.content.decode()

    client.post(reverse("partners:change_agreement", args=[made.pk]), facts | {"services": [service.code]})
    client.post(reverse("partners:start_agreement", args=[made.pk]))
    times = {
        "weekday": "2",
        "opens_at": "10:00",
        "closes_at": "12",
        "desk": "2",
        "languages": ["de", "ar"],
        "every": "1",
    }
    assert (
        client.post(
            reverse("partners:add_desk_time", args=[made.pk]), times | {"languages": "xx"}
        ).status_code
        == 422
    )
    form = client.get(reverse("partners:agreement", args=[made.pk])).content.decode()
    assert 'type="checkbox" name="languages" value="ar"' in form and 'placeholder="10:00"' in form
    client.post(reverse("partners:add_desk_time", args=[made.pk]), times)

    text = client.get(reverse("partners:agreement", args=[made.pk])).content.decode()
    assert "Beratung zum Mietvertrag" in text and "Dienstag 10–12 Uhr" in text and "Deutsch, Arabisch" in text
    plan = client.get(reverse("partners:week") + "?woche=2026-12-01").content.decode()
    assert "Mieterberatung" in plan and "Platz 2" in plan
    assert "Mieterberatung" not in client.get(reverse("partners:week") + "?woche=2026-09-01").content.decode()
    for day in ("0001-01-01", "9999-12-31", "gestern"):
        assert client.get(reverse("partners:week"), {"woche": day}).status_code == 200


def test_whoever_leads_two_units_says_for_which_they_sign(logged_in, unit, partner):
    client = logged_in(Role.HEAD, unit)
    address, second, foreign = reverse("partners:enter_agreement"), UnitFactory(), UnitFactory()
    facts = {"partner_id": partner.pk, "clause": "none", **{key: str(value) for key, value in FACTS.items()}}
    assert 'name="unit_id"' not in client.get(address).content.decode()

    logged_in(Role.HEAD, second, user=client.user)
    page = client.get(address).content.decode()
    assert all(str(one.pk) in page for one in (unit, second)) and str(foreign.pk) not in page
    for wrong in ({}, {"unit_id": ""}, {"unit_id": foreign.pk}):
        assert client.post(address, facts | wrong).status_code == 422
    assert not CooperationAgreement.objects.exists()

    for number, one in enumerate((second, unit)):
        made = client.post(address, facts | {"unit_id": one.pk, "file_number": f"51-{number}"})
        assert made.status_code == 302
        assert CooperationAgreement.objects.get(file_number=f"51-{number}").unit == one


def test_who_leads_one_unit_cannot_sign_for_another(logged_in, unit, partner):
    facts = {"partner_id": partner.pk, "clause": "none", **{key: str(value) for key, value in FACTS.items()}}
    logged_in(Role.HEAD, unit).post(
        reverse("partners:enter_agreement"), facts | {"unit_id": UnitFactory().pk}
    )

    assert CooperationAgreement.objects.get().unit == unit


def test_what_is_left_out_when_it_is_corrected_is_taken_out(head, unit, partner):
    facts = {
        "answer_days": 3,
        "clause": "own",
        "clause_on": TUESDAY,
        "contacts": ["Leitung"],
        "notice_weeks": 4,
    }
    made = running(head, unit, partner, **facts)
    change_agreement(actor=head, agreement_id=made.pk, **FACTS | {"notice_weeks": 6})

    made.refresh_from_db()
    assert (made.answer_days, made.clause, made.clause_on, made.contacts) == (None, "none", None, [])
    assert made.notice_weeks == 6 and made.state == "running"


def entries(answer):
    assert (
        answer["Content-Type"] == "text/calendar; charset=utf-8" and ".ics" in answer["Content-Disposition"]
    )
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


@pytest.mark.parametrize(
    ("day", "shown", "marked"),
    [
        (date(2026, 12, 4), "30.11.2026", "Freitag, 04.12.2026"),
        (date(2026, 12, 5), "07.12.2026", ""),
        (date(2026, 12, 6), "07.12.2026", ""),
        (date(2026, 12, 7), "07.12.2026", "Montag, 07.12.2026"),
    ],
)
def test_on_a_weekend_the_plan_looks_forward(logged_in, unit, partner, head, monkeypatch, day, shown, marked):
    monkeypatch.setattr("stafette.partners.views.agreements.today", lambda: day)
    client = logged_in(Role.DESK, unit)
    add_desk_time(actor=head, agreement_id=running(head, unit, partner).pk, **DESK)
    page = client.get(reverse("partners:week")).content.decode()
    assert f"Woche vom {shown}" in page
    now = page.partition('aria-current="date"')[2].partition("</h2>")[0]
    assert (marked in now and "heute" in now) if marked else not now
    this = f"?woche={day - timedelta(days=day.weekday()):%Y-%m-%d}"
    assert ("Diese Woche" in page) == (day.weekday() > 4) and (f'href="{this}"' in page) == (
        day.weekday() > 4
    )
    other = client.get(reverse("partners:week"), {"woche": "2026-10-01"}).content.decode()
    assert "Woche vom 28.09.2026" in other and f'href="{this}"' in other
    assert "Diese Woche" not in client.get(reverse("partners:week") + this).content.decode()


def test_a_saturday_with_somebody_in_the_house_is_still_shown(logged_in, unit, partner, head, monkeypatch):
    monkeypatch.setattr("stafette.partners.views.agreements.today", lambda: date(2026, 12, 5))
    add_desk_time(actor=head, agreement_id=running(head, unit, partner).pk, **DESK | {"weekday": 6})
    page = logged_in(Role.DESK, unit).get(reverse("partners:week")).content.decode()
    now = page.partition('aria-current="date"')[2].partition("</section>")[0]
    assert "Samstag, 05.12.2026" in now and "Mieterberatung" in now


def test_plan_goes_into_a_calendar_without_holidays_and_without_anybody(logged_in, unit, partner, head):
    agreement = running(head, unit, partner, ends_on=date(2027, 1, 31), contacts=["Leitung, 030 23125"])
    row = add_desk_time(
        actor=head, agreement_id=agreement.pk, **DESK | {"weekday": 5}, languages=["de", "ar"]
    )
    draft = enter_agreement(
        actor=head, unit_id=unit.pk, partner_id=partner.pk, **FACTS | {"file_number": "51-2026-8"}
    )
    add_desk_time(actor=head, agreement_id=draft.pk, **DESK)
    client = logged_in(Role.COUNTER, unit)
    page = client.get(reverse("partners:week"), {"woche": "2026-12-02"}).content.decode()
    address = f"{reverse('partners:week_file')}?woche=2026-11-30"
    assert address in page

    answer = client.get(address)
    found = entries(answer)
    fridays = [date(2026, 12, 4) + timedelta(days=7 * number) for number in range(9)]
    closed = {date(2026, 12, 25), date(2027, 1, 1)}
    assert [one.decoded("dtstart").date() for one in found] == [day for day in fridays if day not in closed]
    assert {(one["summary"], one["location"], one["description"]) for one in found} == {
        ("Mieterberatung", "WZ, Platz 2", "de/ar")
    }
    assert found[0].decoded("dtstart").isoformat() == "2026-12-04T10:00:00+01:00"
    assert found[0].decoded("dtend").isoformat() == "2026-12-04T12:00:00+01:00"
    again = [one["uid"] for one in entries(client.get(address))]
    assert (
        again == [one["uid"] for one in found] and len(set(again)) == len(found) and str(row.pk) in again[0]
    )
    for never in ("23125", "51-2026", client.user.label, "ATTENDEE", "ORGANIZER"):
        assert never not in answer.content.decode()


def test_plan_for_a_calendar_stops_where_dates_do(logged_in, unit):
    client = logged_in(Role.DESK, unit)
    for day in ("0001-01-01", "9999-12-31", "gestern", ""):
        assert entries(client.get(reverse("partners:week_file"), {"woche": day})) == []


def test_plan_for_a_calendar_is_for_those_who_work_here(client, logged_in, unit):
    assert client.get(reverse("partners:week_file")).status_code == 302
    assert logged_in(Role.PARTNER, unit).get(reverse("partners:week_file")).status_code == 403


@pytest.mark.parametrize("days", [-1, 91])
def test_nobody_is_told_of_an_end_that_is_far_or_past(head, unit, partner, days):
    MembershipFactory(unit=unit, role=Role.HEAD)
    running(head, unit, partner, ends_on=today() + timedelta(days=days))
    watch_ends()
    with as_owner():
        assert not Note.objects.filter(kind="agreement_ends").exists()


def test_nobody_is_told_of_the_end_of_a_draft_or_of_another_unit(head, unit, partner):
    stranger = MembershipFactory(unit=UnitFactory(), role=Role.HEAD).user
    soon = {"ends_on": today() + timedelta(days=20)}
    enter_agreement(actor=head, unit_id=unit.pk, partner_id=partner.pk, **FACTS | soon)
    running(head, unit, partner, file_number="51-2026-8", **soon)
    watch_ends()
    with as_owner():
        assert not Note.objects.filter(kind="agreement_ends", user_id=stranger.pk).exists()
        assert not Note.objects.filter(kind="agreement_ends", reference=FACTS["file_number"]).exists()


def test_desk_reads_the_plan_and_changes_nothing(logged_in, unit, partner, head):
    made = running(head, unit, partner)
    client = logged_in(Role.DESK, unit)

    assert client.get(reverse("partners:week")).status_code == 200
    page = client.get(reverse("partners:agreement", args=[made.pk]))
    assert page.status_code == 200 and "Streichen" not in page.content.decode()
    assert client.get(reverse("partners:enter_agreement")).status_code == 403
    assert client.post(reverse("partners:end_agreement", args=[made.pk])).status_code == 403


def test_head_of_another_unit_cannot_change_it(logged_in, unit, partner, head):
    made = running(head, unit, partner)
    client = logged_in(Role.HEAD, UnitFactory())

    assert client.get(reverse("partners:agreement", args=[made.pk])).status_code == 200
    for name in ("change_agreement", "start_agreement", "end_agreement", "add_desk_time"):
        assert client.post(reverse(f"partners:{name}", args=[made.pk])).status_code == 404
    with scope.acting(head):
        assert CooperationAgreement.objects.get(pk=made.pk).state == "running"


def test_a_referral_names_the_agreement_behind_its_periods():
    kept = Referral(rule_version="Kooperationsvereinbarung 15.09.2026")
    assert kept.agreement == "vereinbart in der Kooperationsvereinbarung vom 15.09.2026"


def test_a_question_is_due_when_the_agreement_says_and_explains_it(story):
    unit = story.town.school
    with as_owner():
        agreement = CooperationAgreement.objects.create(
            unit=unit, partner=story.school, file_number="1", signed_on=date(2026, 9, 15),
            starts_on=date(2026, 10, 1), answer_days=3, state="running",
        )  # fmt: skip
    asked = send_request(actor=story.teacher, request_id=story.prepared().pk)
    assert asked.answer_due_on == working_day(today(), 3, unit=unit)
    with scope.acting(story.teacher):
        assert "vereinbart in der Kooperationsvereinbarung vom 15.09.2026" in explain_next(asked, at={})

    with as_owner():
        agreement.delete()
    later = send_request(actor=story.teacher, request_id=story.prepared(question="start_date").pk)
    assert later.answer_due_on == working_day(today(), 5, unit=unit)
