"""Questions about short contacts, answered in numbers."""

from stafette.evaluation.queries.evidence import (
    Directory,
    Sheets,
    agreement_lines,
    directory_state,
    open_questions,
    sheet_state,
)
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
    "Directory",
    "Picture",
    "Sheets",
    "Step",
    "agreement_lines",
    "comparison",
    "counted_units",
    "directory_state",
    "last_publishable",
    "open_questions",
    "picture",
    "published_picture",
    "published_steps",
    "service_names",
    "sheet_names",
    "sheet_state",
    "steps",
]
