"""What two states of an entry say differently, field by field, in words for people."""

from __future__ import annotations

from typing import Any

from stafette.directory import data as d
from stafette.directory.plain import from_plain

Plain = dict[str, Any]
FIXED = (  # what no provider changes by a proposal
    *(
        "id",
        "code",
        "organization",
        "keeper",
        "unit",
        "origin",
        "origin_id",
        "extra",
        "is_public",
        "is_active",
    ),
    *("assured_at", "assured_by", "confirm_days"),
)


def is_service(plain: Plain) -> bool:
    """Services name their organisation, organisations do not."""
    return "organization" in plain


def as_data(plain: Plain) -> d.ServiceData | d.OrganizationData:
    """The plain value as what it is."""
    return from_plain(d.ServiceData, plain) if is_service(plain) else from_plain(d.OrganizationData, plain)


def bare(value: Any) -> Any:
    """A plain value without identifiers, so that the same words compare as equal."""
    if isinstance(value, dict):
        return {name: bare(one) for name, one in value.items() if name != "id"}
    return [bare(one) for one in value] if isinstance(value, list) else value


def changed_names(before: Plain, after: Plain) -> list[str]:
    """Names of the fields that say something else, in the order in which an entry has them."""
    names = [*before, *(name for name in after if name not in before)]
    return [name for name in names if name != "id" and bare(before.get(name)) != bare(after.get(name))]


def wished(base: Plain, proposed: Plain, present: Plain, fixed: tuple[str, ...] = FIXED) -> Plain:
    """The entry as it is now with what the provider changed against the state that it saw.

    So an old proposal takes nothing back that somebody else has corrected in the meantime.
    """
    changed = [name for name in changed_names(base, proposed) if name not in fixed]
    rest = {name: value for name, value in present.items() if name not in changed}
    return rest | {name: proposed[name] for name in changed if name in proposed}
