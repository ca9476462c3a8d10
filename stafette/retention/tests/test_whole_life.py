"""The whole life of a town: what is due goes, what is not due stays, and of people nothing remains."""

from datetime import date, timedelta

from stafette.audit.queries import verify_chain
from stafette.kernel.clock import travel
from stafette.kernel.testing import as_owner
from stafette.people.models import Household
from stafette.referrals.models import Envelope, Referral
from stafette.retention.models import Announcement
from stafette.retention.run import run_retention
from stafette.retention.tests.factories import TRACES, at, counts

OURS = TRACES | {"audit.Event", "retention.Announcement", "outbox.Note"}  # what a run writes itself


def run_on(day):
    with travel(at(day)):
        return run_retention()


def run_twice(day):
    """A run that announces, and the one after the days of grace."""
    run_on(day)
    return run_on(day + timedelta(days=14))


def test_nothing_goes_before_its_day(life):
    before = counts()
    run = run_on(date(2026, 7, 2))
    after = counts()
    assert before.pop("arrivals.ArrivalFile") == 1  # the raw file goes after a day
    gone = {key: (number, after.get(key)) for key, number in before.items() if key not in OURS}
    assert {key for key, (was, is_now) in gone.items() if was != is_now} == set()
    assert run.totals()["deleted"] == 1


def test_everything_goes_when_every_period_is_over_and_only_marks_and_figures_stay(life):
    years = [
        (2026, 10),
        (2027, 3),
        (2027, 9),
        (2028, 4),
        (2029, 9),
        (2030, 1),
        (2031, 2),
        (2032, 3),
        (2034, 2),
    ]
    for year, month in years:
        run_twice(date(year, month, 3))
    assert set(counts()) - TRACES <= {"audit.Event", "audit.Reading"}
    with as_owner():
        assert verify_chain(using="default").faults == []


def test_an_envelope_goes_on_its_day_and_the_file_stays(life):
    """Announced fourteen days before, there on the eve, gone on the day, nothing overdue on the way."""
    due = date(2027, 3, 3)  # ended on 2 March 2026, kept for twelve months
    run_on(due - timedelta(days=15))
    with as_owner():
        assert not Announcement.objects.filter(object_id=life.referral_id).exists()
    run_on(due - timedelta(days=14))
    with as_owner():
        assert Announcement.objects.get(object_id=life.referral_id).due_on == due
    eve = run_on(due - timedelta(days=1))
    with as_owner():
        assert Referral.objects.filter(pk=life.referral_id).exists()
    day = run_on(due)
    with as_owner():
        assert not Referral.objects.filter(pk=life.referral_id).exists()
        assert not Envelope.objects.filter(referral=life.referral_id).exists()
        assert Household.objects.filter(pk=life.town.household.pk).exists()
        assert not Announcement.objects.filter(object_id=life.referral_id).exists()
    for run in (eve, day):
        late = {kind for (_unit, kind, _rule), counted in run.figures.items() if counted["overdue"]}
        assert "referrals.Referral" not in late


def test_a_file_goes_three_years_after_the_year_of_its_last_activity(life):
    for day in (date(2027, 9, 1), date(2029, 12, 18), date(2029, 12, 31)):
        run_on(day)
        with as_owner():
            assert Household.objects.filter(pk=life.town.household.pk).exists(), day
    run_on(date(2030, 1, 3))
    with as_owner():
        assert not Household.objects.filter(pk=life.other.pk).exists()


def test_a_run_that_is_repeated_deletes_nothing_twice(life):
    run_twice(date(2027, 9, 1))
    before = counts()
    again = run_on(date(2027, 9, 15))
    deleted = {kind: counted["deleted"] for (_unit, kind, _rule), counted in again.figures.items()}
    assert {kind for kind, number in deleted.items() if number} == set()
    assert {key: was for key, was in before.items() if key not in OURS} == {
        key: is_now for key, is_now in counts().items() if key not in OURS
    }
