"""The room protection as a Django app."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Datenschutz."""

    name = "stafette.protection"
    label = "protection"
    verbose_name = "Datenschutz"
