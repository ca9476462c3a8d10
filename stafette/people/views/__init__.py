"""HTTP in and out."""

from stafette.people.views import duplicates, households, persons

__all__ = ["duplicates", "households", "persons"]
