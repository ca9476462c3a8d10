"""Questions of the upkeep: the directory is a catalogue without people, open to all who advise."""

from uuid import UUID

from stafette.directory.data import ServiceData
from stafette.directory.queries import whole_services
from stafette.directory.reading import service_data


def whole_entry(service_id: UUID) -> ServiceData:
    """A service with everything that hangs on it."""
    return service_data(whole_services().get(pk=service_id))
