"""What everybody may do: say that something is wrong."""

from stafette.portal.commands.feedback import forget_words, note_feedback, settle_remark

__all__ = ["forget_words", "note_feedback", "settle_remark"]
