"""When which note goes out: decided without a database."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from stafette.kernel.ids import new_id
from stafette.kernel.office import OfficeCalendar
from stafette.outbox.rhythm import DAILY, SINGLE, Reader, last_digest, parcels_for, rhythm_for

HOME, OTHER = UUID(int=1), UUID(int=2)
READER = Reader(new_id(), "konto@musterstadt.example", SINGLE, HOME, frozenset({HOME}), OfficeCalendar("ST"))
DAILY_READER = replace(READER, rhythm=DAILY)


@dataclass
class Told:
    created_at: datetime
    kind: str = "referral_arrived"
    unit_id: UUID = HOME

    def __post_init__(self):
        self.id = new_id()


def at(day, hour=12, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)  # UTC + 1 = Berlin until 29.3.


@pytest.mark.parametrize(
    ("roles", "chosen", "expected"),
    [
        (["clerk"], "", SINGLE),
        (["head"], "", DAILY),
        (["coordination"], "", DAILY),
        (["clerk", "head"], "", DAILY),
        ([], "", SINGLE),
        (["head"], SINGLE, SINGLE),
        (["clerk"], DAILY, DAILY),
    ],
)
def test_rhythm_is_what_was_chosen_or_what_the_role_suggests(roles, chosen, expected):
    assert rhythm_for(roles, chosen) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(10, 5, 59), at(9, 6)),  # Tuesday before seven: Monday's
        (at(10, 6, 0), at(10, 6)),
        (at(14, 12), at(13, 6)),  # Saturday: Friday's
        (at(16, 5), at(13, 6)),  # Monday before seven: Friday's
        (datetime(2026, 3, 30, 5, tzinfo=UTC), datetime(2026, 3, 30, 5, tzinfo=UTC)),  # summer time has begun
        (datetime(2026, 4, 6, 12, tzinfo=UTC), datetime(2026, 4, 2, 5, tzinfo=UTC)),  # Easter
    ],
)
def test_digest_is_due_at_seven_in_the_town_on_working_days(now, expected):
    assert last_digest(now, OfficeCalendar("ST")) == expected


@pytest.mark.parametrize(
    ("office", "day"),
    [
        (OfficeCalendar("TH"), 4),
        (OfficeCalendar("TH", "TH-eichsfeld"), 3),  # Corpus Christi is a holiday of the region only
        (OfficeCalendar("TH", None, {date(2026, 6, 4): "Umzug"}), 3),
    ],
)
def test_digest_waits_on_a_day_off_of_the_own_office(office, day):
    now = datetime(2026, 6, 4, 12, tzinfo=UTC)
    assert last_digest(now, office) == datetime(2026, 6, day, 5, tzinfo=UTC)


def test_single_reader_gets_each_note_at_once():
    parcels = parcels_for(READER, [Told(at(10)), Told(at(10))], at(10, 13))

    assert [len(parcel.notes) for parcel in parcels] == [1, 1]


def test_flood_becomes_one_mail():
    parcels = parcels_for(READER, [Told(at(10)) for _ in range(6)], at(10, 13))

    assert [(len(parcel.notes), parcel.is_digest) for parcel in parcels] == [(6, True)]


def test_daily_reader_waits_for_seven_and_gets_what_came_before():
    early, late = Told(at(10, 5)), Told(at(10, 7))

    assert parcels_for(DAILY_READER, [early, late], at(10, 5, 30)) == []
    assert [parcel.notes for parcel in parcels_for(DAILY_READER, [early, late], at(10, 8))] == [(early,)]
    assert [parcel.notes for parcel in parcels_for(DAILY_READER, [late], at(11, 7))] == [(late,)]


def test_worker_that_was_down_at_seven_makes_up_for_it():
    assert len(parcels_for(DAILY_READER, [Told(at(10, 5))], at(12, 3))) == 1


def test_two_units_never_share_a_mail():
    reader = replace(DAILY_READER, units=frozenset({HOME, OTHER}))
    parcels = parcels_for(reader, [Told(at(9)), Told(at(9), unit_id=OTHER)], at(10))

    assert sorted(parcel.unit_id for parcel in parcels) == [HOME, OTHER]


def test_note_of_a_unit_where_one_does_not_work_stands_in_the_own_books():
    (parcel,) = parcels_for(READER, [Told(at(9), unit_id=OTHER)], at(10))

    assert parcel.unit_id == HOME


def test_pause_holds_back_until_it_is_over_then_tells_in_one_mail():
    reader = replace(READER, paused_until=date(2026, 3, 11))
    notes = [Told(at(10)), Told(at(11))]

    assert parcels_for(reader, notes, at(11, 20)) == []
    (parcel,) = parcels_for(reader, notes, at(12, 7))
    assert len(parcel.notes) == 2 and parcel.is_digest


@pytest.mark.parametrize("kind", ["head", "steering"])
def test_escalation_passes_a_pause_unless_a_deputy_gets_it(kind):
    reader = replace(READER, paused_until=date(2026, 3, 11))

    assert len(parcels_for(reader, [Told(at(10), kind)], at(10, 13))) == 1
    assert parcels_for(replace(reader, deputy_id=new_id()), [Told(at(10), kind)], at(10, 13)) == []
