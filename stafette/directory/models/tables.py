"""A table of services on its way in: read, looked at by a human being, taken over."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from stafette.directory.models.providers import CATALOGUE
from stafette.kernel.models import Stateful


class TableImport(Stateful):
    """What a table would change; nothing is written before somebody says so.

    `rows` holds one object per line of the table (stafette/directory/tables/plan.py) and is emptied once it is decided.
    """

    class State(models.TextChoices):
        READ = "read", _("zu prüfen")
        RUNNING = "running", _("wird übernommen")
        TAKEN = "taken", _("übernommen")
        DROPPED = "dropped", _("verworfen")

    MOVES: ClassVar = {
        "begin": ({State.READ}, State.RUNNING),
        "take": ({State.READ, State.RUNNING}, State.TAKEN),
        "drop": ({State.READ}, State.DROPPED),
    }
    NAMES: ClassVar = {"begin": _("Übernehmen"), "take": _("Übernehmen"), "drop": _("Verwerfen")}

    state = models.CharField(max_length=7, choices=State.choices, default=State.READ)
    rows = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    unused = models.JSONField(default=list)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    equal = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-made_at", "id"]

    class Privacy:
        purpose = "Tabellen mit Angeboten vor der Übernahme"
        owners = ()
        plain = {
            *("id", "created_at", "state", "rows", "columns", "unused", "new", "changed", "equal", "faulty"),
            *("done", "made_at", "made_by"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE
