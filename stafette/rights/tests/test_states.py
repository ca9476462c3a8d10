import pytest
from django.db import IntegrityError, transaction

from stafette.kernel.testing import as_owner
from stafette.rights.commands import answer_request
from stafette.rights.diagrams import pages
from stafette.rights.models import CLOSED_STATES, OPEN_STATES, CorrectionProposal, SubjectRequest

State = SubjectRequest.State


def test_the_drawn_states_are_those_of_the_tables():
    for path, text in pages().items():
        assert path.read_text(encoding="utf-8") == text, (
            "run: DJANGO_SETTINGS_MODULE=stafette.config.settings python -m stafette.rights.diagrams"
        )


def test_every_state_is_open_or_over_and_no_open_one_is_a_dead_end():
    assert set(State) == OPEN_STATES | CLOSED_STATES
    assert {state for state in State if SubjectRequest.PEN[state]} == OPEN_STATES
    for model in (SubjectRequest, CorrectionProposal):
        assert set(model.MOVES) == set(model.NAMES)
    assert {state for sources, _to in SubjectRequest.MOVES.values() for state in sources} == OPEN_STATES


@pytest.mark.parametrize(
    "damage",
    [
        {"is_open": False},
        {"state": State.ANSWERED},
        {"state": State.REFUSED},
        {"state": State.PASSED_ON},
        {"answer": "full"},
        {"reason": "unfounded"},
        {"extended_on": "2026-11-22"},
        {"told_on": "2026-11-22"},
        {"due_on": "2036-11-22"},
        {"came_as": "00000000-0000-7000-8000-000000000001"},
        {"next_on": None},
        {"responsible_user": None},
        {"escalation_unit": None},
    ],
    ids=lambda damage: "+".join(damage),
)
def test_the_database_refuses_a_state_that_does_not_fit(story, damage):
    request = story.begun()
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        SubjectRequest.objects.filter(pk=request.pk).update(**damage)


def test_the_database_refuses_a_baton_in_another_unit(story):
    request = story.begun()
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        SubjectRequest.objects.filter(pk=request.pk).update(responsible_unit=story.town.outreach)


def test_the_database_refuses_an_answer_to_somebody_nobody_knows(story):
    request = story.begun()
    answer_request(actor=story.clerk, request_id=request.pk, answer="full")
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        SubjectRequest.objects.filter(pk=request.pk).update(identity="")
