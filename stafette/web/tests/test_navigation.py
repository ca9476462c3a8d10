import uuid

import pytest

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.web import navigation


@pytest.fixture(autouse=True)
def _two_pages(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_search", {})
    monkeypatch.setattr(navigation, "reverse", lambda name: {"a:day": "/tag/", "a:list": "/tag/liste/"}[name])
    navigation.register("Liste", "a:list", permission=Permission.REFERRAL_VIEW, order=20)
    navigation.register("Mein Tag", "a:day", permission=None, order=10)


def member(*permissions):
    return Actor(id=uuid.uuid4(), label="K", grants=frozenset((p, uuid.uuid4()) for p in permissions))


def test_entries_come_in_order_and_only_with_permission():
    assert [item.label for item in navigation.items_for(member(), "/")] == ["Mein Tag"]
    found = navigation.items_for(member(Permission.REFERRAL_VIEW), "/")
    assert [item.label for item in found] == ["Mein Tag", "Liste"]


def test_longest_fitting_address_is_current():
    found = navigation.items_for(member(Permission.REFERRAL_VIEW), "/tag/liste/7/")
    assert [item.current for item in found] == [False, True]


def test_search_box_needs_the_permission():
    navigation.register_search("a:list", permission=Permission.PERSON_VIEW)
    assert navigation.search_for(member(Permission.REFERRAL_VIEW)) == ("", "")
    assert navigation.search_for(member(Permission.PERSON_VIEW)) == ("/tag/liste/", "q")


def test_one_of_several_permissions_is_enough():
    several = (Permission.REFERRAL_VIEW, Permission.PERSON_VIEW)
    navigation.register("Liste", "a:list", permission=several, order=20)
    assert [item.label for item in navigation.items_for(member(), "/")] == ["Mein Tag"]
    for permission in several:
        assert navigation.items_for(member(permission), "/")[1].label == "Liste"
