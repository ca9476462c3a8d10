"""HTTP in and out."""

from stafette.people.views import closing, duplicates, households, persons

__all__ = ["closing", "duplicates", "households", "persons"]
