"""Who is the same, who may be, who is not: the pairs that lists really hold."""

from __future__ import annotations

import pytest

from stafette.arrivals.matching.alike import Likeness, compare, face

DAY = (1987, 11, 30)
SURE, PERHAPS, NO = Likeness.SURE, Likeness.PERHAPS, Likeness.NO


def one(family, given, born=DAY, sex="w", address="weg|1"):
    return face(family, given, born, sex, address)


@pytest.mark.parametrize(
    ("a", "b", "likeness"),
    [
        (one("Ioniță", "Vera"), one("Ionita", "Vera"), SURE),
        (one("Ioniță", "Vera"), one("Ioni??", "Vera"), SURE),
        (one("IONIȚĂ", "VERA"), one("Ioniță", "Vera", address="ring|9"), SURE),
        (one("Krushovska", "Damyana"), one("Kushovska", "Damyana"), PERHAPS),
        (one("Popa", "Gabriel"), one("Ppa", "Gabriel"), PERHAPS),
        (one("Ioni??", "Vera"), one("Ieni??", "Vera"), PERHAPS),
        (one("Ioniță", "Vera"), one("Vera", "Ioniță"), PERHAPS),
        (one("Ivanov", "Petar", sex=""), one("Ivanova", "Petar", sex=""), PERHAPS),
        (one("Pop", "Ana"), one("Ene", "Ana"), PERHAPS),
        (one("Pop", "Ana"), one("Ene", "Ana", address="ring|9"), NO),
        (one("Pop", "Luca"), one("Pop", "Matei"), NO),
        (one("Pop", "Maria"), one("Pop", "Marian", sex="m"), NO),
        (one("Pop", "Ion", (1985, 3, 12)), one("Pop", "Ion", (1985, 12, 3)), PERHAPS),
        (one("Pop", "Ion", (1985, 3, 12)), one("Pop", "Ion", (1985, 12, 3), address="ring|9"), NO),
        (one("Pop", "Ion", (1985, 3, 12)), one("Pop", "Ion", (1961, 7, 1)), NO),
        (one("Pop", "Ion", (1985, None, None)), one("Pop", "Ion", (1985, None, None)), SURE),
        (one("Pop", "Ion", (1985, None, None)), one("Pop", "Ion", (1985, None, None), address=""), PERHAPS),
        (one("????", "Ion"), one("Popa", "Ion", address="ring|9"), PERHAPS),
    ],
)
def test_pairs(a, b, likeness):
    assert compare(a, b) == likeness
    assert compare(b, a) == likeness
