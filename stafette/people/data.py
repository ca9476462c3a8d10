"""What other rooms hand over about persons and addresses: plain values, no models."""

from __future__ import annotations

from dataclasses import dataclass

from stafette.people.birthdates import BirthDate

UNKNOWN = BirthDate()


@dataclass(frozen=True)
class PersonData:
    """One person as somebody told, registered or typed it.

    `languages` are pairs of a language code and a level (people/languages.py); `relation` says what
    the person is in the household that is being made. Nationalities are keys of the official list.
    """

    given_names: str = ""
    family_name: str = ""
    former_names: str = ""
    patronymic: str = ""
    original_script: str = ""
    birth: BirthDate = UNKNOWN
    sex: str = ""
    nationalities: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    contact_channel: str = ""
    contact_value: str = ""
    contact_language: str = ""
    safe_contact_note: str = ""
    address_locked: bool = False
    relation: str = ""


@dataclass(frozen=True)
class AddressData:
    """An address in Germany; `locked` stands for a lock under § 51 or § 52 BMG."""

    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    town: str = ""
    district: str = ""
    locked: bool = False

    @property
    def lines(self) -> list[str]:
        """The address as it stands on a letter; empty lines left out."""
        lines = [f"{self.street} {self.house_number}".strip(), f"{self.postal_code} {self.town}".strip()]
        return [line for line in lines if line]

    @property
    def one_line(self) -> str:
        """The address for a line of a list."""
        return ", ".join(self.lines)
