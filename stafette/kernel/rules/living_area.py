"""Living area by §§ 2 and 4 WoFlV, as a range where the share of a balcony is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from stafette.kernel.rules.occupancy_rules import occupancy_rules

Number = Decimal | int


class SurfaceKind(StrEnum):
    """What a surface is, as far as WoFlV counts it differently."""

    ROOM = "room"
    UNHEATED_WINTER_GARDEN = "unheated_winter_garden"
    BALCONY = "balcony"
    CELLAR = "cellar"
    STORAGE_OUTSIDE = "storage_outside"
    LAUNDRY = "laundry"
    ATTIC = "attic"
    HEATING_ROOM = "heating_room"
    GARAGE = "garage"
    BUSINESS = "business"


NOT_LIVING_AREA = {
    SurfaceKind.CELLAR: "Kellerraum",
    SurfaceKind.STORAGE_OUTSIDE: "Abstellraum außerhalb der Wohnung",
    SurfaceKind.LAUNDRY: "Waschküche",
    SurfaceKind.ATTIC: "Bodenraum",
    SurfaceKind.HEATING_ROOM: "Heizungsraum",
    SurfaceKind.GARAGE: "Garage",
    SurfaceKind.BUSINESS: "Geschäftsraum",
}
NO_DWELLING_PERMIT = "B01"  # item of the inspection checklist: approved use is not residential


@dataclass(frozen=True)
class Surface:
    """A measured floor area; without a height it counts as at least two metres high."""

    m2: Number
    kind: SurfaceKind = SurfaceKind.ROOM
    height_m: Number | None = None
    meets_building_code: bool = True
    is_slept_in: bool = False


@dataclass(frozen=True)
class LivingArea:
    """Square metres without (`low`) and with (`high`) the usual share of balconies and terraces."""

    low: Decimal
    high: Decimal
    excluded: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @classmethod
    def stated(cls, m2: Number) -> LivingArea:
        """An area that somebody states, from a contract or in the talk."""
        return cls(Decimal(m2), Decimal(m2))


def _share(surface: Surface) -> Decimal:
    area = occupancy_rules().area
    if surface.kind is SurfaceKind.UNHEATED_WINTER_GARDEN:
        return area.unheated_winter_garden
    if surface.kind is SurfaceKind.BALCONY:
        return area.balcony_usual
    height = surface.height_m
    if height is None or height >= area.full_from_height:
        return Decimal(1)
    return area.half if height >= area.half_from_height else Decimal(0)


def _why_excluded(surface: Surface) -> str | None:
    if not surface.meets_building_code:
        return f"{surface.m2} m²: entspricht nicht dem Bauordnungsrecht (§ 2 Abs. 3 Nr. 2 WoFlV)"
    if surface.kind in NOT_LIVING_AREA:
        return f"{surface.m2} m²: {NOT_LIVING_AREA[surface.kind]} (§ 2 Abs. 3 WoFlV)"
    if _share(surface) == 0:
        return f"{surface.m2} m²: niedriger als 1 m (§ 4 Nr. 2 WoFlV)"
    return None


def count_area(surfaces: Iterable[Surface]) -> LivingArea:
    """Count the surfaces of one flat.

    Rooms slept in that are no living area raise the flag of the checklist: use without a permit.
    """
    low = high = Decimal(0)
    excluded, flags = [], set()
    for surface in surfaces:
        if surface.m2 < 0:
            raise ValueError("an area cannot be negative")
        reason = _why_excluded(surface)
        if reason:
            excluded.append(reason)
            if surface.is_slept_in:
                flags.add(NO_DWELLING_PERMIT)
            continue
        counted = Decimal(surface.m2) * _share(surface)
        high += counted
        if surface.kind is not SurfaceKind.BALCONY:
            low += counted
    return LivingArea(low, high, tuple(excluded), tuple(sorted(flags)))
