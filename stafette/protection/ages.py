"""Who is a child: for a child somebody with custody agrees."""

from __future__ import annotations

from datetime import date

from stafette.kernel.rules.ages import completed_years
from stafette.people.birthdates import BirthDate

OF_AGE = 18


def is_minor(birth: BirthDate, on: date) -> bool:
    """Tell whether somebody is under 18 for certain; who has no birth date counts as of age."""
    born = birth.first_possible()
    return born is not None and completed_years(born, on) < OF_AGE


def may_be_minor(birth: BirthDate, on: date) -> bool:
    """Tell whether somebody may be under 18; who has no birth date may be."""
    born = birth.last_possible()
    return born is None or completed_years(born, on) < OF_AGE
