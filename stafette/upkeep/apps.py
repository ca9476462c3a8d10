"""The room upkeep as a Django app."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """Pflege des Verzeichnisses."""

    name = "stafette.upkeep"
    label = "upkeep"
    verbose_name = "Pflege des Verzeichnisses"
