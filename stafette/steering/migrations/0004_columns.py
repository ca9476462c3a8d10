"""A desk that is handed over changes nothing that is counted: the trigger is asked only where such a column is set."""

from django.db import migrations

COUNTED = (
    *("state", "decline_reason", "feedback", "is_open", "next_on", "responsible_unit_id", "answer_due_on"),
    *("sent_at", "answered_at", "contacted_at", "ended_at", "finding_code", "from_unit_id", "to_unit_id"),
)
PRESENT = ("received_household_id", "received_hint_id")


def _row(name: str) -> str:
    counted = [f"{name}.{column}" for column in COUNTED]
    return ", ".join([*counted, *(f"{name}.{column} is null" for column in PRESENT)])


def _trigger(columns: str) -> str:
    return (
        "drop trigger steering_changed on referrals_referral; "
        f"create trigger steering_changed after update {columns} on referrals_referral for each row "
        f"when (({_row('old')}) is distinct from ({_row('new')})) execute function steering_note()"
    )


class Migration(migrations.Migration):
    dependencies = [("steering", "0003_stamp")]
    operations = [migrations.RunSQL(_trigger("of " + ", ".join((*COUNTED, *PRESENT))), _trigger(""))]
