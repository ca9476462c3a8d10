"""Questions about short contacts, answered in numbers."""

from stafette.evaluation.queries.names import service_names, sheet_names
from stafette.evaluation.queries.pictures import (
    Comparison,
    Picture,
    Step,
    comparison,
    last_publishable,
    picture,
    published_picture,
    published_steps,
    steps,
)
from stafette.evaluation.queries.reading import CountedUnit, counted_units

__all__ = [
    "Comparison",
    "CountedUnit",
    "Picture",
    "Step",
    "comparison",
    "counted_units",
    "last_publishable",
    "picture",
    "published_picture",
    "published_steps",
    "service_names",
    "sheet_names",
    "steps",
]
