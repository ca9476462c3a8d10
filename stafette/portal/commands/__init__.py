"""What everybody may do: say that something is wrong."""

from stafette.portal.commands.feedback import note_feedback, settle_remark

__all__ = ["note_feedback", "settle_remark"]
