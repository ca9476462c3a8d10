"""Who is a child: for a child somebody with custody agrees."""

from __future__ import annotations

from datetime import date

from stafette.people.birthdates import BirthDate

OF_AGE = 18


def is_minor(birth: BirthDate, on: date) -> bool:
    """Tell whether somebody is under 18 for certain; who has no birth date counts as of age."""
    born = birth.first_possible()
    if born is None:
        return False
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < OF_AGE
