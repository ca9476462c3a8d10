"""The deadline run: who is told of what on which day, once and never twice, and whatever crashes in between."""

from datetime import date, timedelta

import pytest

from stafette.accounts.models import Authority, ClosingPeriod
from stafette.accounts.queries import watch_actor
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.audit.models import Event
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.referrals.duty import plan_deadlines, run_deadlines
from stafette.referrals.models import Notice, Referral, Task
from stafette.referrals.tests import scenes
from stafette.referrals.tests.factories import staff

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 6, day) for day in (12, 13, 14, 15))


def put(referral: Referral, **facts) -> Referral:
    with as_owner():
        Referral.objects.filter(pk=referral.pk).update(**facts)
        return Referral.objects.get(pk=referral.pk)


def due(
    referral: Referral, day: date, *, remind: date | None = None, escalate: date | None = None
) -> Referral:
    return put(
        referral, next_on=day, remind_on=remind or day, escalate_on=escalate or day + timedelta(days=7)
    )


def notices() -> list[tuple[str, date]]:
    with as_owner():
        return list(Notice.objects.order_by("created_at", "step").values_list("step", "due_on"))


def notes(kind: str) -> list[Note]:
    with as_owner():
        return list(Note.objects.filter(kind=kind).order_by("created_at"))


def runs() -> list[Event]:
    with as_owner():
        return list(Event.objects.filter(kind="deadlines.run"))


def task_of(town, unit, clerk, day: date, *, escalate: date = date(2027, 1, 4)) -> Task:
    with as_owner():
        return Task.objects.create(
            number=f"T-{Task.objects.count()}",
            unit=unit,
            title="Nachfragen",
            made_by_id=clerk.id,
            responsible_unit=unit,
            responsible_user_id=clerk.id,
            next_on=day,
            remind_on=day,
            escalate_on=escalate,
            escalation_unit=town.coordination,
        )


@pytest.fixture
def boss(town):
    return staff(town.coordination, Role.COORDINATION)


@pytest.fixture
def head(town):
    return staff(town.outreach, Role.HEAD)


def test_the_holder_is_reminded_once(town):
    referral = due(scenes.sent(town), MONDAY, remind=FRIDAY)
    assert run_deadlines(date(2026, 6, 11)) == {}
    assert run_deadlines(FRIDAY) == {"remind": 1}
    assert run_deadlines(FRIDAY) == {}
    assert run_deadlines(MONDAY) == {}
    assert notices() == [("remind", MONDAY)]
    [note] = notes("reminder")
    assert (note.user_id, note.reference) == (town.worker.id, referral.number)
    assert note.path == f"/uebergaben/{referral.pk}/"
    assert note.due_on == MONDAY


def test_the_head_is_told_the_day_after_and_the_coordination_at_150_percent(town, head, boss):
    referral = due(scenes.sent(town), FRIDAY, escalate=date(2026, 6, 17))
    assert run_deadlines(MONDAY) == {"head": 1}
    assert run_deadlines(date(2026, 6, 16)) == {}
    assert run_deadlines(date(2026, 6, 17)) == {"steering": 1}
    assert run_deadlines(date(2026, 6, 18)) == {}  # told once per step, not every day
    [to_head], [to_boss] = notes("head"), notes("steering")
    assert (to_head.user_id, to_head.path) == (head.id, f"/uebergaben/{referral.pk}/")
    assert (to_boss.user_id, to_boss.path) == (boss.id, "/steuerung/eskalationen/")
    with as_owner():
        assert set(Notice.objects.values_list("step", "told_unit")) == {
            ("head", town.outreach.pk),
            ("steering", town.coordination.pk),
        }


def test_after_an_outage_head_and_coordination_are_told_and_no_reminder_comes_too_late(town, head, boss):
    due(scenes.sent(town), date(2026, 3, 2), remind=date(2026, 2, 27))
    assert run_deadlines(FRIDAY) == {"head": 1, "steering": 1}


def test_what_falls_due_over_the_weekend_is_told_on_monday(town, head):
    due(scenes.sent(town), FRIDAY)
    assert run_deadlines(SATURDAY) == run_deadlines(SUNDAY) == {}
    assert run_deadlines(MONDAY) == {"head": 1}


def test_nothing_is_told_on_a_holiday_of_the_land(town, head):
    due(scenes.sent(town), date(2026, 5, 22))
    assert run_deadlines(date(2026, 5, 25)) == {}  # Whit Monday
    assert run_deadlines(date(2026, 5, 26)) == {"head": 1}


def test_nothing_is_told_on_a_holiday_of_the_region(town, head):
    due(scenes.sent(town), date(2026, 6, 3))
    for region, told in (("TH-eichsfeld", {}), ("", {"head": 1})):
        with as_owner():
            Authority.objects.update(land="TH", region=region)
        assert run_deadlines(date(2026, 6, 4)) == told  # Corpus Christi


