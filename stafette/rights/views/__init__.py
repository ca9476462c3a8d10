"""HTTP in and out of the room rights."""

from stafette.rights.views import cards, copies, erasing, lists, marks, proposals, taking

__all__ = ["cards", "copies", "erasing", "lists", "marks", "proposals", "taking"]
