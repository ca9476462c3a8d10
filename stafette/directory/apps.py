"""The room directory as a Django app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Angebote."""

    name = "stafette.directory"
    label = "directory"
    verbose_name = "Angebote"
