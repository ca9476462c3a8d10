"""Every kind of records has a word, a rule, and a column of its unit."""

from datetime import date

import pytest

from stafette.kernel.rows import owners_of
from stafette.kernel.rules.retention import delete_on
from stafette.retention.kinds import kinds
from stafette.retention.periods import last_event_due, limit
from stafette.retention.words import KINDS


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.label)
def test_every_kind_can_be_named_and_deleted(kind):
    assert kind.label in KINDS, f"{kind.label}: give it a word in stafette/retention/words.py"
    assert kind.owner or not owners_of(kind.model), f"{kind.label}: which unit's books?"


@pytest.mark.parametrize("code", ["L0", "L1", "L2", "L3", "L4", "L8", "L13", "L14"])
@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2028, 2, 29), date(2030, 1, 1)])
def test_the_last_event_due_is_the_last(code, day):
    last = last_event_due(code, day)
    assert delete_on(code, last) <= day
    after = date.fromordinal(last.toordinal() + 1)
    assert after > day or delete_on(code, after) > day


def test_what_has_no_period_is_never_due():
    assert last_event_due("L16", date(2030, 1, 1)) is None


def test_the_limits_carry_their_source():
    grace = limit("grace", date(2026, 6, 1))
    assert (grace.count, str(grace.head.source)) == (14, "Vorschlag Stafette")
    assert limit("hold", date(2026, 6, 1)).after(date(2026, 6, 1)) == date(2027, 6, 1)
    with pytest.raises(LookupError):
        limit("grace", date(2020, 1, 1))
