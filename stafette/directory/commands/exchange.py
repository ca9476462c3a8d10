"""Take entries over from a file of another program."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.directory.commands.changing import put_text
from stafette.directory.commands.entries import put_location, put_organization, put_service
from stafette.directory.exchange.plan import Line, Plan, taken_texts
from stafette.directory.exchange.texts import is_released, words_of
from stafette.directory.models import ServiceText
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission

PUT: dict[str, Any] = {
    "organization": put_organization,
    "location": put_location,
    "service": put_service,
}


@command
def take_plan(*, actor: Actor, unit_id: UUID, plan: Plan, form: str, origin: str = "") -> dict[str, int]:
    """Write the new and changed entries of a plan, all or none; faulty and equal ones are left out.

    `form` is the format (hsds, xzufi), `origin` who the file is from: it stays at entries that name none themselves.
    Return how many of each kind were written.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    written: Counter[str] = Counter()
    for line in plan.to_write:
        _put(actor, unit_id, line, origin)
        written[line.entry.kind] += 1
    record(actor, "directory.taken_over", unit, unit=unit_id, form=form, counts=dict(written))
    return dict(written)


def _put(actor: Actor, unit_id: UUID, line: Line, origin: str) -> None:
    data = line.data
    if origin and not data.origin:
        data = replace(data, origin=origin[:200], origin_id=(data.origin_id or str(data.id or ""))[:200])
    try:
        row = PUT[line.entry.kind](actor=actor, unit_id=unit_id, data=data, source="import")
        for text in taken_texts(line.entry):
            words, documents = words_of(text)
            state = ServiceText.State.APPROVED if is_released(text) else ServiceText.State.DRAFT
            put_text(
                actor=actor,
                unit_id=unit_id,
                service_id=row.pk,
                language=text["language"],
                words=words,
                documents=documents,
                state=state,
            )
    except BadInput as error:
        raise BadInput(
            _("{kind} „{name}“: {says} Es wurde nichts übernommen.").format(
                kind=line.kind, name=line.entry.name, says=error.message
            )
        ) from error
