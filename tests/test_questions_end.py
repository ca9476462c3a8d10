"""What the counter could not answer may hold a name in spite of all hints: it goes, answered or not."""

from datetime import date, timedelta

import pytest

from stafette.accounts.roles import Role
from stafette.kernel.clock import travel
from stafette.kernel.testing import as_owner
from stafette.materials.models import OpenQuestion
from stafette.materials.tests.factories import OpenQuestionFactory
from stafette.referrals.tests.factories import make_town
from stafette.retention.run import run_retention
from stafette.retention.tests.factories import at

ASKED = date(2027, 1, 11)
SETTLED = {"state": "answered", "answer_text": "Am Hafen.", "settled_by": "Redaktion"}


@pytest.fixture(autouse=True)
def marks_of_its_own(settings, tmp_path):
    settings.STAFETTE_TOMBSTONES = tmp_path / "tombstones.jsonl"
    settings.STAFETTE_TOMBSTONE_SECRET = "only for tests"


@pytest.fixture
def town(db):
    return make_town()


def left_after(days):
    """The questions that are left so many days after the first was asked; the unit is told 14 days before."""
    for day in (days - 15, days):
        with travel(at(ASKED + timedelta(days=day))):
            run_retention()
    with as_owner():
        return set(OpenQuestion.objects.values_list("text", flat=True))


def test_an_answered_question_goes_half_a_year_later_and_an_open_one_within_a_year(town):
    unit = town.outreach
    OpenQuestionFactory(unit=unit, asked_on=ASKED, text="offen")
    OpenQuestionFactory(
        unit=unit, asked_on=ASKED, text="beantwortet", settled_on=ASKED + timedelta(days=10), **SETTLED
    )
    late = ASKED + timedelta(days=300)
    OpenQuestionFactory(unit=unit, asked_on=ASKED, text="spät beantwortet", settled_on=late, **SETTLED)
    assert left_after(180) == {"offen", "beantwortet", "spät beantwortet"}
    assert left_after(200) == {"offen", "spät beantwortet"}
    assert left_after(350) == {"offen", "spät beantwortet"}
    assert left_after(366) == set()


def test_the_unit_is_told_before(town, client, logged_in):
    OpenQuestionFactory(unit=town.outreach, asked_on=ASKED, text="Wo gibt es Schwimmkurse?")
    with travel(at(ASKED + timedelta(days=355))):
        run_retention()
        logged_in(Role.HEAD, town.outreach)
        page = client.get("/loeschen/").content.decode()
    assert "offene Frage vom Schalter" in page