def test_nothing_is_told_while_the_house_is_closed(town, head):
    due(scenes.sent(town), FRIDAY)
    with as_owner():
        ClosingPeriod.objects.create(
            code="umzug", label="Umzug", authority=town.outreach.authority, starts_on=MONDAY, ends_on=MONDAY
        )
    assert run_deadlines(MONDAY) == {}
    assert run_deadlines(date(2026, 6, 16)) == {"head": 1}


def test_a_pause_keeps_the_reminder_back_until_it_is_over(town):
    put(due(scenes.sent(town), date(2026, 6, 18), remind=FRIDAY), paused_until=MONDAY)
    assert run_deadlines(MONDAY) == {}
    assert run_deadlines(date(2026, 6, 16)) == {"remind": 1}


def test_a_pause_keeps_the_head_back_but_never_the_coordination(town, head, boss):
    put(due(scenes.sent(town), FRIDAY, escalate=date(2026, 6, 17)), paused_until=date(2026, 6, 19))
    assert run_deadlines(date(2026, 6, 16)) == {}
    assert run_deadlines(date(2026, 6, 17)) == {"steering": 1}
    assert [note.user_id for note in notes("steering")] == [boss.id]
    assert run_deadlines(date(2026, 6, 19)) == {}
    assert run_deadlines(date(2026, 6, 22)) == {"head": 1}
    assert [note.user_id for note in notes("head")] == [head.id]


def test_a_new_date_is_told_anew(town, head):
    referral = due(scenes.sent(town), FRIDAY)
    run_deadlines(MONDAY)
    due(referral, date(2026, 6, 18))
    assert run_deadlines(date(2026, 6, 19)) == {"head": 1}
    assert [day for _step, day in notices()] == [FRIDAY, date(2026, 6, 18)]


def test_who_administers_stands_in_for_a_missing_head_and_then_the_coordination(town, boss):
    due(scenes.sent(town), FRIDAY)
    run_deadlines(MONDAY)
    assert [note.user_id for note in notes("head")] == [boss.id]
    assert notes("head")[0].path == "/steuerung/eskalationen/"
    admin = MembershipFactory(unit=town.clearing, role=Role.UNIT_ADMIN).user
    task_of(town, town.clearing, town.clerk, FRIDAY)
    run_deadlines(MONDAY)
    assert [note.user_id for note in notes("head")] == [boss.id, admin.pk]


def test_where_nobody_is_there_to_be_told_the_run_says_so(town):
    due(scenes.sent(town), FRIDAY)
    assert run_deadlines(MONDAY) == {"head": 1, "untold": 1}
    assert runs()[-1].details["untold"] == 1


def test_small_pieces_reach_everything_and_repeat_nothing(town, head, boss):
    for number in range(7):
        task_of(town, town.outreach, town.worker, FRIDAY - timedelta(days=number % 3), escalate=FRIDAY)
    assert run_deadlines(MONDAY, piece=2) == {"head": 7, "steering": 7}
    assert sorted(step for step, _day in notices()) == ["head"] * 7 + ["steering"] * 7
    assert run_deadlines(MONDAY, piece=3) == {}


def test_a_run_that_was_killed_goes_on_where_it_ended(town, head, monkeypatch):
    from stafette.referrals.duty import notices as part

    for _number in range(4):
        task_of(town, town.outreach, town.worker, FRIDAY)
    real, calls = part.notify, []

    def break_down(actor, rows):
        calls.append(rows)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(actor, rows)

    monkeypatch.setattr(part, "notify", break_down)
    with pytest.raises(KeyboardInterrupt):
        run_deadlines(MONDAY, piece=2)
    assert len(notices()) == 2  # the second piece went with its notes
    monkeypatch.setattr(part, "notify", real)
    assert run_deadlines(MONDAY, piece=2)["head"] == 2
    assert len(notices()) == 4


def test_each_run_leaves_one_event_with_counts(town, head):
    due(scenes.sent(town), FRIDAY)
    run_deadlines(MONDAY)
    [event] = runs()
    assert event.actor_label == "Stafette (Fristenlauf)"
    assert event.details == {"day": "2026-06-15", "head": 1}


def test_a_plan_tells_and_changes_nothing(town, head):
    due(scenes.sent(town), FRIDAY)
    assert plan_deadlines(MONDAY) == {"head": 1}
    assert (notices(), notes("head"), runs()) == ([], [], [])


def test_tasks_are_watched_like_referrals(town, head):
    task = task_of(town, town.outreach, town.worker, FRIDAY)
    assert run_deadlines(MONDAY)["head"] == 1
    with as_owner():
        assert set(Notice.objects.values_list("thing", "thing_id")) == {("task", task.pk)}


def test_the_program_sees_no_content(town):
    referral = scenes.sent(town)
    with acting(watch_actor()):
        from stafette.people.models import Person
        from stafette.referrals.models import Envelope

        assert Referral.objects.filter(pk=referral.pk).exists()
        assert not Envelope.objects.exists()
        assert not Person.objects.exists()
