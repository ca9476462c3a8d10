"""The room portal as a Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Öffentliche Seiten."""

    name = "stafette.portal"
    label = "portal"
    verbose_name = "Öffentliche Seiten"
