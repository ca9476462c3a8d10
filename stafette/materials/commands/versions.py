"""The life of a sheet's text: written, checked by a second person, published, outdated by a newer German one."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.materials.models import SHOWN, WORKING, InfoSheet, SheetVersion
from stafette.materials.notation import blocks_of
from stafette.web.sheets import GERMAN, LANGUAGES

State = SheetVersion.State


@command
def write_version(
    *, actor: Actor, sheet_id: UUID, language: str, title: str, body: str, is_reviewed: bool = False
) -> SheetVersion:
    """Save a draft: the one that is being worked on, or the next version.

    Nothing that people see changes. A translation is noted as made for the German text of this moment.
    """
    sheet = InfoSheet.objects.select_for_update(of=("self",)).get(pk=sheet_id)
    actor.require(Permission.MATERIAL_EDIT, unit=sheet.keeper_id)
    if language not in LANGUAGES:
        raise BadInput(_("In dieser Sprache gibt es keine Infoblätter."))
    if not title.strip() or not body.strip():
        raise BadInput(_("Ein Infoblatt braucht Titel und Text."))
    blocks_of(body)
    version = sheet.versions.filter(language=language, state__in=WORKING).first() or _next(sheet, language)
    version.write(title=title.strip(), body=body.strip(), by_id=actor.id, by_label=actor.label)
    version.is_reviewed = is_reviewed and language != GERMAN
    version.made_for = None if language == GERMAN else _shown(sheet, GERMAN)
    version.save()
    record(actor, "info_sheet.written", sheet, unit=sheet.keeper_id, language=language, number=version.number)
    return version


@command
def submit_version(*, actor: Actor, version_id: UUID) -> SheetVersion:
    """Say that a text is ready for a second person."""
    version = _locked(version_id)
    actor.require(Permission.MATERIAL_EDIT, unit=version.sheet.keeper_id)
    version.move("submit")
    version.save(update_fields=["state", "changed_at"])
    _record(actor, "info_sheet.submitted", version)
    return version


@command
def return_version(*, actor: Actor, version_id: UUID) -> SheetVersion:
    """Open a text for changes again, by whoever writes or whoever checks."""
    version = _locked(version_id)
    unit = version.sheet.keeper_id
    if not actor.may(Permission.MATERIAL_RELEASE, unit=unit):
        actor.require(Permission.MATERIAL_EDIT, unit=unit)
    version.send_back()
    version.save()
    _record(actor, "info_sheet.returned", version)
    return version


@command
def release_version(*, actor: Actor, version_id: UUID, is_reviewed: bool | None = None) -> SheetVersion:
    """Answer for a text that somebody else wrote (four eyes); `is_reviewed` says that a speaker checked it."""
    version = _locked(version_id)
    actor.require(Permission.MATERIAL_RELEASE, unit=version.sheet.keeper_id)
    version.release(by_id=actor.id, by_label=actor.label, on=today())
    if is_reviewed is not None and version.language != GERMAN:
        version.is_reviewed = is_reviewed
    version.save()
    _record(actor, "info_sheet.released", version)
    return version


@command
def publish_version(*, actor: Actor, version_id: UUID) -> SheetVersion:
    """Show a released text to people in place of the one before.

    A new German text marks the other languages outdated: they stay visible with a mark until they are renewed. A
    translation of an older German text is marked at once.
    """
    version = _locked(version_id)
    sheet = InfoSheet.objects.select_for_update(of=("self",)).get(pk=version.sheet_id)
    actor.require(Permission.MATERIAL_EDIT, unit=sheet.keeper_id)
    german = _shown(sheet, GERMAN)
    if version.language != GERMAN and german is None:
        raise RuleBroken(_("Veröffentlichen Sie zuerst den deutschen Text: Ihm folgen die Übersetzungen."))
    version.publish(on=today())
    for older in sheet.versions.filter(language=version.language, state__in=SHOWN):
        older.end("replace", on=today())
        older.save(update_fields=["state", "ended_on", "changed_at"])
    if version.language == GERMAN:
        _outdate_translations(sheet)
        sheet.assured_on = today()
        sheet.save(update_fields=["assured_on"])
    elif german is not None and version.made_for_id != german.pk:
        version.move("outdate")
    version.save()
    _record(actor, "info_sheet.published", version)
    return version


@command
def keep_translation(*, actor: Actor, version_id: UUID) -> SheetVersion:
    """Say that a translation still says what the newer German text says; a second look, so a release."""
    version = _locked(version_id)
    sheet = version.sheet
    actor.require(Permission.MATERIAL_RELEASE, unit=sheet.keeper_id)
    version.move("keep")
    version.made_for = _shown(sheet, GERMAN)
    version.save(update_fields=["state", "made_for", "changed_at"])
    _record(actor, "info_sheet.kept", version)
    return version


@command
def mark_reviewed(*, actor: Actor, version_id: UUID) -> SheetVersion:
    """Note that somebody who speaks the language has checked the translation that is shown."""
    version = _locked(version_id)
    actor.require(Permission.MATERIAL_RELEASE, unit=version.sheet.keeper_id)
    if version.language == GERMAN or not version.is_shown:
        raise RuleBroken(_("Nur eine veröffentlichte Übersetzung lässt sich als geprüft vermerken."))
    version.is_reviewed = True
    version.save(update_fields=["is_reviewed", "changed_at"])
    _record(actor, "info_sheet.reviewed", version)
    return version


@command
def withdraw_version(*, actor: Actor, version_id: UUID) -> SheetVersion:
    """Take a text off. With the German text that people see, its translations go too: nothing answers for them."""
    version = _locked(version_id)
    sheet = version.sheet
    if version.is_shown:
        actor.require(Permission.MATERIAL_RELEASE, unit=sheet.keeper_id)
    else:
        actor.require(Permission.MATERIAL_EDIT, unit=sheet.keeper_id)
    gone = [version]
    if version.language == GERMAN and version.is_shown:
        gone += sheet.versions.filter(state__in=SHOWN).exclude(pk=version.pk)
    for one in gone:
        one.end("withdraw", on=today())
        one.save(update_fields=["state", "ended_on", "changed_at"])
        _record(actor, "info_sheet.withdrawn", one)
    return version


def _locked(version_id: UUID) -> SheetVersion:
    rows = SheetVersion.objects.select_for_update(of=("self",)).select_related("sheet")
    return rows.get(pk=version_id)


def _shown(sheet: InfoSheet, language: str) -> SheetVersion | None:
    return sheet.versions.filter(language=language, state__in=SHOWN).first()


def _next(sheet: InfoSheet, language: str) -> SheetVersion:
    last = sheet.versions.filter(language=language).aggregate(last=Max("number"))["last"] or 0
    return SheetVersion(sheet=sheet, language=language, number=last + 1)


def _outdate_translations(sheet: InfoSheet) -> None:
    for translation in sheet.versions.filter(state=State.PUBLISHED).exclude(language=GERMAN):
        translation.move("outdate")
        translation.save(update_fields=["state", "changed_at"])


def _record(actor: Actor, kind: str, version: SheetVersion) -> None:
    record(
        actor,
        kind,
        version.sheet,
        unit=version.sheet.keeper_id,
        language=version.language,
        number=version.number,
    )
