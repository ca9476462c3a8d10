import pytest
from django.db import IntegrityError, transaction

from stafette.kernel.testing import as_owner
from stafette.partners.commands import answer_request
from stafette.partners.diagrams import FILE, page
from stafette.partners.models import CLOSED_STATES, OPEN_STATES, PartnerRequest
from stafette.partners.tests.scenes import by_link

State = PartnerRequest.State


def test_the_drawn_states_are_those_of_the_table():
    assert FILE.read_text(encoding="utf-8") == page(), (
        "run: DJANGO_SETTINGS_MODULE=stafette.config.settings python -m stafette.partners.diagrams"
    )


def test_every_state_is_open_or_over_and_no_open_one_is_a_dead_end():
    assert set(State) == OPEN_STATES | CLOSED_STATES
    assert {state for state in State if PartnerRequest.PEN[state]} == OPEN_STATES
    assert set(PartnerRequest.MOVES) == set(PartnerRequest.NAMES)
    assert {state for sources, _target in PartnerRequest.MOVES.values() for state in sources} == OPEN_STATES


@pytest.mark.parametrize(
    "damage",
    [
        {"is_open": False},
        {"state": State.CLOSED},
        {"state": State.ANSWERED},
        {"state": State.DRAFT},
        {"sent_at": None},
        {"answer": "yes"},
        {"answer_due_on": None},
        {"next_on": None},
        {"responsible_user": None},
        {"escalation_unit": None},
        {"code_tries": 6},
    ],
    ids=lambda damage: "+".join(damage),
)
def test_the_database_refuses_a_state_that_does_not_fit(story, damage):
    request = story.sent()
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        PartnerRequest.objects.filter(pk=request.pk).update(**damage)


def test_the_database_refuses_a_baton_in_another_unit(story):
    request = story.sent()
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        PartnerRequest.objects.filter(pk=request.pk).update(responsible_unit=story.town.clearing)


def test_the_database_refuses_an_answer_that_vanishes(story):
    request = story.sent()
    answer_request(actor=by_link(request), request_id=request.pk, answer="not_yet")
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        PartnerRequest.objects.filter(pk=request.pk).update(answer="")
