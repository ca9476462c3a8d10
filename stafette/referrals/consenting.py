"""The consent sheet of a draft: whom to ask for what, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.people.languages import Level
from stafette.people.models import Person
from stafette.people.queries import current_members
from stafette.protection import wording
from stafette.referrals.basis import decision_of, missing_consents
from stafette.referrals.models import Referral

OF_AGE = 18


@dataclass(frozen=True)
class ConsentSheet:
    """What the page shows and what the command needs besides the form."""

    referral_id: UUID
    german: wording.Sheet
    foreign: wording.Sheet | None
    languages: list[tuple[str, str]]
    choices: dict[str, list[tuple[str, str]]]
    initial: dict[str, Any]
    arguments: dict[str, Any]


def consent_sheet(*, actor: Actor, referral: Referral, language: str) -> ConsentSheet:
    """Put the sheet together for the categories that still lack consent, in the language asked for.

    Without a choice it is the language that the household speaks, where we have words in it.
    """
    decision = decision_of(referral)
    missing = missing_consents(actor, referral, decision) or decision.needs_consent
    members = list(current_members(actor=actor).filter(household=referral.household_id))
    known = dict(wording.languages())
    spoken = next((word for m in members for word in spoken_languages(m.person) if word in known), "")
    chosen = language if language in known else spoken or wording.GERMAN
    text = referral.route.consent if referral.route else None
    facts: dict[str, Any] = {
        "receiver": referral.to_unit.name,
        "purpose": referral.purpose,
        "categories": missing,
        "texts": text.texts if text else None,
    }
    german = wording.sheet(wording.GERMAN, **facts)
    persons = [(str(m.person_id), m.person.full_name) for m in members]
    adults = [(str(m.person_id), m.person.full_name) for m in members if not is_minor(m.person.birth)]
    subject = referral.finding.person_id if referral.finding else None
    return ConsentSheet(
        referral_id=referral.pk,
        german=german,
        foreign=wording.sheet(chosen, **facts) if chosen != wording.GERMAN else None,
        languages=wording.languages(),
        choices={"categories": list(german.categories), "persons": persons, "adults": adults},
        initial={
            "language": chosen,
            "form": "written",
            "person_ids": [str(subject)] if subject else [key for key, _name in persons],
        },
        arguments={
            "unit_id": referral.from_unit_id,
            "household_id": referral.household_id,
            "receiver_id": referral.to_unit_id,
            "purpose": referral.purpose,
            "text_version": wording.text_version(text),
        },
    )


def spoken_languages(person: Person) -> list[str]:
    """The language for contact, else the mother tongues."""
    mother = [row.language for row in person.languages.all() if row.level == Level.MOTHER_TONGUE]
    return [person.contact_language, *mother]


def is_minor(birth: Any) -> bool:
    """Tell whether somebody is under 18 for certain; who has no birth date counts as of age."""
    born = birth.first_possible()
    day = today()
    return (
        born is not None and day.year - born.year - ((day.month, day.day) < (born.month, born.day)) < OF_AGE
    )
