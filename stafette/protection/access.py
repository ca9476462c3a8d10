"""Which consents and disclosures exist for whom."""

from django.db.models import QuerySet

from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.protection.models import Consent, Declaration, Disclosure


def consents_visible_to(actor: Actor) -> QuerySet[Consent]:
    """Consents that the actor's units asked for."""
    return rows.visible(Consent, actor)


def disclosures_visible_to(actor: Actor) -> QuerySet[Disclosure]:
    """What the actor's units passed on."""
    return rows.visible(Disclosure, actor)


def declarations_led_by(actor: Actor) -> QuerySet[Declaration]:
    """Commitments of the units that the actor administers."""
    return Declaration.objects.filter(unit__in=actor.units(Permission.UNIT_ADMIN)).select_related("unit")
