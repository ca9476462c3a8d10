"""A whole desk or a whole unit in one step: once, evenly, counted, and with a note instead of ten thousand."""

import re
from collections import Counter
from uuid import uuid4

import pytest
from django.urls import reverse

from stafette.accounts.commands import hand_over_work
from stafette.accounts.models import HandOver, Membership
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.ids import new_id
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.properties.models import Hint
from stafette.referrals import batons
from stafette.referrals.commands import accept_referral, take_over
from stafette.referrals.models import FollowUp, Referral, Task
from stafette.referrals.tests.cloning import clone_referral
from stafette.referrals.tests.factories import make_town, staff
from stafette.referrals.tests.scenes import drafted, sent

LOGIN = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def head(town):
    return actor_for(MembershipFactory(unit=town.clearing, role=Role.HEAD).user)


def baton_facts(town, unit, user_id, **facts):
    day = today()
    return {
        "number": f"N-{uuid4().hex[:8]}", "responsible_unit": unit, "responsible_user_id": user_id, "unit": unit,
        "next_on": day, "remind_on": day, "escalate_on": day, "escalation_unit": town.coordination,
    } | facts  # fmt: skip


def give(head, town, to, **facts):
    facts = {"hand_over_id": new_id(), "unit_id": town.clearing.pk, "to_user_ids": to} | facts
    return hand_over_work(actor=head, **facts)


def test_every_kind_of_baton_and_every_other_open_thing_moves(town, head):
    """Nothing is special: each kind that wiring.py enters is counted and moved."""
    referral = sent(town)
    with as_owner():
        Task.objects.create(
            title="Rückruf", made_by_id=town.clerk.id, **baton_facts(town, town.clearing, town.clerk.id)
        )
        FollowUp.objects.create(kind="own", **baton_facts(town, town.clearing, town.clerk.id))
        Task.objects.create(
            title="fremd", made_by_id=town.worker.id, **baton_facts(town, town.outreach, town.worker.id)
        )
    one, two = staff(town.clearing), staff(town.clearing)
    done = give(head, town, [one.id, two.id], from_user_id=town.clerk.id)
    assert done.counts["kinds"] == {"referral": 1, "follow_up": 1, "task": 1}
    with as_owner():
        for kind in batons.kinds():
            assert not kind.model.objects.filter(is_open=True, responsible_user=town.clerk.id).exists()
        row = Referral.objects.get(pk=referral.pk)
        assert row.sender_user_id in (one.id, two.id)
        assert (row.responsible_user_id, row.version) == (referral.responsible_user_id, referral.version + 1)
        assert Task.objects.get(title="fremd").responsible_user_id == town.worker.id
        assert sorted(Note.objects.filter(kind="handed_over").values_list("user", flat=True)) == sorted(
            [one.id, two.id]
        )
        [event] = Event.objects.filter(kind="unit.work_handed_over")
        assert event.unit_id == town.clearing.pk and event.details["moved"] == done.counts["kinds"]


def test_the_same_form_moves_nothing_twice(town, head):
    sent(town)
    successor, token = staff(town.clearing), new_id()
    first = give(head, town, [successor.id], hand_over_id=token, from_user_id=town.clerk.id)
    third = staff(town.clearing)
    again = give(head, town, [third.id], hand_over_id=token)
    assert (again.pk, again.counts) == (first.pk, first.counts)
    with as_owner():
        assert Referral.objects.get().sender_user_id == successor.id
        assert Event.objects.filter(kind="unit.work_handed_over").count() == 1


def test_the_second_of_two_administrators_is_told_what_moved(town, head):
    sent(town)
    successor, other = (
        staff(town.clearing),
        actor_for(MembershipFactory(unit=town.clearing, role=Role.UNIT_ADMIN).user),
    )
    known = give(head, town, [successor.id], from_user_id=town.clerk.id)
    give(head, town, [town.clerk.id], from_user_id=successor.id, known_id=known.pk)
    with pytest.raises(RuleBroken, match=r"Inzwischen hat .* 1 Vorgang übertragen"):
        give(other, town, [successor.id], from_user_id=town.clerk.id, known_id=known.pk)
    with as_owner():
        assert Referral.objects.get().sender_user_id == town.clerk.id


