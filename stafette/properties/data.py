"""Plain values that other rooms hand in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlaceData:
    """An address of a building, without anybody who lives there."""

    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    town: str = ""
    district: str = ""
