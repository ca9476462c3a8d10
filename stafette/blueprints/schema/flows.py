"""Whether the flow rules (protection) allow what a route wants to pass on."""

from collections.abc import Callable

from stafette.blueprints.schema.plan import Blueprint, RoutePlan

Add = Callable[[RoutePlan, str, bool], None]


def check_flows(blueprint: Blueprint, add: Add) -> None:
    """Note each route that the rules forbid and each category that they never let pass."""
