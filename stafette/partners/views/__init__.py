"""Pages of the partners room: the door for links, the inbox for accounts, and what staff see."""

from stafette.partners.views import accounts, agreements, ask, cards, catalogue, door, lists

__all__ = ["accounts", "agreements", "ask", "cards", "catalogue", "door", "lists"]
