"""Event → reaction, and what stands in the navigation: all on one page. Nobody else calls react() or register()."""

from django.utils.translation import gettext_lazy as _

from stafette.audit.record import react
from stafette.kernel.permissions import Permission
from stafette.referrals import reactions as referral_reactions
from stafette.web import navigation


def connect() -> None:
    """Tie the rooms together; called once when all apps are loaded."""
    react("consent.withdrawn", referral_reactions.consent_withdrawn)
    _navigation()


def _navigation() -> None:
    """What stands in the head of each page, by what one may do. The first entry is one's start page."""
    navigation.register(_("Protokoll"), "audit:events", permission=Permission.EVENT_VIEW, order=80)
