"""The life of a round: what the table allows, what the database refuses, and the picture of it."""

import pytest
from django.db import IntegrityError, transaction

from stafette.directory.tests.factories import OrganizationFactory
from stafette.kernel.clock import today
from stafette.kernel.errors import MoveNotAllowed
from stafette.kernel.testing import as_owner
from stafette.upkeep.diagrams import FILE, page
from stafette.upkeep.models import ConfirmationRound
from stafette.upkeep.tests.scenes import RoundFactory


def test_the_picture_shows_the_table():
    assert FILE.read_text(encoding="utf-8") == page(), "run `python -m stafette.upkeep.diagrams`"


@pytest.mark.parametrize("move", ConfirmationRound.MOVES)
def test_what_is_confirmed_is_over(move):
    with pytest.raises(MoveNotAllowed):
        ConfirmationRound(state="done").move(move)


@pytest.mark.parametrize("damage", [{"state": "done"}, {"ended_on": today()}], ids=str)
def test_the_database_refuses_a_state_that_does_not_fit(db, damage):
    round_ = RoundFactory()
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        ConfirmationRound.objects.filter(pk=round_.pk).update(**damage)


def test_the_database_refuses_to_ask_twice_at_once(db):
    organization = OrganizationFactory()
    RoundFactory(organization=organization)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundFactory(organization=organization)
