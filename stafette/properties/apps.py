"""The room properties as a Django app."""

from django.apps import AppConfig


class PropertiesConfig(AppConfig):
    """Gebäude."""

    name = "stafette.properties"
    label = "properties"
    verbose_name = "Gebäude"
