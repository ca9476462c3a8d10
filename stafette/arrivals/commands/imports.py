"""Take a list in, read it, lay it before a human, let them decide; nothing about people changes here."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from uuid import UUID

from stafette.arrivals import reading
from stafette.arrivals.matching import Verdict, match
from stafette.arrivals.models import ArrivalFile, ArrivalImport, ArrivalRow, ArrivalSender
from stafette.arrivals.models.imports import Decision, Outcome
from stafette.arrivals.staging import write_rows
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.web.uploads import check_upload

DECISIONS = {
    Outcome.POSSIBLE_DUPLICATE: {Decision.OPEN, Decision.SAME, Decision.DIFFERENT},
    Outcome.CHANGED: {Decision.OPEN, Decision.ACCEPT, Decision.KEEP},
}


@command
def upload_list(
    *, actor: Actor, unit: UUID, file_name: str, content: bytes, sender: str = ""
) -> ArrivalImport:
    """Keep a file until somebody has looked at it, with a proposal what its columns mean.

    A file that is no list is refused at once, with the reason. The same file may come again: its rows are known then.
    """
    actor.require(Permission.ARRIVAL_EDIT, unit=unit)
    check_upload(content)
    known = _sender(unit, sender)
    look = reading.look_at(content, remembered=known.mapping if known else None)
    upload = ArrivalImport(
        unit_id=unit,
        sender=known,
        file_name=file_name[:200],
        digest=sha256(content).hexdigest(),
        size=len(content),
        kind=look.grid.kind,
        sheet=look.grid.name,
        mapping=look.mapping,
        actor_label=actor.label,
    )
    upload.save(force_insert=True)
    ArrivalFile(unit_id=unit, source=upload, content=content).save(force_insert=True)
    record(actor, "import.uploaded", upload, unit=unit, file_kind=upload.kind, digest=upload.digest)
    return upload


@command
def remember_mapping(*, actor: Actor, unit: UUID, sender: str, mapping: Mapping[str, str]) -> ArrivalSender:
    """Keep what a clerk said about the columns of a sender; later lists of the sender are read the same way."""
    actor.require(Permission.ARRIVAL_EDIT, unit=unit)
    known = _sender(unit, sender)
    if known is None:
        raise BadInput("Bitte geben Sie an, von wem die Liste kommt.")
    known.mapping = {**known.mapping, **mapping}
    known.save(update_fields=["mapping"])
    record(actor, "sender.mapping_remembered", known, unit=unit, columns=len(mapping))
    return known


@command
def stage_import(
    *,
    actor: Actor,
    import_id: UUID,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> ArrivalImport:
    """Read a list and compare it with the unit's books; what would happen is written down, nothing happens yet.

    May be done again with other columns or another sheet: the rows are made anew.
    """
    upload = ArrivalImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    actor.require(Permission.ARRIVAL_EDIT, unit=upload.unit_id)
    upload.move("read")
    with _undisturbed():
        _stage(upload, mapping, sheet)
    upload.move("stage")
    upload.message = ""
    upload.save()
    record(actor, "import.staged", upload, unit=upload.unit_id, about=None, **_counts_of(upload))
    return upload


def _stage(upload: ArrivalImport, mapping: Mapping[str, str] | None, sheet: str | None) -> None:
    kept = ArrivalFile.objects.filter(source=upload).first()
    if kept is None:
        raise RuleBroken(
            "Die Datei dieser Liste wurde nach einem Tag gelöscht. Bitte laden Sie die Liste neu hoch."
        )
    content = bytes(kept.content)
    look = reading.look_at(content, remembered=upload.mapping, sheet=sheet or upload.sheet)
    if mapping:
        look = reading.correct(look, mapping)
    _require_names(look)
    found = reading.read(look)
    verdicts = match(upload.unit_id, found.rows, _decided(upload.unit_id))
    upload.rows.all().delete()
    good = [row for row in found.rows if not row.problem]
    groups = reading.group(good)
    write_rows(upload, found.rows, verdicts, groups)
    upload.mapping, upload.sheet, upload.left_out = look.mapping, look.grid.name, found.left_out
    _count(upload, verdicts, groups)


@command
def begin_reading(
    *, actor: Actor, import_id: UUID, mapping: Mapping[str, str], sheet: str = ""
) -> ArrivalImport:
    """Keep what the clerk said about columns and sheet, so that the worker can read the list later."""
    upload = ArrivalImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    actor.require(Permission.ARRIVAL_EDIT, unit=upload.unit_id)
    upload.move("read")
    upload.mapping, upload.sheet = dict(mapping), sheet or upload.sheet
    upload.save(update_fields=["state", "mapping", "sheet"])
    record(actor, "import.reading", upload, unit=upload.unit_id)
    return upload


@command
def fail_import(*, actor: Actor, import_id: UUID, message: str) -> ArrivalImport:
    """Say why a list could not be read or taken over in the background; it can be tried again."""
    upload = ArrivalImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    actor.require(Permission.ARRIVAL_EDIT, unit=upload.unit_id)
    if upload.can("read"):
        upload.move("read")
    upload.move("fail")
    upload.message = message[:500]
    upload.save(update_fields=["state", "message"])
    record(actor, "import.failed", upload, unit=upload.unit_id)
    return upload


@command
def discard_import(*, actor: Actor, import_id: UUID) -> ArrivalImport:
    """Throw a list away before anything came of it; file and rows go, the fact stays."""
    upload = ArrivalImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    actor.require(Permission.ARRIVAL_EDIT, unit=upload.unit_id)
    upload.move("discard")
    upload.save(update_fields=["state"])
    upload.rows.all().delete()
    ArrivalFile.objects.filter(source=upload).delete()
    record(actor, "import.discarded", upload, unit=upload.unit_id)
    return upload


@command
def decide_rows(*, actor: Actor, import_id: UUID, numbers: Sequence[int], decision: str) -> int:
    """Write down what a human says about possible duplicates or changes: same, different, accept, keep, later."""
    upload = ArrivalImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    actor.require(Permission.ARRIVAL_EDIT, unit=upload.unit_id)
    if upload.state not in (ArrivalImport.State.STAGED, ArrivalImport.State.APPLIED):
        raise RuleBroken(
            "Entscheiden können Sie, sobald die Liste gelesen ist. Bitte laden Sie die Seite neu."
        )
    fitting = [
        str(outcome) for outcome, decisions in DECISIONS.items() if decision in {str(d) for d in decisions}
    ]
    rows = ArrivalRow.objects.filter(source=upload, number__in=numbers, outcome__in=fitting, is_applied=False)
    count = rows.update(decision=decision)
    record(actor, "import.rows_decided", upload, unit=upload.unit_id, count=count, decision=decision)
    return count


def _counts_of(upload: ArrivalImport) -> dict[str, int]:
    """The figures of a list, as the command line and the log tell them."""
    return {
        "rows": upload.rows_total,
        **{str(outcome): getattr(upload, str(outcome)) for outcome in Outcome},
        "households": upload.households,
    }


def _sender(unit: UUID, name: str) -> ArrivalSender | None:
    name = " ".join(name.split())[:120]
    return ArrivalSender.objects.get_or_create(unit_id=unit, name=name)[0] if name else None


def _require_names(look: reading.Look) -> None:
    meanings = {column.meaning for column in look.columns}
    if not meanings & {reading.Field.FAMILY_NAME, reading.Field.FULL_NAME}:
        raise BadInput("Bitte sagen Sie, in welcher Spalte der Familienname steht.")


def _decided(unit: UUID) -> dict[int, UUID]:
    """Rows of earlier lists of which a clerk said whose they are."""
    rows = ArrivalRow.objects.filter(unit=unit, decision=Decision.SAME, person__isnull=False)
    return dict(rows.values_list("fingerprint", "person_id"))


def _count(upload: ArrivalImport, verdicts: Sequence[Verdict], groups: Sequence[int]) -> None:
    counts = Counter(verdict.outcome for verdict in verdicts)
    for outcome in Outcome:
        setattr(upload, str(outcome), counts[str(outcome)])
    upload.rows_total, upload.rows_done = len(verdicts), 0
    upload.households = len(set(groups))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A hundred thousand rows are a million small objects, none of them in a circle: looking for circles is vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
