"""In whose books the upkeep of an organisation's entries stands."""

from uuid import UUID

from stafette.accounts.queries import home_unit
from stafette.directory.models import Organization


def books_of(organization: Organization) -> UUID:
    """The unit that keeps the entry, or else the one that runs the installation."""
    return organization.keeper_id or home_unit()
