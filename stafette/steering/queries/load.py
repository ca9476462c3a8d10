"""How much lies open in each unit now, and per full-time post."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from stafette.kernel.small_numbers import hide_family, is_publishable
from stafette.steering.queries.names import UnitName
from stafette.steering.queries.reading import Sums


@dataclass(frozen=True)
class UnitLoad:
    """What a unit holds now; None where the number is too small to be shown."""

    unit: UnitName
    open: int | None
    late: int | None
    oldest_days: int | None

    @property
    def per_post(self) -> Decimal | None:
        """Open referrals per full-time post; None where no post is known."""
        return self.open / self.unit.fte if self.open is not None and self.unit.fte else None


def loads_of(sums: Sums, units: dict[UUID, UnitName], *, limits: tuple[int, ...]) -> list[UnitLoad]:
    """Units that hold something, the latest first. Open numbers of all units add up to that of the trend."""
    rows = sorted((pk, *numbers) for pk, numbers in sums.load.items() if numbers[0] and pk in units)
    hides_open: set[int] = set()
    hides_late: set[int] = set()
    for limit in limits:
        shown = is_publishable(sums.open_now, limit)
        counts = [(count,) for _pk, count, _late, _days in rows]
        hides_open = hide_family(counts, limit, sum_is_shown=shown, hidden=hides_open)
        splits = [(late, count - late) for _pk, count, late, _days in rows]
        hides_late = hide_family(splits, limit, sum_is_shown=False, hidden=hides_late | hides_open)
    found = [
        UnitLoad(
            units[pk],
            None if number in hides_open else count,
            None if number in hides_late else late,
            None if number in hides_open else days,
        )
        for number, (pk, count, late, days) in enumerate(rows)
    ]
    return sorted(found, key=lambda load: (-(load.late or 0), -(load.open or 0), load.unit.name))
