"""Details of an entry as rows: some are empty for more, „weitere Zeile“ works without a script."""

from stafette.directory.forms.rows.details import (
    AccessRow,
    AreaRow,
    CapacityRow,
    ContactRow,
    CostRow,
    DocumentRow,
    FundingRow,
    PhoneRow,
)
from stafette.directory.forms.rows.places import PlaceRow, hours_first, readable, rules
from stafette.directory.forms.rows.row import RowForm, Rows, rows_of

__all__ = [
    "AccessRow",
    "AreaRow",
    "CapacityRow",
    "ContactRow",
    "CostRow",
    "DocumentRow",
    "FundingRow",
    "PhoneRow",
    "PlaceRow",
    "RowForm",
    "Rows",
    "hours_first",
    "readable",
    "rows_of",
    "rules",
]
