"""What must hold, said once more and on its own: which step leads where, who holds the baton then, until when.

It knows nothing of MOVES, PEN or the constraints, so that a mistake there shows up as a difference.
"""

from datetime import timedelta

SENDER, RECEIVER = "from_unit_id", "to_unit_id"
HELD_BY = {
    "draft": SENDER, "checked": SENDER, "declined": SENDER, "returned": SENDER,
    "sent": RECEIVER, "received": RECEIVER, "accepted": RECEIVER, "reached": RECEIVER, "not_reached": RECEIVER,
    "suspended": RECEIVER, "closed": RECEIVER,
    "done": None, "settled": None, "withdrawn": None,
}  # fmt: skip
WORKING = {"accepted", "reached", "not_reached"}
LEADS = {
    "check_referral": ({"draft"}, {"checked"}),
    "revise_referral": ({"checked"}, {"draft"}),
    "send_referral": ({"checked"}, {"sent"}),
    "withdraw_referral": ({"draft", "checked", "sent", "received"}, {"withdrawn"}),
    "confirm_receipt": ({"sent"}, {"received"}),
    "accept_referral": ({"sent", "received"}, {"accepted"}),
    "decline_referral": ({"sent", "received"}, {"declined"}),
    "settle_decline": ({"declined", "returned"}, {"settled"}),
    "note_first_contact": ({"accepted", "not_reached"}, {"reached"}),
    "note_not_reached": ({"accepted"}, {"not_reached"}),
    "suspend_referral": (WORKING, {"suspended"}),
    "resume_referral": ({"suspended"}, {"accepted", "reached"}),
    "return_referral": (WORKING | {"suspended"}, {"returned"}),
    "close_referral": (WORKING | {"suspended"}, {"closed"}),
    "give_feedback": ({"closed"}, {"done"}),
    "reopen_referral": ({"done"}, {"accepted"}),
}
TAKES = {  # whoever does this holds the baton afterwards
    *("confirm_receipt", "accept_referral", "note_first_contact", "note_not_reached", "suspend_referral"),
    *("resume_referral", "close_referral", "reopen_referral", "take_over"),
}
NEW_DATE = {  # these set a date anew, and not one that has passed
    *("send_referral", "accept_referral", "decline_referral", "note_first_contact", "note_not_reached"),
    *("suspend_referral", "resume_referral", "return_referral", "close_referral", "reopen_referral"),
    *("extend_referral",),
}
FURTHEST = timedelta(days=450)


def expect_step(name, before, after, actor_id, day):
    """Say what is wrong with a referral after a step that was taken; nothing is None."""
    if name in LEADS:
        come_from, lead_to = LEADS[name]
        if before["state"] not in come_from or after["state"] not in lead_to:
            return f"{name} led from {before['state']} to {after['state']}"
    if after["version"] <= before["version"] and after != before:
        return f"{name} changed the row and its version stayed {after['version']}"
    if name in TAKES and after["responsible_user_id"] != actor_id:
        return f"{name} by one, but another one holds the baton"
    if name in NEW_DATE and not day <= after["next_on"] <= day + FURTHEST:
        return f"{name} on {day} set {after['next_on']}"
    if name in NEW_DATE and name != "extend_referral" and after["paused_until"] is not None:
        return f"{name} left the pause of the step before"
    return expect_baton(after)


def expect_baton(row):
    """Say what is wrong with a referral at any time."""
    side = HELD_BY[row["state"]]
    if row["is_open"] != (side is not None):
        return f"{row['state']} and is_open={row['is_open']}"
    if side and row["responsible_unit_id"] != row[side]:
        return f"{row['state']}, but the other unit holds the baton"
    if side and None in (row["responsible_user_id"], row["next_on"], row["escalation_unit_id"]):
        return f"{row['state']} without holder, date or escalation"
    if not row["remind_on"] <= row["next_on"] <= row["escalate_on"]:
        return "dates out of order"
    return None


def expect_nothing_changed(name, before, after):
    """A refused or broken-off step leaves the row as it was."""
    if before != after:
        changed = [key for key in before if before[key] != after[key]]
        return f"{name} was refused or broken off and still changed {changed}"
    return None
