"""Questions about blueprints: what would change, and what runs now."""

from typing import Any

from stafette.blueprints.changes import Change, compare, with_refusals
from stafette.blueprints.export import blueprint_text
from stafette.blueprints.schema import Blueprint, Reading
from stafette.blueprints.tables import TABLES


def changes_of(blueprint: Blueprint) -> list[Change]:
    """What applying would do, entry by entry, with the reasons why something may not be done."""
    return with_refusals(compare(blueprint))


def export() -> str:
    """What runs now, as a blueprint that can be checked and applied again."""
    return blueprint_text()


def running() -> list[tuple[str, list[str]]]:
    """What runs, table by table, with the word for each entry."""
    found = []
    for table in TABLES:
        rows = table.running()
        found.append((str(table.title), sorted(table.labels(key, row) for key, row in rows.items())))
    return [(title, labels) for title, labels in found if labels]


def preview(reading: Reading, changes: list[Change]) -> dict[str, Any]:
    """What the page of a checked file shows."""
    real = [change for change in changes if change.action != "kept"]
    return {
        "reading": reading,
        "changes": real,
        "kept": len(changes) - len(real),
        "blocked": [change for change in real if change.blocked],
        "counts": {
            action: sum(change.action == action for change in real)
            for action in ("added", "changed", "ended")
        },
    }
