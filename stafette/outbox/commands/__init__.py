"""Verbs of the outbox."""

from stafette.outbox.commands.choosing import choose_mail
from stafette.outbox.commands.messages import note_bounce, resend_message

__all__ = ["choose_mail", "note_bounce", "resend_message"]
