import pytest

from stafette.notices.diagrams import FOLDER, pages
from stafette.notices.models import (
    CHILD_CLOSED,
    CHILD_OPEN,
    OUTBOUND_CLOSED,
    OUTBOUND_OPEN,
    ChildNotice,
    OutboundNotice,
)


@pytest.mark.parametrize("name", ["break_glass.md", "child_notice.md", "outbound_notice.md"])
def test_the_drawn_states_are_those_of_the_table(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name], (
        "run: DJANGO_SETTINGS_MODULE=stafette.config.settings python -m stafette.notices.diagrams"
    )


@pytest.mark.parametrize(
    ("model", "opens", "closed"),
    [(ChildNotice, CHILD_OPEN, CHILD_CLOSED), (OutboundNotice, OUTBOUND_OPEN, OUTBOUND_CLOSED)],
)
def test_every_state_is_open_or_over_and_no_open_one_is_a_dead_end(model, opens, closed):
    assert set(model.State) == opens | closed
    assert {state for state in model.State if model.PEN[state]} == opens
    assert set(model.MOVES) == set(model.NAMES)
    assert {state for sources, _target in model.MOVES.values() for state in sources} == opens
