"""Authorities, units, their people, and who may do what."""
