"""Finished figures are kept: only as long as nothing changes, and only for those who may see the very same units."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from stafette.accounts.models import FindingKind, Membership
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.kernel.actor import Actor
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission as P
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals.models import Referral
from stafette.referrals.tests.factories import staff
from stafette.steering import marks
from stafette.steering.queries import overview, picture, read
from stafette.steering.tests.rows import make, tallies

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
START = marks.quarter_before(marks.quarter_of(overview.today()))


@pytest.fixture
def town(db):
    """Two units that send each other twelve referrals, and a third with which only the second has to do."""
    overview._kept.clear()
    units = [UnitFactory(name=f"Stelle {number}") for number in range(3)]
    user = staff(units[0], Role.CLERK).id
    with as_owner():
        FindingKind.objects.get_or_create(code="overcrowding", defaults={"label": "Überbelegung"})
    for number in range(12):
        make(units[0], units[1], user, sent_on=START + timedelta(days=number))
        make(units[1], units[2], user, sent_on=START + timedelta(days=number))
    return units, user


def watching(*units):
    return Actor(new_id(), "Leitung", frozenset((P.FIGURES_VIEW, unit.pk) for unit in units))


def look(actor):
    with acting(actor):
        return picture(actor=actor, start=START)


def test_nothing_is_counted_again_while_nothing_changes(town):
    units, _user = town
    first = look(watching(*units))
    assert look(watching(*units)) is first
    assert first.root.whole("sent") == 24


@pytest.mark.parametrize("change", ["sent", "answered", "deleted", "late"])
def test_the_next_view_shows_a_change_at_once(town, change):
    units, user = town
    actor = watching(*units)
    before = look(actor)
    with as_owner():
        if change == "sent":
            make(units[0], units[1], user, sent_on=START)
        rows = Referral.objects.filter(from_unit=units[0])
        if change == "deleted":
            rows.first().delete()
        if change == "answered":
            rows.update(state="accepted", received_at=rows[0].sent_at, answered_at=rows[0].sent_at)
        if change == "late":
            rows.update(answer_due_on=overview.today() + timedelta(days=9))
    seen = look(actor)
    assert seen is not before
    assert (seen.root.whole("sent"), seen.root.cut("progress")[0], seen.root.overdue) == {
        "sent": (25, 0, 25),
        "deleted": (23, 0, 23),
        "answered": (24, 12, 12),
        "late": (24, 0, 12),
    }[change]


def test_a_new_name_and_a_new_day_are_seen_at_once(town, monkeypatch):
    units, _user = town
    actor = watching(*units)
    look(actor)
    with as_owner():
        units[1].name = "Neuer Name"
        units[1].save()
    before = look(actor)
    assert before.units[units[1].pk].name == "Neuer Name" and look(actor) is before
    tomorrow = overview.today() + timedelta(days=1)
    monkeypatch.setattr(overview, "today", lambda: tomorrow)
    assert look(actor) is not before


def test_another_head_never_gets_what_was_kept_for_others(town):
    units, _user = town
    everything = look(watching(*units))
    mine, other = look(watching(units[0])), look(watching(units[2]))
    assert [node.path for node in mine.root.children] == [(units[1].pk,)]
    assert [node.path for node in other.root.children] == [(units[2].pk,)]
    assert len({id(seen) for seen in (everything, mine, other)}) == 3
    assert look(watching(units[0], units[2])) not in (everything, mine, other)


def test_who_is_no_longer_head_gets_nothing_that_was_kept(town):
    units, _user = town
    user = MembershipFactory(unit=units[1], role=Role.HEAD).user
    actor = actor_for(user)
    assert look(actor).root.children
    with as_owner():
        Membership.objects.filter(user=user).delete()
    assert not look(actor_for(user)).root.children


def test_the_database_has_the_last_word_on_whose_figures_are_kept(town):
    """A page that believes more of its actor than the database does gets no kept figures, and keeps none."""
    units, _user = town
    look(watching(*units))
    kept = len(overview._kept)
    with acting(watching(units[0])):
        seen = picture(actor=watching(*units), start=START)
    assert [node.path for node in seen.root.children] == [(units[1].pk,)]
    assert len(overview._kept) == kept
    assert len(look(watching(*units)).root.children) == 2


def test_a_stamp_that_was_rolled_back_is_not_given_again(town):
    units, user = town
    actor = watching(*units)
    look(actor)
    with pytest.raises(RuntimeError), transaction.atomic():
        make(units[0], units[1], user, sent_on=START)
        assert look(actor).root.whole("sent") == 25
        raise RuntimeError
    assert look(actor).root.whole("sent") == 24
    make(units[0], units[2], user, sent_on=START)
    assert {node.path[0] for node in look(actor).root.children} == {units[1].pk, units[2].pk}
    assert look(actor).root.cut("sent") == (25,)


def test_changes_that_cancel_out_leave_the_stamp_alone(town):
    units, user = town
    actor = watching(*units)
    tallies()
    with acting(actor):
        stamp, _sums = read(actor=actor, quarters=[START], weeks_since=START)
    row = make(units[0], units[1], user, sent_on=START)
    with as_owner():
        row.delete()
    with acting(actor):
        assert read(actor=actor, quarters=[START], weeks_since=START, known=stamp) == (stamp, None)


def figures_of(page):
    return page.content.decode().partition("</header>")[2].partition("<footer")[0]


@pytest.mark.parametrize("name", ["index", "pairs", "trend", "load", "gaps"])
def test_a_page_shows_the_same_first_and_again_and_reads_no_figures(town, client, name):
    units, _user = town
    client.force_login(MembershipFactory(unit=units[1], role=Role.HEAD).user, backend=BACKEND)
    address = reverse(f"steering:{name}") + f"?quartal={START:%Y-%m-%d}"
    first = figures_of(client.get(address))
    with CaptureQueriesContext(connection) as queries:
        again = figures_of(client.get(address))
    assert again == first and "nicht Personen" in first
    [seen] = [seen for _stamp, _rest, seen in overview._kept.values()]
    assert (name, "de") in seen.made
    assert sum("steering_" in query["sql"] for query in queries) == 1


def test_each_language_keeps_its_own_words(town, client):
    units, _user = town
    client.force_login(MembershipFactory(unit=units[1], role=Role.HEAD).user, backend=BACKEND)
    pages = []
    for language in ("de", "en", "de"):
        client.cookies["django_language"] = language
        with translation.override(language):
            pages.append(figures_of(client.get(reverse("steering:load"))))
    assert pages[0] == pages[2]
    [seen] = [seen for _stamp, _rest, seen in overview._kept.values()]
    languages = {what[1] for what in seen.made if isinstance(what, tuple)}
    assert languages == ({"de", "en"} if pages[0] != pages[1] else {"de"})


def test_picked_lines_are_not_kept(town, client):
    units, _user = town
    client.force_login(MembershipFactory(unit=units[1], role=Role.HEAD).user, backend=BACKEND)
    facts = {"quartal": f"{START:%Y-%m-%d}", "an": str(units[2].pk)}
    picked = figures_of(client.get(reverse("steering:pairs"), facts))
    everything = figures_of(client.get(reverse("steering:pairs"), {"quartal": facts["quartal"]}))
    assert picked != everything
    assert figures_of(client.get(reverse("steering:pairs"), facts)) == picked


def test_a_copy_of_the_database_does_not_share_the_figures_of_the_original(town, monkeypatch):
    """The same units and the same stamp, but other rows: stamps are counted per database."""
    units, _user = town
    first = look(watching(*units))
    monkeypatch.setitem(connection.settings_dict, "NAME", "eine_kopie")
    assert look(watching(*units)) is not first
