"""Locking a consent for a step."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.errors import NotAllowed
from stafette.protection.models import Consent


def locked(consent_id: UUID) -> Consent:
    """Lock a consent, so that two people never end it at once; NotAllowed where there is none to change."""
    consent = Consent.objects.select_for_update(of=("self",)).filter(pk=consent_id).first()
    if consent is None:
        raise NotAllowed(_("Diese Einwilligung dürfen Sie nicht bearbeiten, oder es gibt sie nicht."))
    return consent
