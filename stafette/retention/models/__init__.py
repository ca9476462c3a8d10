"""Nouns of the retention room: what is announced, what is held up, what was deleted."""

from stafette.retention.models.files import Activity, Announcement, Hold
from stafette.retention.models.traces import Fact, PurgeFigure, Tombstone

__all__ = ["Activity", "Announcement", "Fact", "Hold", "PurgeFigure", "Tombstone"]
