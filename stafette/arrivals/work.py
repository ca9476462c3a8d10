"""The long steps of an import, at once or in the background: one piece per transaction, so that progress shows."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from stafette.arrivals import commands
from stafette.kernel.actor import Actor
from stafette.kernel.errors import StafetteError

AT_ONCE = 1_000_000  # bytes of a file that is read while the clerk waits (about 10,000 rows)
log = logging.getLogger(__name__)


def read_list(actor: Actor, import_id: UUID, *, mapping: Mapping[str, str] | None, sheet: str | None) -> None:
    """Stage a list; what is wrong with it is kept with the list, because nobody waits for the answer."""
    try:
        commands.stage_import(actor=actor, import_id=import_id, mapping=mapping, sheet=sheet)
    except StafetteError as error:
        commands.fail_import(actor=actor, import_id=import_id, message=error.message)


def take_over(actor: Actor, import_id: UUID) -> None:
    """Take a list over to its end; begun before and broken off, it goes on."""
    while commands.apply_rows(actor=actor, import_id=import_id):
        log.info("import %s: a piece was taken over", import_id)
    commands.finish_import(actor=actor, import_id=import_id)


def later(task: str, **ids: str) -> None:
    """Hand a step to the worker once this transaction is through."""
    from procrastinate.contrib.django import app

    with transaction.atomic():
        app.configure_task(f"stafette.arrivals.tasks.{task}", queue="imports").defer(**ids)
