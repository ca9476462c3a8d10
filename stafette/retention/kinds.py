"""The Datenobjekte of DIN 66398: every model says when its rows go, here it is only gathered.

Rows that go with another one (With) are no kind of their own. The log is one, but is cut from its beginning
(commands/log.py) instead of row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.keeping import Asked, From, Starts
from stafette.kernel.rows import owners_of, visible
from stafette.retention.words import kind_word

LOG = "audit.Event"
UNANNOUNCED = {"L0", "L14", "L16"}  # logs, mails and raw files are nothing that a unit could still need
QUIET = {
    "referrals.Notice",
    "retention.Announcement",
    "retention.Hold",
    "retention.PurgeFigure",
}  # made by the program
TRACES = {"retention.Tombstone"}  # kept and forgotten by the deletion itself


@dataclass(frozen=True)
class Kind:
    """One kind of records that have a period of their own."""

    model: type[models.Model]
    rule: str
    starts: Starts

    @property
    def label(self) -> str:
        """How tables and tombstones name it."""
        return self.model._meta.label

    @property
    def word(self) -> str:
        """How pages name it."""
        return kind_word(self.label)

    @property
    def is_announced(self) -> bool:
        """Tell whether the unit is told before."""
        return self.rule not in UNANNOUNCED and self.label not in QUIET and self.owner is not None

    @property
    def owner(self) -> str | None:
        """The column of the unit in whose books a row stands; None where no unit owns it."""
        return owner_column(self.model)

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """Return the rows that the actor sees."""
        return visible(self.model, actor) if owners_of(self.model) else self.model._default_manager.all()


def owner_column(model: type[models.Model]) -> str | None:
    """Return the column of the unit in whose books rows of a model begin."""
    for owner in owners_of(model):
        if owner.begins and not owner.once:
            field = model._meta.get_field(owner.column)
            assert isinstance(field, models.Field)
            return field.column
    return None


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind, in the order of the apps and their models."""
    found = []
    for model in apps.get_models():
        starts = getattr(getattr(model, "Privacy", None), "starts", None)
        if isinstance(starts, From | Asked) and model._meta.label not in TRACES | {LOG}:
            found.append(Kind(model, model.Privacy.retention, starts))  # type: ignore[attr-defined]
    return tuple(found)


def kind_of(label: str) -> Kind:
    """Return the kind of that label; LookupError where there is none."""
    for kind in kinds():
        if kind.label == label:
            return kind
    raise LookupError(label)


def kind_choices() -> list[tuple[str, str]]:
    """Kinds to choose from in a filter."""
    named = sorted(
        ((kind.label, kind.word) for kind in kinds() if kind.is_announced), key=lambda pair: pair[1]
    )
    return [("", _("alle")), *named]
