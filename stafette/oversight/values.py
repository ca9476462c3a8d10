"""The dated values that the oversight counts by, as plain numbers of today (rules/oversight.toml)."""

from datetime import timedelta

from stafette.kernel.clock import today
from stafette.kernel.rules.oversight_rules import OversightValue, oversight_value

QUIET, PERCENT, LEAST, IN_VAIN = "quiet_days", "sample_percent", "sample_least", "searches_in_vain"
NIGHT_FROM, NIGHT_TO, READERS, FOREIGN = "night_from", "night_to", "many_readers", "many_foreign"
IDLE, FIELD_MONTHS, FIELD_PERCENT = "idle_days", "field_months", "field_percent"
REPORT_HOURS, AUTHORITY_HOURS = "breach_report_hours", "breach_authority_hours"


def rule(value_id: str) -> OversightValue:
    """The value that holds today, with its source, to be shown beside what it decides."""
    return oversight_value(value_id, today())


def number(value_id: str) -> int:
    """The bare number."""
    return rule(value_id).count


def authority_period() -> timedelta:
    """Within how long the supervisory authority must know: real hours (Art. 33(1) GDPR)."""
    return timedelta(hours=number(AUTHORITY_HOURS))
