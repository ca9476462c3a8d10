"""The consent sheet of a draft: whom to ask for what, in which words; the partner's name stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.partners.basis import decision_of, missing_consents, outsider_of
from stafette.partners.models import PartnerRequest
from stafette.people.queries import current_members
from stafette.protection import wording
from stafette.referrals.consenting import is_minor, spoken_languages


@dataclass(frozen=True)
class ConsentSheet:
    """What the page shows and what the command needs besides the form."""

    request_id: UUID
    german: wording.Sheet
    foreign: wording.Sheet | None
    languages: list[tuple[str, str]]
    choices: dict[str, list[tuple[str, str]]]
    initial: dict[str, Any]
    arguments: dict[str, Any]


def consent_sheet(*, actor: Actor, request: PartnerRequest, language: str) -> ConsentSheet:
    """Put the sheet together for the categories that still lack consent, in the language asked for."""
    decision = decision_of(request)
    wanted = decision.needs_consent & set(request.categories)
    missing = missing_consents(actor, request, decision) or wanted
    members = list(current_members(actor=actor).filter(household=request.household_id))
    known = dict(wording.languages())
    spoken = next((word for one in members for word in spoken_languages(one.person) if word in known), "")
    chosen = language if language in known else spoken or wording.GERMAN
    facts: dict[str, Any] = {
        "receiver": request.partner.name,
        "purpose": request.purpose,
        "categories": missing,
    }
    german = wording.sheet(wording.GERMAN, **facts)
    about = [one for one in members if request.person_id in (None, one.person_id)]
    persons = [(str(one.person_id), one.person.full_name) for one in about]
    adults = [(str(one.person_id), one.person.full_name) for one in members if not is_minor(one.person.birth)]
    return ConsentSheet(
        request_id=request.pk,
        german=german,
        foreign=wording.sheet(chosen, **facts) if chosen != wording.GERMAN else None,
        languages=wording.languages(),
        choices={"categories": list(german.categories), "persons": persons, "adults": adults},
        initial={"language": chosen, "form": "written", "person_ids": [key for key, _name in persons]},
        arguments={
            "unit_id": request.unit_id,
            "household_id": cast(UUID, request.household_id),
            "outsider": outsider_of(request.partner),
            "purpose": request.purpose,
            "text_version": wording.text_version(),
        },
    )
