from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from stafette.web import cells

HOSTILE = '<script>"x"</script>'


@dataclass
class Cell:
    label: str = "Nummer"
    text: Any = "WEI-CL-2026-00001"
    link: str = ""
    badge: str = ""


@pytest.mark.parametrize(
    "cell",
    [
        Cell(text=HOSTILE),
        Cell(label=HOSTILE),
        Cell(text=HOSTILE, link="/x/"),
        Cell(link=f"/?{HOSTILE}"),
        Cell(text=HOSTILE, badge="late"),
        Cell(text="x", badge=HOSTILE),
        Cell(text=HOSTILE, badge="due"),
    ],
    ids=["text", "label", "linked", "link", "badge", "look", "due"],
)
def test_what_comes_from_outside_is_escaped(cell):
    html = cells.body([[cell]])
    assert "<script>" not in html
    assert '"x"' not in html


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell(text=None), ">–<"),
        (Cell(text=""), ">–<"),
        (Cell(text=0), ">0<"),
        (Cell(text=date(2026, 11, 2)), ">02.11.2026<"),
        (Cell(text=datetime(2026, 11, 2, 9, 5, tzinfo=ZoneInfo("Europe/Berlin"))), ">02.11.2026, 09:05 Uhr<"),
        (Cell(link="/a/"), '<a class="kern-link" href="/a/">WEI-CL-2026-00001</a>'),
        (Cell(text="verspätet", badge="late"), "kern-badge--danger"),
        (Cell(text="–", badge="due"), ">–<"),
        (Cell(text=None, badge="due"), "st-muted"),
    ],
)
def test_a_field_says_what_it_holds(cell, said):
    assert said in cells.body([[cell]])


def test_only_the_first_field_heads_the_row():
    html = cells.body([[Cell(), Cell()]])
    assert html.count('<th scope="row"') == html.count("</th>") == html.count("<td ") == 1
