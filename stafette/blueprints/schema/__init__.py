"""How a blueprint is written and read: fields, positions, checks, documentation."""

from stafette.blueprints.schema.bind import Problem, Reading
from stafette.blueprints.schema.checks import check
from stafette.blueprints.schema.plan import Blueprint

__all__ = ["Blueprint", "Problem", "Reading", "check"]
