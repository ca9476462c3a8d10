"""The consent sheet of a question: whom to ask for what; the partner's name stands in it."""

from __future__ import annotations

from stafette.kernel.actor import Actor
from stafette.partners.basis import decision_of, missing_consents, outsider_of
from stafette.partners.models import PartnerRequest
from stafette.protection import wording
from stafette.referrals.consenting import ConsentSheet, sheet_for


def consent_sheet(*, actor: Actor, request: PartnerRequest, language: str) -> ConsentSheet:
    """Put the sheet together for the categories that still lack consent, in the language asked for."""
    decision = decision_of(request)
    wanted = decision.needs_consent & set(request.categories)
    return sheet_for(
        actor=actor,
        household_id=request.household_id,
        language=language,
        only=request.person_id,
        words={
            "receiver": request.partner.name,
            "purpose": request.purpose,
            "categories": missing_consents(actor, request, decision) or wanted,
        },
        arguments={
            "unit_id": request.unit_id,
            "outsider": outsider_of(request.partner),
            "text_version": wording.text_version(),
        },
    )
