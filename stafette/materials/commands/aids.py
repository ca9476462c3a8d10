"""Work aids: put in, changed, taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.materials.models import AidKind, TextBy, WorkAid
from stafette.materials.scanning import Scan

LONGEST_TEXT = 200_000  # characters; the search index takes one megabyte


@dataclass(frozen=True)
class AidData:
    """What is known about a work aid besides its file; `text` is what somebody typed, empty to take the file's."""

    title: str
    kind: str
    dated_on: date
    summary: str = ""
    topics: Sequence[str] = ()
    target_groups: Sequence[str] = ()
    language: str = "de"
    valid_until: date | None = None
    owner_function: str = ""
    url: str = ""
    text: str = ""


@command
def add_aid(*, actor: Actor, unit_id: UUID, data: AidData, file: Scan | None = None) -> WorkAid:
    """Put a work aid in; its owner is the unit of whoever does it, because somebody must answer for it.

    The file was read before (scanning.py): nothing is locked while a program looks at pictures.
    """
    Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    actor.require(Permission.MATERIAL_EDIT, unit=unit_id)
    aid = WorkAid(owner_unit_id=unit_id)
    _fill(aid, data, file)
    aid.save(force_insert=True)
    record(actor, "work_aid.added", aid, unit=unit_id, size=aid.size)
    return aid


@command
def change_aid(*, actor: Actor, aid_id: UUID, data: AidData, file: Scan | None = None) -> WorkAid:
    """Change what is known about a work aid; without a new file the old one stays."""
    aid = WorkAid.objects.select_for_update(of=("self",)).get(pk=aid_id)
    actor.require(Permission.MATERIAL_EDIT, unit=aid.owner_unit_id)
    _fill(aid, data, file)
    aid.save()
    record(actor, "work_aid.changed", aid, unit=aid.owner_unit_id, size=aid.size)
    return aid


@command
def withdraw_aid(*, actor: Actor, aid_id: UUID) -> WorkAid:
    """Take a work aid off: nobody finds it any more, its row stays for the log."""
    aid = WorkAid.objects.select_for_update(of=("self",)).get(pk=aid_id)
    actor.require(Permission.MATERIAL_EDIT, unit=aid.owner_unit_id)
    aid.withdrawn_on = today()
    aid.save(update_fields=["withdrawn_on", "changed_at"])
    record(actor, "work_aid.withdrawn", aid, unit=aid.owner_unit_id)
    return aid


def _fill(aid: WorkAid, data: AidData, found: Scan | None) -> None:
    for name in ("title", "kind", "dated_on", "summary", "language", "valid_until", "owner_function", "url"):
        setattr(aid, name, getattr(data, name))
    aid.topics, aid.target_groups = list(data.topics), list(data.target_groups)
    if data.kind == AidKind.LINK and not data.url:
        raise BadInput(_("Ein Link braucht seine Adresse."))
    if data.valid_until and data.valid_until < data.dated_on:
        raise BadInput(_("Das Ende liegt vor dem Datum des Blatts. Bitte prüfen Sie die Daten."))
    typed = data.text.strip()[:LONGEST_TEXT]
    if found is not None:
        aid.content, aid.mime, aid.size = found.content, found.mime, len(found.content)
        aid.text, aid.text_by = found.text[:LONGEST_TEXT], found.text_by
    if typed and typed != aid.text.strip():
        aid.text, aid.text_by = typed, TextBy.HAND
    elif not typed and found is None:
        aid.text, aid.text_by = "", TextBy.NONE
