"""What of this room exists for whom: the rows of the units in which the actor may see arrivals."""

from django.db.models import QuerySet

from stafette.arrivals.models import (
    Arrival,
    ArrivalFile,
    ArrivalImport,
    ArrivalRow,
    ArrivalSender,
    ContactAttempt,
    Invitation,
)
from stafette.kernel import rows
from stafette.kernel.actor import Actor


def visible_to(actor: Actor) -> QuerySet[Arrival]:
    """Arrivals in the books of the actor's units."""
    return rows.visible(Arrival, actor)


def imports_visible_to(actor: Actor) -> QuerySet[ArrivalImport]:
    """Lists that came to the actor's units."""
    return rows.visible(ArrivalImport, actor)


def rows_visible_to(actor: Actor) -> QuerySet[ArrivalRow]:
    """Rows of these lists."""
    return rows.visible(ArrivalRow, actor)


def files_visible_to(actor: Actor) -> QuerySet[ArrivalFile]:
    """Files of lists that still wait."""
    return rows.visible(ArrivalFile, actor)


def senders_visible_to(actor: Actor) -> QuerySet[ArrivalSender]:
    """Offices that send lists to the actor's units."""
    return rows.visible(ArrivalSender, actor)


def attempts_visible_to(actor: Actor) -> QuerySet[ContactAttempt]:
    """Tries to reach these households."""
    return rows.visible(ContactAttempt, actor)


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    """Invitations of these households."""
    return rows.visible(Invitation, actor)
