"""Which agreement holds for a referral: the most specific one of finding, receiver and sender."""

from datetime import date

import pytest
from django.urls import reverse

from stafette.accounts.models import ClosingPeriod, FindingKind, ResponseRule, Route
from stafette.accounts.queries import office_calendar, response_rule, unit_card
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import AuthorityFactory, UnitFactory
from stafette.kernel.testing import as_owner

DAY = date(2026, 6, 1)


@pytest.fixture
def pair(db):
    return UnitFactory(name="Clearingstelle"), UnitFactory(name="Schulteam")


def agree(code, days, *, sender=None, receiver=None, finding=None, **facts):
    values = {"valid_from": date(2026, 1, 1)} | facts
    with as_owner():
        kind = (
            FindingKind.objects.get_or_create(code=finding, defaults={"label": finding})[0]
            if finding
            else None
        )
        return ResponseRule.objects.create(
            code=code, sender=sender, receiver=receiver, finding=kind, receipt_days=1, answer_days=days,
            first_contact_days=5, feedback_days=5, **values,
        )  # fmt: skip


def test_the_most_specific_agreement_holds(pair):
    sender, receiver = pair
    layers = [
        ({}, 8),
        ({"sender": sender}, 7),
        ({"receiver": receiver}, 6),
        ({"sender": sender, "receiver": receiver}, 5),
        ({"finding": "newborn"}, 4),
        ({"finding": "newborn", "sender": sender}, 3),
        ({"finding": "newborn", "receiver": receiver}, 2),
        ({"finding": "newborn", "sender": sender, "receiver": receiver}, 1),
    ]

    def days(finding="newborn"):
        rule = response_rule(sender_id=sender.pk, receiver_id=receiver.pk, finding_code=finding, on=DAY)
        return rule.answer_days if rule else None

    assert days() is None
    for number, (scope, answer_days) in enumerate(layers):
        agree(f"frist-{number}", answer_days, **scope)
        assert days() == answer_days, scope
    assert days("no_work") == 5
    assert response_rule(sender_id=sender.pk, receiver_id=receiver.pk, on=DAY).answer_days == 5


def test_what_others_agreed_on_does_not_hold(pair):
    sender, receiver = pair
    agree("alle", 9)
    agree("andere", 1, sender=receiver, receiver=sender, finding="newborn")
    rule = response_rule(sender_id=sender.pk, receiver_id=receiver.pk, finding_code="newborn", on=DAY)
    assert rule.answer_days == 9


def test_an_ended_version_does_not_hold(pair):
    sender, receiver = pair
    agree("alle", 9)
    agree("eilig", 1, finding="newborn", valid_to=date(2026, 6, 1))
    ids = {"sender_id": sender.pk, "receiver_id": receiver.pk, "finding_code": "newborn"}
    assert response_rule(**ids, on=date(2026, 5, 31)).answer_days == 1
    assert response_rule(**ids, on=date(2026, 6, 1)).answer_days == 9


def test_the_page_of_a_unit_shows_what_it_agreed_on_per_finding(pair, logged_in):
    sender, receiver = pair
    agree("alle", 9)
    agree("eilig", 1, finding="newborn")
    agree("fremd", 2, finding="overcrowding")
    with as_owner():
        kind = FindingKind.objects.get(code="newborn")
        kind.label = "Neugeborenes"
        kind.save()
        Route.objects.create(
            code="weg", finding=kind, sender=sender, receiver=receiver, valid_from=date(2026, 1, 1)
        )
    shown = unit_card(receiver.pk).periods
    assert [(one.finding, one.rule.answer_days) for one in shown] == [("", 9), ("Neugeborenes", 1)]
    page = logged_in(Role.CLERK, sender).get(reverse("accounts:unit", args=[receiver.code]))
    assert "allen Stellen: Neugeborenes" in page.content.decode()


def test_the_calendar_of_a_unit_knows_land_region_and_closing_days(db):
    unit = UnitFactory(authority=AuthorityFactory(land="SN", region="SN-sorbisch"))
    with as_owner():
        ClosingPeriod.objects.create(
            code="umzug", label="Umzug", authority=unit.authority, starts_on=date(2026, 6, 5), ends_on=date(2026, 6, 5)
        )  # fmt: skip
    office = office_calendar(unit, from_on=DAY)
    assert office.after(DAY, 5) == date(2026, 6, 10)
    assert [name for _day, name in office.skipped(DAY, date(2026, 6, 10))] == ["Fronleichnam", "Umzug"]
