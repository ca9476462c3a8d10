"""A charity commits itself in writing before anything travels to it; its head notes the paper, and may end it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from stafette.accounts.models import UnitKind
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import AuthorityFactory, UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.protection.commands import end_declaration, note_declaration
from stafette.protection.models import Declaration
from stafette.protection.queries import party_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def charity():
    return UnitFactory(kind=UnitKind.CHARITY, authority=AuthorityFactory(is_public=False), code="mbe")


@pytest.fixture
def head(charity, actor_with):
    return actor_with(Permission.UNIT_ADMIN, unit=charity)


def is_bound(unit, on=None):
    return party_of(unit, on=on or today()).is_bound


def test_it_counts_from_the_day_of_the_signature_until_its_end(charity, head):
    day, end = today() - timedelta(days=10), today() + timedelta(days=5)
    with acting(head):
        note_declaration(actor=head, unit_id=charity.pk, given_on=day, expires_on=end)
    assert [is_bound(charity, on) for on in (day - timedelta(days=1), day, end - timedelta(days=1), end)] == [
        False, True, True, False,
    ]  # fmt: skip
    with as_owner():
        assert Event.objects.get(kind="declaration.noted").actor_id == head.id


@pytest.mark.parametrize(
    ("given", "expires", "says"),
    [(1, None, "Zukunft"), (0, 0, "nach dem Tag"), (-3, -5, "nach dem Tag")],
)
def test_days_that_cannot_be_are_refused(charity, head, given, expires, says):
    until = None if expires is None else today() + timedelta(days=expires)
    with acting(head), pytest.raises(BadInput, match=says):
        note_declaration(
            actor=head, unit_id=charity.pk, given_on=today() + timedelta(days=given), expires_on=until
        )
    assert not Declaration.objects.exists()


def test_one_paper_is_noted_once(charity, head):
    with acting(head):
        note_declaration(actor=head, unit_id=charity.pk, given_on=date(2026, 1, 5))
        with pytest.raises(BadInput, match="schon festgehalten"):
            note_declaration(actor=head, unit_id=charity.pk, given_on=date(2026, 1, 5))


def test_a_public_unit_needs_none(actor_with):
    unit = UnitFactory(authority=AuthorityFactory(is_public=True))
    head = actor_with(Permission.UNIT_ADMIN, unit=unit)
    with acting(head), pytest.raises(BadInput, match="Öffentliche Stellen"):
        note_declaration(actor=head, unit_id=unit.pk, given_on=date(2026, 1, 5))


def test_only_its_own_head_notes_and_ends_it(charity, actor_with):
    other = actor_with(Permission.UNIT_ADMIN, unit=UnitFactory())
    paper = Declaration.objects.create(unit=charity, norm="§ 78 SGB X", given_on=date(2026, 1, 5))
    with acting(other):
        with pytest.raises(NotAllowed):
            note_declaration(actor=other, unit_id=charity.pk, given_on=date(2026, 1, 6))
        with pytest.raises(NotAllowed):
            end_declaration(actor=other, declaration_id=paper.pk)
    assert is_bound(charity)


@pytest.mark.parametrize("days_ago", [0, 40])
def test_ended_it_counts_no_longer(charity, head, days_ago):
    with acting(head):
        paper = note_declaration(actor=head, unit_id=charity.pk, given_on=today() - timedelta(days=days_ago))
        ended = end_declaration(actor=head, declaration_id=paper.pk)
    assert ended.expires_on == today() + timedelta(days=0 if days_ago else 1)
    assert not is_bound(charity, ended.expires_on)


def test_what_has_ended_is_not_ended_again(charity, head):
    paper = Declaration.objects.create(
        unit=charity, norm="§ 78 SGB X", given_on=date(2026, 1, 5), expires_on=date(2026, 2, 5)
    )
    with acting(head), pytest.raises(BadInput, match="gilt schon nicht mehr"):
        end_declaration(actor=head, declaration_id=paper.pk)


def test_the_head_notes_and_ends_it_on_the_page(charity, logged_in):
    browser = logged_in(Role.HEAD, charity)
    url = reverse("protection:declarations", args=["mbe"])
    assert "Zurzeit gilt keine Verpflichtung" in browser.get(url).content.decode()
    page = browser.post(url, {"given_on": "31.02.2026"})
    assert page.status_code == 422
    assert "Tag.Monat.Jahr" in page.content.decode()
    page = browser.post(url, {"given_on": "05.01.2026"}, follow=True).content.decode()
    assert "Die Verpflichtung ist festgehalten." in page and "05.01.2026" in page
    paper = Declaration.objects.get(unit=charity)
    page = browser.post(reverse("protection:end_declaration", args=[paper.pk]), follow=True).content.decode()
    assert "Zurzeit gilt keine Verpflichtung" in page


def test_whoever_hands_over_sees_on_the_page_of_the_unit_whether_it_may_receive(charity, logged_in):
    browser = logged_in(Role.CLERK, UnitFactory())
    url = reverse("accounts:unit", args=["mbe"])
    before = browser.get(url).content.decode()
    assert "gehen an diese Stelle keine Angaben" in before
    assert reverse("protection:declarations", args=["mbe"]) not in before
    Declaration.objects.create(unit=charity, norm="§ 78 SGB X", given_on=date(2026, 1, 5))
    assert "verpflichtet seit 05.01.2026" in browser.get(url).content.decode()


def test_the_page_of_a_public_unit_says_nothing_of_it(logged_in):
    unit = UnitFactory(authority=AuthorityFactory(is_public=True))
    page = logged_in(Role.HEAD, unit).get(reverse("accounts:unit", args=[unit.code])).content.decode()
    assert "Schutz der Daten" not in page


def test_where_another_paper_still_counts_the_head_is_told_that_data_go_on(charity, logged_in):
    browser = logged_in(Role.HEAD, charity)
    old, new = (
        Declaration.objects.create(unit=charity, norm="§ 78 SGB X", given_on=day)
        for day in (date(2025, 1, 5), date(2026, 1, 5))
    )
    end = "protection:end_declaration"
    page = browser.post(reverse(end, args=[old.pk]), follow=True).content.decode()
    assert "Heute gilt aber noch eine Verpflichtung" in page and "keine Angaben mehr" not in page
    page = browser.post(reverse(end, args=[new.pk]), follow=True).content.decode()
    assert "gehen keine Angaben mehr" in page
