"""Health data move only on a consent in writing or in electronic form (§ 67b(2) SGB X, Art. 9 GDPR)."""

from __future__ import annotations

from uuid import UUID

from stafette.protection.models import Consent, ConsentPerson
from stafette.protection.queries.consents import Coverage


def in_writing(found: Coverage) -> Coverage:
    """Leave out of a coverage what was only said."""
    consents = tuple(one for one in found.consents if one.form != Consent.Form.SPOKEN)
    covered: dict[UUID, frozenset[str]] = {}
    for consent in consents:
        for row in consent.people.all():
            if row.part == ConsentPerson.Part.SUBJECT:
                before = covered.get(row.person_id, frozenset())
                covered[row.person_id] = before | frozenset(consent.categories)
    return Coverage(covered, consents)
