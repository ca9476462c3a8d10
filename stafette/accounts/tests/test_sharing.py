"""Who gets how much: evenly by load, nobody loses without need, everything given once."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from stafette.accounts.sharing import besides, quotas, share_out

A, B, C, D = (UUID(int=number) for number in range(1, 5))
things = [UUID(int=1000 + number) for number in range(200)]
people = st.lists(st.sampled_from([A, B, C, D]), min_size=1, unique=True)


def test_whoever_has_least_gets_most():
    assert quotas(6, {A: 4, B: 0, C: 1}) == {A: 0, B: 4, C: 2}
    assert sum(quotas(7, {A: 0, B: 0, C: 0}).values()) == 7


def test_urgent_things_do_not_all_land_on_one_desk():
    held = [(thing, A) for thing in things[:9]]
    new = share_out(held, {B: 0, C: 0, D: 0})
    assert {new[thing] for thing in things[:3]} == {B, C, D}
    assert Counter(new.values()) == {B: 3, C: 3, D: 3}


def test_families_keep_their_person_as_far_as_it_goes():
    held = [(thing, A) for thing in things[:10]] + [(thing, B) for thing in things[10:12]]
    new = share_out(held, {A: 0, B: 0})
    assert Counter(new.values()) == {B: 4}
    assert set(new) <= set(things[:10])


@given(
    st.lists(st.sampled_from([A, B, C, D]), max_size=60),
    people,
    st.dictionaries(st.sampled_from([A, B, C, D]), st.integers(0, 40)),
)
def test_everything_is_given_once_and_the_desks_end_even(holders, to, others):
    held = list(zip(things, holders, strict=False))
    load = Counter(holders) + Counter(others)
    base = besides(load, Counter(holders), to)
    new = share_out(held, base)
    assert set(new) <= {thing for thing, _holder in held}
    ends = Counter(dict(held) | new)
    holding = Counter(owner for owner in (dict(held) | new).values())
    assert set(holding) <= set(to)
    assert ends.keys() == {thing for thing, _holder in held}
    got = {person: holding[person] for person in to}
    fullest_given = max((base[p] + got[p] for p in to if got[p]), default=0)
    assert all(base[p] + got[p] >= fullest_given - 1 for p in to)
    assert all(new[thing] != holder for thing, holder in held if thing in new)
