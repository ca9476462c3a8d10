"""Contested facts, in words for the pages that show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.scope import current
from stafette.rights.access import disputes_visible_to
from stafette.rights.fields import word
from stafette.rights.models import DisputedField


def disputed_of(*, actor: Actor, person_ids: Collection[UUID]) -> Mapping[UUID, dict[str, tuple[str, str]]]:
    """Per person the contested facts, each with its word and what stands beside it: „bestritten seit …“."""
    found: dict[UUID, dict[str, tuple[str, str]]] = {}
    rows = disputes_visible_to(actor).filter(person__in=person_ids, until_on=None)
    for person, field, since in rows.values_list("person_id", "field", "since_on"):
        said = _("bestritten seit {day}").format(day=f"{since:%d.%m.%Y}")
        found.setdefault(person, {})[field] = (word(field), said)
    return found


def marks_of(*, actor: Actor, person_id: UUID) -> list[tuple[DisputedField, str]]:
    """The marks themselves, each with the word for its fact, for those who may end them."""
    rows = disputes_visible_to(actor).filter(person=person_id, until_on=None)
    return [(row, word(row.field)) for row in rows.order_by("since_on", "field")]


def disputed_marks(ids: Collection[UUID]) -> Mapping[UUID, dict[str, tuple[str, str]]]:
    """The same for whoever acts now: the mark that people's page and envelopes ask for."""
    return disputed_of(actor=current(), person_ids=ids)
