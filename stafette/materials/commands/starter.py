"""The starter set: sheets that a newcomer needs anywhere in Germany, brought in from files."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.materials.commands.sheets import put_folder
from stafette.materials.data import StarterFolder, StarterSheet, StarterText
from stafette.materials.models import Folder, InfoSheet, SheetVersion
from stafette.web.sheets import GERMAN

STARTER_ID = UUID(int=2)  # who wrote the texts that come with the program
STARTER_LABEL = "mitgelieferter Text"


@command
def load_starter(
    *, actor: Actor, unit_id: UUID, sheets: Sequence[StarterSheet], folders: Sequence[StarterFolder] = ()
) -> int:
    """Bring in sheets and languages that are not there yet, published; return how many texts were new.

    What a town has written itself is never touched: a language of which there is any version stays as it is. The
    actor answers for the texts as the second person; translations keep their mark until a speaker checked them.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    actor.require(Permission.MATERIAL_EDIT, unit=unit_id)
    actor.require(Permission.MATERIAL_RELEASE, unit=unit_id)
    new = sum(_load(actor, unit, starter) for starter in sheets)
    for folder in folders:
        if not Folder.objects.filter(code=folder.code).exists():
            put_folder(
                actor=actor, unit_id=unit_id, code=folder.code, titles=folder.titles, sheets=folder.sheets
            )
    record(actor, "info_sheets.loaded", unit, unit=unit_id, texts=new)
    return new


def _load(actor: Actor, unit: Unit, starter: StarterSheet) -> int:
    sheet, _is_new = InfoSheet.objects.get_or_create(
        code=starter.code,
        defaults={
            "keeper": unit,
            "kind": starter.kind,
            "position": starter.position,
            "topics": list(starter.topics),
            "target_groups": list(starter.target_groups),
            "statuses": list(starter.statuses),
            "is_public": starter.is_public,
            "assured_on": today(),
        },
    )
    there = set(sheet.versions.values_list("language", flat=True))
    texts = sorted(starter.texts, key=lambda one: one.language != GERMAN)
    made = [_version(actor, sheet, text) for text in texts if text.language not in there]
    return len(made)


def _version(actor: Actor, sheet: InfoSheet, text: StarterText) -> SheetVersion:
    german = sheet.versions.filter(language=GERMAN, state=SheetVersion.State.PUBLISHED).first()
    version = SheetVersion(
        sheet=sheet,
        language=text.language,
        number=1,
        made_for=None if text.language == GERMAN else german,
        is_reviewed=text.is_reviewed,
    )
    version.write(title=text.title, body=text.body, by_id=STARTER_ID, by_label=STARTER_LABEL)
    version.move("submit")
    version.release(by_id=actor.id, by_label=actor.label, on=today())
    if text.language == GERMAN or german is not None:
        version.publish(on=today())
    version.save(force_insert=True)
    return version
