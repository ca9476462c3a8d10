"""Questions of the arrivals room."""

from stafette.arrivals.queries.cards import ColumnCard, DecisionCard, column_cards, decision_cards
from stafette.arrivals.queries.letters import invitation_for, language_choices, message_for
from stafette.arrivals.queries.lists import (
    arrivals,
    attempts_of,
    earlier_imports,
    import_report,
    imports,
    invitations_of,
    open_decisions,
    rows_of,
    senders,
)

__all__ = [
    "ColumnCard",
    "DecisionCard",
    "arrivals",
    "attempts_of",
    "column_cards",
    "decision_cards",
    "earlier_imports",
    "import_report",
    "imports",
    "invitation_for",
    "invitations_of",
    "language_choices",
    "message_for",
    "open_decisions",
    "rows_of",
    "senders",
]
