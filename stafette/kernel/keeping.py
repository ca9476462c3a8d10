"""From when the period of a row's Löschklasse runs: declared beside the class in each model's Privacy.

    class Privacy:
        retention = "L3"
        starts = From("ended_at")

`starts` says which of the rows of a Datenart are due (DIN 66398: period + start event). The room retention computes
the day (kernel/rules/retention.py), a house rule refuses a model with data about people that says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class With:
    """The row goes when the row goes to which this foreign key points (on_delete=CASCADE)."""

    column: str


@dataclass(frozen=True)
class From:
    """The period runs from this date or time of the row; while it is empty, the row is still needed."""

    column: str


@dataclass(frozen=True)
class Asked:
    """The day is worked out by a question of this name (retention/starts.py), as for a file: its last activity."""

    question: str


@dataclass(frozen=True)
class Stays:
    """The row is not deleted by a period; the reason is printed in the deletion concept."""

    reason: str


Starts = With | From | Asked | Stays
