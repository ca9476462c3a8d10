"""Verbs of the directory."""

from stafette.directory.commands.entries import end_service, put_location, put_organization, put_service

__all__ = ["end_service", "put_location", "put_organization", "put_service"]
