"""A unit ends only into hands that may and can take over."""

import pytest

from stafette.accounts.models import Unit
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.blueprints.schema import check
from stafette.blueprints.tests.test_apply import NEW_UNIT, TEXT, applied, apply
from stafette.kernel.errors import RuleBroken

__all__ = ["applied"]


def ended(successor: str) -> str:
    return TEXT + NEW_UNIT.replace(
        "starts_on = 2026-01-01", f'ends_on = 2026-03-31\nsuccessor = "{successor}"'
    )


def messages(text: str) -> str:
    return " ".join(error.message for error in check(text).errors)


def test_a_unit_with_staff_ends_only_where_somebody_works_in_its_place(applied):
    apply(TEXT + NEW_UNIT)
    MembershipFactory(unit=Unit.objects.get(code="familienbuero"), role=Role.COUNTER)
    with pytest.raises(RuleBroken, match="nimmt noch niemand Übergaben an"):
        apply(ended("aufsuchende"))
    MembershipFactory(unit=Unit.objects.get(code="aufsuchende"), role=Role.OUTREACH)
    apply(ended("aufsuchende"))
    assert Unit.objects.get(code="familienbuero").successor.code == "aufsuchende"


def test_books_of_those_who_help_never_go_to_those_who_control():
    assert "kontrollierenden" in messages(ended("wohnraumkontrolle"))
    assert "kontrollierenden" not in messages(ended("aufsuchende"))


def test_a_circle_of_successors_is_refused():
    second = NEW_UNIT.replace('"familienbuero"', '"zweites-buero"')
    one = NEW_UNIT.replace("starts_on = 2026-01-01", 'ends_on = 2026-03-31\nsuccessor = "zweites-buero"')
    two = second.replace("starts_on = 2026-01-01", 'ends_on = 2026-03-31\nsuccessor = "familienbuero"')
    assert "im Kreis" in messages(TEXT + one + two)
