"""Pages of the upkeep: behind the provider's link, for providers with an account, and for the editors."""

from stafette.upkeep.views import accounts, board, door

__all__ = ["accounts", "board", "door"]
