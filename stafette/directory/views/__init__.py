"""Pages of the directory for whoever advises, and for its editors."""

from stafette.directory.views.lists import index

__all__ = ["index"]
