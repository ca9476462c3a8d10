"""The consent sheet of a draft: whom to ask for what, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.people.languages import Level
from stafette.people.models import Person
from stafette.people.queries import current_members
from stafette.protection import wording
from stafette.protection.ages import is_minor
from stafette.referrals.basis import decision_of, missing_consents
from stafette.referrals.models import Referral


@dataclass(frozen=True)
class ConsentSheet:
    """What the page shows and what the command needs besides the form."""

    german: wording.Sheet
    foreign: wording.Sheet | None
    languages: list[tuple[str, str]]
    choices: dict[str, list[tuple[str, str]]]
    initial: dict[str, Any]
    arguments: dict[str, Any]


def consent_sheet(*, actor: Actor, referral: Referral, language: str) -> ConsentSheet:
    """Put the sheet together for the categories that still lack consent, in the language asked for."""
    decision = decision_of(referral)
    text = referral.route.consent if referral.route else None
    return sheet_for(
        actor=actor,
        household_id=referral.household_id,
        language=language,
        ticked=referral.finding.person_id if referral.finding else None,
        words={
            "receiver": referral.to_unit.name,
            "purpose": referral.purpose,
            "categories": missing_consents(actor, referral, decision) or decision.needs_consent,
            "texts": text.texts if text else None,
        },
        arguments={
            "unit_id": referral.from_unit_id,
            "receiver_id": referral.to_unit_id,
            "text_version": wording.text_version(text),
        },
    )


def sheet_for(
    *,
    actor: Actor,
    household_id: UUID | None,
    language: str,
    words: dict[str, Any],
    arguments: dict[str, Any],
    only: UUID | None = None,
    ticked: UUID | None = None,
) -> ConsentSheet:
    """Put a sheet together: `words` fill its text (protection.wording.sheet), `arguments` go to the command.

    Without a choice of language it is the one that the household speaks, where we have words in it. It is for the
    whole household, or for one person `only`; all are ticked beforehand, or the one whom it is about.
    """
    members = list(current_members(actor=actor).filter(household=household_id))
    known = dict(wording.languages())
    spoken = next((word for one in members for word in spoken_languages(one.person) if word in known), "")
    chosen = language if language in known else spoken or wording.GERMAN
    german = wording.sheet(wording.GERMAN, **words)
    persons = [(str(m.person_id), m.person.full_name) for m in members if only in (None, m.person_id)]
    adults = [
        (str(m.person_id), m.person.full_name) for m in members if not is_minor(m.person.birth, today())
    ]
    return ConsentSheet(
        german=german,
        foreign=wording.sheet(chosen, **words) if chosen != wording.GERMAN else None,
        languages=wording.languages(),
        choices={"categories": list(german.categories), "persons": persons, "adults": adults},
        initial={
            "language": chosen,
            "form": "written",
            "key": uuid4(),
            "person_ids": [str(ticked)] if ticked else [key for key, _name in persons],
        },
        arguments={"household_id": household_id, "purpose": words["purpose"], **arguments},
    )


def spoken_languages(person: Person) -> list[str]:
    """The language for contact, else the mother tongues."""
    mother = [row.language for row in person.languages.all() if row.level == Level.MOTHER_TONGUE]
    return [person.contact_language, *mother]
