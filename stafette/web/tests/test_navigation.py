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


def test_what_a_unit_works_on_decides_what_it_begins_with():
    asked = []

    def has_files(actor):
        asked.append(actor.label)
        return actor.label == "Akten"

    files = {"permission": Permission.REFERRAL_VIEW}
    navigation.register("Mein Tag", "a:day", order=10, where=has_files, **files)
    navigation.register("Mein Tag", "a:day", order=30, unless=has_files, **files)
    for house, begins in (("Akten", ["Mein Tag", "Liste"]), ("Schalter", ["Liste", "Mein Tag"])):
        actor = Actor(uuid.uuid4(), house, frozenset({(Permission.REFERRAL_VIEW, uuid.uuid4())}))
        assert [item.label for item in navigation.items_for(actor, "/")] == begins
    assert asked == ["Akten", "Schalter"]  # once per page, though two entries want to know


def test_a_question_to_the_work_is_not_asked_of_whoever_may_not_open_the_page():
    navigation.register("Liste", "a:list", permission=Permission.PERSON_VIEW, order=20, where=pytest.fail)
    assert [item.label for item in navigation.items_for(member(), "/")] == ["Mein Tag"]
