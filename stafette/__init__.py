"""Stafette: case coordination for municipal integration work."""
