"""Foreigners' authority and police: no account, no role, no unit, no partner, no list, no file; one checked letter.

domain.md T3, F19, F23, F29, F33, F43 and 13.2: what a unit does not hand over, nobody can fetch here.
"""

import importlib
from pathlib import Path

import pytest
from django.urls import reverse

from stafette.accounts.commands import add_membership
from stafette.accounts.models import UnitKind
from stafette.accounts.roles import ROLES, Role
from stafette.accounts.staffing import roles_in
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory, UserFactory
from stafette.blueprints.schema import check
from stafette.kernel.clock import today
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.partners.commands import add_partner
from stafette.protection.data import Category, Condition, Occasion, Party
from stafette.protection.flow import decide, flow_rules
from stafette.web.lists import ListSpec

ROOT = Path(__file__).parents[1]
THEY = ["AB", "POL"]
NAMES = [
    "Ausländerbehörde",
    "Ausländeramt Musterstadt",
    "Polizeirevier Mitte",
    "Bundespolizei",
    "Zollfahndung",
]
FRIENDS = ["Ausländerbeauftragte", "Clearingstelle", "Jugendamt", "Beirat für Migration", "Zollvereinsschule"]


def test_there_is_no_kind_of_unit_and_no_role_for_them():
    assert not set(THEY) & set(UnitKind.values)
    for role in Role:
        words = f"{role} {role.label} {ROLES[role].sentence}".lower()
        assert "polizei" not in words and "ausländerbehörde" not in words


@pytest.mark.parametrize("kind", THEY)
def test_the_blueprint_refuses_such_a_unit(kind):
    text = (ROOT / "blueprints" / "weissenfels.toml").read_text()
    reading = check(text.replace('kind = "WK"', f'kind = "{kind}"', 1))
    assert reading.blueprint is None
    assert any(kind in str(error) for error in reading.errors)


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_of_that_name_gets_no_member_whatever_its_kind(db, actor_with, name):
    unit = UnitFactory(name=name)
    actor = actor_with(Permission.UNIT_ADMIN, unit=unit)
    for role in roles_in(unit):
        with pytest.raises(RuleBroken, match="kein Konto"):
            add_membership(
                actor=actor, unit_id=unit.pk, email=UserFactory().email, role=role, starts_on=today()
            )


@pytest.mark.parametrize("kind", THEY)
def test_a_unit_of_their_kind_gets_no_member_whatever_its_name(db, actor_with, kind):
    unit = UnitFactory(name="Bürgerdienste", kind=kind)
    actor = actor_with(Permission.UNIT_ADMIN, unit=unit)
    with pytest.raises(RuleBroken, match="kein Konto"):
        add_membership(
            actor=actor, unit_id=unit.pk, email=UserFactory().email, role="head", starts_on=today()
        )


@pytest.mark.parametrize("name", FRIENDS)
def test_whoever_only_sounds_alike_may_work_here(db, actor_with, name):
    unit = UnitFactory(name=name)
    actor = actor_with(Permission.UNIT_ADMIN, unit=unit)
    MembershipFactory(unit=unit, role=Role.HEAD)
    made = add_membership(
        actor=actor, unit_id=unit.pk, email=UserFactory().email, role="unit_admin", starts_on=today()
    )
    assert made.pk


@pytest.mark.parametrize("name", NAMES)
def test_they_are_no_partner_that_gets_links(db, actor_with, name):
    unit = UnitFactory()
    actor = actor_with(Permission.PARTNER_EDIT, unit=unit)
    with pytest.raises(RuleBroken, match="kein Konto"):
        add_partner(actor=actor, keeper_id=unit.pk, name=name, kind="authority", email="post@amt.example.org")


@pytest.mark.parametrize("they", THEY)
@pytest.mark.parametrize("kind", UnitKind.values)
def test_no_envelope_travels_to_them_by_initiative_or_in_danger(kind, they):
    findings = {code for rule in flow_rules() for code in rule.findings} | {""}
    for occasion in (Occasion.INITIATIVE, Occasion.DANGER):
        for finding in findings:
            decision = decide(
                Party(kind), Party(they), finding_code=finding, categories=Category.values, on=today(),
                occasion=occasion, given=list(Condition.values),
            )  # fmt: skip
            assert not decision.is_possible, (kind, they, finding, decision.rule)


@pytest.mark.parametrize("kind", UnitKind.values)
def test_a_notice_is_for_the_housing_control_and_takes_two_people(kind):
    def asked(given):
        return decide(
            Party(kind), Party("AB"), finding_code="", categories=Category.values, on=today(),
            occasion=Occasion.NOTICE, given=given,
        )  # fmt: skip

    assert not asked([]).is_possible
    assert asked([Condition.FOUR_EYES]).is_possible == (kind == UnitKind.HOUSING_CONTROL)
    assert asked([Condition.FOUR_EYES]).allowed <= {Category.CORE, Category.ADDRESS}


def specs():
    for path in sorted((ROOT / "stafette").glob("*/views/*.py")) + sorted(
        (ROOT / "stafette").glob("*/views.py")
    ):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        yield from (value for value in vars(module).values() if isinstance(value, ListSpec))


def test_no_file_carries_nationality_or_residence_status():
    taken = {column.key for spec in specs() for column in spec.columns if column.taken_along}
    assert len(taken) > 20, "the lists were not found"
    suspicious = ("national", "residence", "permit", "ethnic", "religion")
    assert not [key for key in taken if any(word in key for word in suspicious)]


def test_a_list_filtered_by_nationality_is_no_file(db, logged_in):
    client = logged_in(Role.CLERK, UnitFactory(kind=UnitKind.CLEARING_DESK))
    assert client.get(reverse("people:list") + "?format=xlsx").status_code == 200
    client.post(reverse("people:list"), {"nationality": "Bulgarien"})
    answer = client.get(reverse("people:list") + "?format=xlsx&nationality=Bulgarien")
    assert answer.status_code == 403
