import pytest
from django.db import IntegrityError, transaction

from stafette.kernel.testing import as_owner
from stafette.referrals.diagrams import FOLDER, pages
from stafette.referrals.models import CLOSED_STATES, OPEN_STATES, Referral
from stafette.referrals.tests.scenes import sent

State = Referral.State


@pytest.mark.parametrize("name", pages())
def test_the_drawn_states_are_those_of_the_tables(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name], (
        "run: DJANGO_SETTINGS_MODULE=stafette.config.settings python -m stafette.referrals.diagrams"
    )


def test_every_state_is_open_or_over_and_someone_holds_the_pen():
    assert set(State) == OPEN_STATES | CLOSED_STATES
    assert {state for state in State if Referral.PEN[state]} == OPEN_STATES
    assert set(Referral.MOVES) == set(Referral.NAMES)


def test_no_open_state_is_a_dead_end():
    leaving = {state for sources, _target in Referral.MOVES.values() for state in sources}
    assert leaving == OPEN_STATES | {State.DONE}


@pytest.mark.parametrize(
    "damage",
    [
        {"is_open": False},
        {"state": State.ACCEPTED},
        {"state": State.DONE, "is_open": False},
        {"sent_at": None},
        {"decline_reason": "no_capacity"},
        {"feedback": "helped"},
        {"receiver_user": None},
        {"next_on": None},
        {"responsible_user": None},
        {"escalation_unit": None},
    ],
    ids=lambda damage: "+".join(damage),
)
def test_the_database_refuses_a_state_that_does_not_fit_its_dates(town, damage):
    referral = sent(town)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**damage)


def test_the_database_refuses_a_baton_in_the_wrong_unit(town):
    referral = sent(town)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(responsible_unit=town.clearing)
