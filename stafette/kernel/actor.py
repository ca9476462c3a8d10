"""Who acts, and what they were granted where."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission


@dataclass(frozen=True)
class Actor:
    """Who acts, built once per request: `grants` pairs a permission with the unit in which it holds."""

    id: UUID
    label: str
    grants: frozenset[tuple[Permission, UUID]] = frozenset()

    @cached_property
    def by_permission(self) -> dict[Permission, frozenset[UUID]]:
        """Units per permission, worked out once because every row check asks for it."""
        found: dict[Permission, set[UUID]] = {}
        for permission, unit in self.grants:
            found.setdefault(permission, set()).add(unit)
        return {permission: frozenset(units) for permission, units in found.items()}

    def units(self, permission: Permission) -> frozenset[UUID]:
        """Return the units in which the actor holds the permission."""
        return self.by_permission.get(permission, frozenset())

    def may(self, permission: Permission, *, unit: UUID | None = None) -> bool:
        """Tell whether the permission is held in that unit, or in any unit when none is named."""
        units = self.units(permission)
        return bool(units) if unit is None else unit in units

    def require(self, permission: Permission, *, unit: UUID) -> None:
        """Raise NotAllowed unless the permission is held in that unit."""
        if not self.may(permission, unit=unit):
            raise NotAllowed(f"Dafür fehlt Ihnen in dieser Stelle die Berechtigung: {permission.sentence}")

    def with_grants(self, *grants: tuple[Permission, UUID]) -> "Actor":
        """Return the same actor with more grants: for reactions that act for another unit, never for requests."""
        return Actor(id=self.id, label=self.label, grants=self.grants | frozenset(grants))


PROGRAM_ID = UUID("00000000-0000-7000-8000-000000000001")
NOBODY = Actor(id=UUID(int=0), label="niemand")