def test_an_open_form_of_the_former_holder_is_refused(town, head):
    referral = drafted(town)
    successor = staff(town.clearing)
    give(head, town, [successor.id], from_user_id=town.clerk.id)
    with pytest.raises(RuleBroken, match="Inzwischen"):
        take_over(actor=town.clerk, referral_id=referral.pk, version=referral.version)


def test_a_unit_is_given_out_anew_and_families_keep_their_person(town, head):
    referral = sent(town)
    clone_referral(referral, 9)
    colleague = staff(town.clearing)
    done = give(head, town, [town.clerk.id, colleague.id])
    assert done.counts["kinds"] == {"referral": 5}
    with as_owner():
        assert Counter(Referral.objects.values_list("sender_user", flat=True)) == {
            town.clerk.id: 5,
            colleague.id: 5,
        }


def test_only_chosen_kinds_move(town, head):
    sent(town)
    with as_owner():
        Task.objects.create(
            title="Rückruf", made_by_id=town.clerk.id, **baton_facts(town, town.clearing, town.clerk.id)
        )
    successor = staff(town.clearing)
    done = give(head, town, [successor.id], from_user_id=town.clerk.id, kinds=["task"])
    assert done.counts["kinds"] == {"task": 1}
    with as_owner():
        assert Referral.objects.get().sender_user_id == town.clerk.id


def test_the_receivers_side_moves_with_the_baton(town):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    boss = actor_for(MembershipFactory(unit=town.outreach, role=Role.HEAD).user)
    colleague = staff(town.outreach)
    hand_over_work(
        actor=boss,
        hand_over_id=new_id(),
        unit_id=town.outreach.pk,
        to_user_ids=[colleague.id],
        from_user_id=town.worker.id,
    )
    with as_owner():
        row = Referral.objects.get(pk=referral.pk)
        assert (row.responsible_user_id, row.receiver_user_id, row.sender_user_id) == (
            colleague.id,
            colleague.id,
            town.clerk.id,
        )


@pytest.mark.parametrize("who", ["clerk", "worker"])
def test_whoever_does_not_administer_the_unit_moves_nothing(town, who):
    sent(town)
    with pytest.raises(NotAllowed):
        give(getattr(town, who), town, [staff(town.clearing).id])


def test_nobody_gets_what_they_may_not_work_on(town, head):
    sent(town)
    for to in ([head.id], [town.worker.id], [], [town.clerk.id]):
        with pytest.raises(BadInput):
            give(head, town, to, from_user_id=town.clerk.id)
    gone = staff(town.clearing)
    with as_owner():
        Membership.objects.filter(user=gone.id).update(ends_on="2021-01-01")
    with pytest.raises(BadInput):
        give(head, town, [gone.id], from_user_id=town.clerk.id)


def test_a_stranger_cannot_use_the_token_of_another(town, head):
    sent(town)
    token = give(head, town, [staff(town.clearing).id]).pk
    other = actor_for(MembershipFactory(unit=town.clearing, role=Role.HEAD).user)
    with pytest.raises(BadInput):
        give(other, town, [town.clerk.id], hand_over_id=token)


def test_nothing_moves_when_the_log_fails(town, head, monkeypatch):
    referral = sent(town)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("stafette.accounts.commands.handing.record", fail)
    with pytest.raises(RuntimeError):
        give(head, town, [staff(town.clearing).id], from_user_id=town.clerk.id)
    with as_owner():
        assert Referral.objects.get(pk=referral.pk).sender_user_id == town.clerk.id
        assert not HandOver.objects.exists()
        assert not Note.objects.filter(kind="handed_over").exists()


