"""Who gets how much when a desk is cleared: evenly, by what everybody has already, and nobody loses without need."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

Held = tuple[UUID, UUID]  # an open thing and who holds it now


def quotas(total: int, base: Mapping[UUID, int]) -> dict[UUID, int]:
    """Say how many of `total` things each one gets, so that the fullest desk ends as low as possible.

    `base` is what each of them has besides these. Whoever has least gets the next one; equals take turns.
    """
    desks = [(load, place, person) for place, (person, load) in enumerate(base.items())]
    heapq.heapify(desks)
    got = dict.fromkeys(base, 0)
    for _turn in range(total):
        load, place, person = desks[0]
        got[person] += 1
        heapq.heapreplace(desks, (load + 1, place, person))
    return got


def share_out(held: Sequence[Held], base: Mapping[UUID, int]) -> dict[UUID, UUID]:
    """Return the new holder of each thing that changes hands; `held` stands in the order of urgency.

    Whoever is among the chosen keeps as much of the own as fits into the quota: families keep their person. The rest
    goes round, so that the urgent things do not all land on one desk.
    """
    left = quotas(len(held), base)
    pool = []
    for thing, holder in held:
        if left.get(holder, 0):
            left[holder] -= 1
        else:
            pool.append(thing)
    return dict(zip(pool, _in_turn(left), strict=True))


def loads_after(total: int, base: Mapping[UUID, int]) -> dict[UUID, int]:
    """Say how much lies on each chosen desk afterwards."""
    got = quotas(total, base)
    return {person: load + got[person] for person, load in base.items()}


def besides(load: Mapping[UUID, int], batch: Mapping[UUID, int], to: Sequence[UUID]) -> dict[UUID, int]:
    """Count what each of the chosen has besides the things that are given out anew."""
    batch = Counter(batch)
    return {person: max(0, load.get(person, 0) - batch[person]) for person in to}


def _in_turn(left: Mapping[UUID, int]) -> Iterator[UUID]:
    """Yield everybody once a round for as long as something is left for them."""
    remaining = {person: count for person, count in left.items() if count}
    while remaining:
        for person in list(remaining):
            yield person
            remaining[person] -= 1
            if not remaining[person]:
                del remaining[person]
