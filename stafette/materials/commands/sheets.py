"""Sheets and folders themselves: what they are about, for whom, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.materials.models import Folder, FolderSheet, InfoSheet

RESERVED = {"neu", "mappen", "arbeitshilfen", "fragen"}  # addresses of this room


@dataclass(frozen=True)
class SheetData:
    """What a sheet is about and for whom; nothing named means for everybody. `confirm_days` None: as it was."""

    kind: str
    topics: Sequence[str] = ()
    target_groups: Sequence[str] = ()
    statuses: Sequence[int] = ()
    is_public: bool = True
    position: int = 100
    confirm_days: int | None = None


@command
def create_sheet(*, actor: Actor, unit_id: UUID, code: str, data: SheetData) -> InfoSheet:
    """Begin a sheet; its words come with its first version. The unit that begins it keeps it."""
    taken = InfoSheet.objects.select_for_update().filter(code=code).exists()
    actor.require(Permission.MATERIAL_EDIT, unit=unit_id)
    if taken or code in RESERVED or Folder.objects.filter(code=code).exists():
        raise BadInput(_("Dieses Kürzel ist schon vergeben. Bitte wählen Sie ein anderes."))
    sheet = InfoSheet(code=code, keeper_id=unit_id)
    _fill(sheet, data)
    sheet.save(force_insert=True)
    record(actor, "info_sheet.created", sheet, unit=unit_id, code=code)
    return sheet


@command
def change_sheet(*, actor: Actor, sheet_id: UUID, data: SheetData) -> InfoSheet:
    """Change what a sheet is about; its code stays, because talks and counts name it."""
    sheet = InfoSheet.objects.select_for_update(of=("self",)).get(pk=sheet_id)
    actor.require(Permission.MATERIAL_EDIT, unit=sheet.keeper_id)
    _fill(sheet, data)
    sheet.save()
    record(actor, "info_sheet.changed", sheet, unit=sheet.keeper_id, code=sheet.code)
    return sheet


@command
def assure_sheet(*, actor: Actor, sheet_id: UUID) -> InfoSheet:
    """Note that somebody looked and the text still holds."""
    sheet = InfoSheet.objects.select_for_update(of=("self",)).get(pk=sheet_id)
    actor.require(Permission.MATERIAL_EDIT, unit=sheet.keeper_id)
    sheet.assured_on = today()
    sheet.save(update_fields=["assured_on"])
    record(actor, "info_sheet.assured", sheet, unit=sheet.keeper_id, code=sheet.code)
    return sheet


@command
def put_folder(
    *, actor: Actor, unit_id: UUID, code: str, titles: Mapping[str, str], sheets: Sequence[str]
) -> Folder:
    """Write a folder, new or in place of what it held: names by language and sheets in their order."""
    folder = Folder.objects.select_for_update().filter(code=code).first()
    folder = folder or Folder(code=code, keeper_id=unit_id)
    actor.require(Permission.MATERIAL_EDIT, unit=folder.keeper_id)
    if not titles.get("de", "").strip():
        raise BadInput(_("Eine Mappe braucht einen deutschen Namen."))
    known = {sheet.code: sheet for sheet in InfoSheet.objects.filter(code__in=sheets)}
    missing = [one for one in sheets if one not in known]
    if missing:
        raise BadInput(_("Dieses Infoblatt gibt es nicht: {codes}.").format(codes=", ".join(missing)))
    folder.titles = {language: title.strip() for language, title in titles.items() if title.strip()}
    folder.save()
    folder.places.all().delete()
    FolderSheet.objects.bulk_create(
        FolderSheet(folder=folder, sheet=known[one], position=place)
        for place, one in enumerate(dict.fromkeys(sheets), start=1)
    )
    record(actor, "folder.saved", folder, unit=folder.keeper_id, code=code, sheets=len(sheets))
    return folder


def _fill(sheet: InfoSheet, data: SheetData) -> None:
    sheet.kind, sheet.is_public, sheet.position = data.kind, data.is_public, data.position
    sheet.topics, sheet.target_groups = list(data.topics), list(data.target_groups)
    sheet.statuses = list(data.statuses)
    if data.confirm_days:
        sheet.confirm_days = data.confirm_days
