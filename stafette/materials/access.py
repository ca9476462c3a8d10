"""Who may see which materials, and who acts on the command line."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from stafette.accounts.guards import COMMAND_LINE
from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.materials.models import InfoSheet, OpenQuestion, SheetVersion, WorkAid


def sheets_visible_to(actor: Actor) -> QuerySet[InfoSheet]:
    """Sheets are no secret of the house: all staff see all of them, in every state."""
    rows_ = InfoSheet.objects.select_related("keeper")
    return rows_ if actor.may(Permission.UNIT_VIEW) else rows_.none()


def versions_visible_to(actor: Actor) -> QuerySet[SheetVersion]:
    """The versions of sheets, drafts as well."""
    versions = SheetVersion.objects.select_related("sheet__keeper")
    return versions if actor.may(Permission.UNIT_VIEW) else versions.none()


def aids_visible_to(actor: Actor) -> QuerySet[WorkAid]:
    """Work aids are for staff only; without the bytes of their files, which a list never needs."""
    aids = WorkAid.objects.select_related("owner_unit").defer("content", "search")
    return aids if actor.may(Permission.UNIT_VIEW) else aids.none()


def questions_visible_to(actor: Actor) -> QuerySet[OpenQuestion]:
    """Questions of the units in which the actor counts contacts or edits materials."""
    return rows.visible(OpenQuestion, actor).select_related("unit")


def command_line(unit_id: UUID) -> Actor:
    """Whoever can log in to the server brings the starter set in, for one unit, and releases it as second person."""
    grants = {(Permission.MATERIAL_EDIT, unit_id), (Permission.MATERIAL_RELEASE, unit_id)}
    return Actor(COMMAND_LINE, "Kommandozeile", frozenset(grants))
