"""The room demo as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Übungsdaten."""

    name = "stafette.demo"
    label = "demo"
    verbose_name = "Übungsdaten"
