"""The difference between a file and what runs, entry by entry."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.accounts.models import Unit
from stafette.accounts.queries import caseworkers_of
from stafette.blueprints.schema.plan import Blueprint
from stafette.blueprints.tables import TABLES, Leaving, Row, Table
from stafette.kernel.clock import today
from stafette.partners.queries import objection_to

ACTIONS = {
    "added": gettext_lazy("neu"),
    "changed": gettext_lazy("geändert"),
    "ended": gettext_lazy("endet"),
    "kept": gettext_lazy("unverändert"),
}


@dataclass(frozen=True)
class Change:
    """What happens to one entry; `blocked` says why it must not happen."""

    table: Table
    key: str
    label: str
    action: str
    wanted: Row
    fields: tuple[tuple[str, Any, Any], ...] = ()
    blocked: str = ""

    @property
    def title(self) -> str:
        """Name the entry as people do: Weg „grundschulplatz/clearing“."""
        return f"{self.table.title} „{self.label}“"

    @property
    def word(self) -> str:
        """Say what happens."""
        return str(ACTIONS[self.action])

    @property
    def lines(self) -> list[str]:
        """Say field by field what changes."""
        return [f"{name}: {shown(old)} → {shown(new)}" for name, old, new in self.fields]


def shown(value: Any) -> str:
    """Write a value as one line."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return " · ".join(f"{key}: {text}" for key, text in value.items())
    return str(value)


def compare(blueprint: Blueprint) -> list[Change]:
    """Return what the blueprint would change, in the order in which it is written; reads only."""
    return [
        change
        for table in TABLES
        for change in _compare_table(table, table.wanted(blueprint), table.running())
    ]


def _compare_table(table: Table, wanted: dict[str, Row], running: dict[str, Row]) -> Iterator[Change]:
    for key, row in wanted.items():
        label = table.labels(key, row)
        if key not in running:
            yield Change(table, key, label, "added", row)
            continue
        fields = tuple(
            (name, running[key].get(name), new) for name, new in row.items() if running[key].get(name) != new
        )
        yield Change(table, key, label, "changed" if fields else "kept", row, fields)
    for key, row in running.items():
        if key not in wanted and table.leaving is not Leaving.SEED:
            yield Change(table, key, table.labels(key, row), "ended", row)


def with_refusals(changes: list[Change]) -> list[Change]:
    """Mark what may not go because something refers to it.

    The database is asked, not the code: it also knows references from rows that the actor cannot see. Everything
    that was tried is rolled back.
    """
    refused: dict[tuple[str, str], str] = {}
    with transaction.atomic():
        for change in reversed(changes):
            if change.action == "ended" and change.table.leaving in (Leaving.REMOVE, Leaving.VERSION):
                for row in change.table.live():
                    if (
                        change.table.key(row) == change.key
                        and not remove(row)
                        and change.table.leaving is Leaving.REMOVE
                    ):
                        refused[change.table.name, change.key] = _refusal(change)
        transaction.set_rollback(True)
    for change in changes:
        if _ends_unstaffed(change):
            refused[change.table.name, change.key] = _(
                "endet, aber in ihrer Nachfolgerin nimmt noch niemand Übergaben an. "
                "Vergeben Sie dort zuerst die Sachbearbeitung."
            )
        if why := _objection(change):
            refused[change.table.name, change.key] = why
    return [replace(change, blocked=refused.get((change.table.name, change.key), "")) for change in changes]


def _ends_unstaffed(change: Change) -> bool:
    """Tell whether a unit in which people work ends now, and nobody would work in its place."""
    row = change.wanted
    if change.table.name != "unit" or change.action != "changed" or not row.get("ends_on"):
        return False
    if row["ends_on"] > today():
        return False
    ending, successor = (
        Unit.objects.filter(code=code).values_list("pk", flat=True).first()
        for code in (change.key, row.get("successor"))
    )
    if ending is None or not caseworkers_of(ending, on=row["ends_on"]).exists():
        return False
    return successor is None or not caseworkers_of(successor).exists()


def _objection(change: Change) -> str:
    """Say what the room of the partners has against an entry."""
    if change.table.name != "partner" or change.action not in ("added", "changed"):
        return ""
    row = change.wanted
    return objection_to(code=change.key, name=row["name"], kind=row["kind"], email=row["email"])


def _refusal(change: Change) -> str:
    if change.table.name == "unit":
        return _(
            "wird noch gebraucht (Mitgliedschaften, Übergaben oder Akten). Lassen Sie die Stelle in der Datei stehen "
            "und tragen Sie ends_on und successor ein."
        )
    return _("wird noch gebraucht. Lassen Sie den Eintrag in der Datei stehen.")


def remove(row: models.Model) -> bool:
    """Delete the row unless something refers to it; True when it is gone."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'delete from "{row._meta.db_table}" where id = %s', [row.pk])
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
    except IntegrityError:
        return False
    return True