def test_hints_in_checking_move_with_the_same_step(town):
    boss = actor_for(MembershipFactory(unit=town.housing, role=Role.HEAD).user)
    with as_owner():
        Hint.objects.create(
            unit=town.housing, street="Beispielstraße", indication="overcrowding", received_on="2026-11-01",
            due_on="2026-11-10", state="checking", responsible_id=town.controller.id,
        )  # fmt: skip
    colleague = staff(town.housing)
    done = hand_over_work(
        actor=boss,
        hand_over_id=new_id(),
        unit_id=town.housing.pk,
        to_user_ids=[colleague.id],
        from_user_id=town.controller.id,
    )
    assert done.counts["kinds"] == {"hints": 1}
    with as_owner():
        assert Hint.objects.get().responsible_id == colleague.id


def browse(client, user_id):
    from stafette.accounts.models import User

    client.force_login(User.objects.get(pk=user_id), backend=LOGIN)
    return client


def fields(page):
    """What the preview's form would send."""
    names = r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?'
    data = {}
    for name, value in re.findall(names, page):
        data.setdefault(name, []).append(value)
    return data


def test_the_page_shows_numbers_and_moves_once(town, head, client):
    sent(town)
    successor = staff(town.clearing)
    browse(client, head.id)
    url = reverse("accounts:hand_over", args=[town.clearing.code])
    page = client.get(url).content.decode()
    assert "Übergaben (1)" in page and town.mother.family_name not in page
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    chosen = {
        "from_user_id": town.clerk.id,
        "kinds": ["referral"],
        "to_user_ids": [successor.id],
        "token": token,
    }
    preview = client.post(url, chosen).content.decode()
    assert "1 Vorgang übertragen" in preview and not HandOver.objects.exists()
    first = client.post(url, fields(preview))
    assert first.status_code == 302, first.content.decode()
    again = client.post(url, fields(preview))
    assert again.url == first.url and HandOver.objects.count() == 1
    result = client.get(first.url).content.decode()
    assert "1 Vorgang hat jetzt" in result and successor.label in result
    assert client.post(url, chosen | {"token": str(uuid4()), "to_user_ids": []}).status_code == 422
    stale = client.post(url, fields(preview) | {"token": str(uuid4()), "known_id": str(uuid4())})
    assert stale.status_code == 409 and "Inzwischen" in stale.content.decode()


def test_the_page_is_for_whoever_administers_the_unit(town, client):
    url = reverse("accounts:hand_over", args=[town.clearing.code])
    assert browse(client, town.clerk.id).get(url).status_code == 403
    stranger = MembershipFactory(unit=town.outreach, role=Role.HEAD).user
    assert browse(client, stranger.pk).get(url).status_code == 404


def test_a_thousand_cost_no_more_statements_than_one(town, head, django_assert_max_num_queries):
    clone_referral(drafted(town), 1_000, with_finding=False)
    people = [staff(town.clearing).id for _turn in range(5)]
    with django_assert_max_num_queries(60):
        done = give(head, town, people, from_user_id=town.clerk.id)
    assert done.counts["kinds"] == {"referral": 1_001}
    with as_owner():
        spread = Counter(Referral.objects.values_list("responsible_user", flat=True))
    assert set(spread) == set(people) and max(spread.values()) - min(spread.values()) <= 1


def test_the_preview_says_how_many_really_change_hands(town, head, client):
    clone_referral(sent(town), 3, with_finding=False)
    colleague = staff(town.clearing)
    browse(client, head.id)
    url = reverse("accounts:hand_over", args=[town.clearing.code])
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode())[1]
    chosen = {"kinds": ["referral"], "to_user_ids": [town.clerk.id, colleague.id], "token": token}
    preview = client.post(url, chosen).content.decode()
    assert "2 Vorgänge übertragen" in preview and "2 von 4 Vorgängen" in preview
    client.post(url, fields(preview))
    assert HandOver.objects.get().counts["kinds"] == {"referral": 2}
    again = client.post(url, chosen | {"token": str(uuid4())}).content.decode()
    assert "schon gleichmäßig verteilt" in again and "Vorgänge übertragen</span>" not in again
