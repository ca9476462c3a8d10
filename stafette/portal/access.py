"""Who sees what readers said, and in whose name the pages take it in."""

from django.db.models import QuerySet

from stafette.accounts.queries import home_unit
from stafette.kernel.actor import PROGRAM_ID, Actor
from stafette.kernel.permissions import Permission
from stafette.portal.models import PageRemark


def remarks_visible_to(actor: Actor) -> QuerySet[PageRemark]:
    """All remarks, for those who keep the directory."""
    rows = PageRemark.objects.all()
    return rows if actor.may(Permission.DIRECTORY_EDIT) else rows.none()


def public_actor() -> Actor:
    """The program itself, in the books of the unit that runs the installation: readers have no account."""
    grants = frozenset({(Permission.DIRECTORY_EDIT, home_unit())})
    return Actor(id=PROGRAM_ID, label="Stafette (öffentliche Seiten)", grants=grants)
