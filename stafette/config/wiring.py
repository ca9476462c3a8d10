"""Event → reaction, and what stands in the navigation: all on one page. Nobody else calls react() or register()."""

from django.utils.translation import gettext_lazy as _

from stafette.arrivals import reactions as arrival_reactions
from stafette.arrivals.queries.known import known_facts
from stafette.audit.record import react
from stafette.intake.known import register_known
from stafette.kernel.permissions import Permission
from stafette.referrals import reactions as referral_reactions
from stafette.web import navigation


def connect() -> None:
    """Tie the rooms together; called once when all apps are loaded."""
    react("consent.withdrawn", referral_reactions.consent_withdrawn)
    react("interview.finished", arrival_reactions.talk_was_held)
    register_known(known_facts)
    _navigation()


def _navigation() -> None:
    """What stands in the head of each page, by what one may do. The first entry is one's start page."""
    navigation.register(_("Personen"), "people:list", permission=Permission.PERSON_VIEW, order=10)
    navigation.register_search("people:search", permission=Permission.PERSON_VIEW)
    navigation.register(_("Zuzüge"), "arrivals:index", permission=Permission.ARRIVAL_VIEW, order=20)
    navigation.register(_("Gespräche"), "intake:list", permission=Permission.INTERVIEW_VIEW, order=30)
    navigation.register(_("Kurzkontakt"), "intake:contact", permission=Permission.CONTACT_COUNT, order=40)
    navigation.register(_("Protokoll"), "oversight:events", permission=Permission.EVENT_VIEW, order=80)
