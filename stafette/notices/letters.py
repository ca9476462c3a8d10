"""The family's data as a letter to the youth office takes them along, and texts without names for the consultation."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.notices.models import ChildNotice
from stafette.people.models import HouseholdMember, Person
from stafette.people.queries import current_members, languages_of

HIDDEN = "[…]"


def letter_data(actor: Actor, notice: ChildNotice) -> dict[str, Any]:
    """What F11 lets through: who the child is, who lives there, where, how to reach and understand them."""
    members = _members(actor, notice)
    household, child = notice.household, notice.person
    address = household.shown_address if household is not None else None
    return {
        "child": _person(child) if child is not None else "",
        "birth": str(child.birth) if child is not None else "",
        "family": [
            f"{_person(one.person)}, {one.get_relation_display() or _('im Haushalt')}"
            for one in members
            if child is None or one.person_id != child.pk
        ],
        "address": address.one_line if address is not None else "",
        "is_locked": household is not None and address is None,
        "contact": [one.person.contact_value for one in members if one.person.contact_value],
        "languages": sorted({word for one in members for word, _level in languages_of(one.person)}),
        "count": len(members),
    }


def age_of(person: Person | None) -> str:
    """The age in years, which says enough for a consultation and names nobody."""
    born = person.birth.first_possible() if person is not None else None
    if born is None:
        return _("unbekannt")
    day = today()
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return _("unter 1 Jahr") if years < 1 else _("etwa {years} Jahre").format(years=years)


def without_names(actor: Actor, notice: ChildNotice, text: str) -> str:
    """Replace every name and address of the household by a mark: § 4(2) KKG asks for a pseudonym, not for care."""
    words: set[str] = set()
    for member in _members(actor, notice):
        person = member.person
        for name in (person.given_names, person.family_name, person.former_names, person.original_script):
            words |= {part for part in re.split(r"[\s,;-]+", name) if len(part) > 1}
        words |= {person.contact_value} - {""}
    if notice.household is not None:
        words |= {notice.household.street, notice.household.label} - {""}
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?:s|’s|'s)?(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    return text


def _members(actor: Actor, notice: ChildNotice) -> list[HouseholdMember]:
    if notice.household_id is None:
        return []
    found = current_members(actor=actor).filter(household=notice.household_id)
    return list(found.prefetch_related("person__languages"))


def _person(person: Person) -> str:
    birth = str(person.birth)
    return f"{person.full_name}, {_('geb.')} {birth}" if person.birth_year else person.full_name
