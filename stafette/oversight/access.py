"""What of the oversight exists for whom."""

from django.db.models import QuerySet

from stafette.audit.models import Reading
from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.oversight.models import Breach, BreachShare, Concerned, ReadingSample


def visible_to(actor: Actor) -> QuerySet[Breach]:
    """Breaches in the units that the actor oversees or leads."""
    return rows.visible(Breach, actor)


def readings_visible_to(actor: Actor) -> QuerySet[Reading]:
    """Readings in the units whose log the actor reads."""
    return rows.visible(Reading, actor)


def samples_visible_to(actor: Actor) -> QuerySet[ReadingSample]:
    """Readings drawn for review in these units."""
    return rows.visible(ReadingSample, actor)


def shares_visible_to(actor: Actor) -> QuerySet[BreachShare]:
    """The parts of breaches that fall to the actor's units."""
    return rows.visible(BreachShare, actor)


def concerned_visible_to(actor: Actor) -> QuerySet[Concerned]:
    """Households of the actor's units that a breach concerns; never for the officer."""
    return rows.visible(Concerned, actor)
