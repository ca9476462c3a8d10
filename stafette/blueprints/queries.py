"""Questions about blueprints: what would change, and what runs now."""

from stafette.blueprints.changes import Change, compare, with_refusals
from stafette.blueprints.export import blueprint_text
from stafette.blueprints.models import BlueprintVersion
from stafette.blueprints.schema import Blueprint


def changes_of(blueprint: Blueprint) -> list[Change]:
    """What applying would do, entry by entry, with the reasons why something may not be done."""
    return with_refusals(compare(blueprint))


def export() -> str:
    """What runs now, as a blueprint that can be checked and applied again."""
    return blueprint_text()


def current_version() -> BlueprintVersion | None:
    """The blueprint that was applied last."""
    return BlueprintVersion.objects.order_by("-number").first()
