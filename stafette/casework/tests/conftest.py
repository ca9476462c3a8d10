"""Fixtures of this room's tests."""

from stafette.casework.tests.scenes import folder, scene

__all__ = ["folder", "scene"]
