"""The top storey as a Django app: it wires the rooms together when they are all there."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers reactions and navigation once all apps are loaded."""

    name = "stafette.config"
    label = "config"
    verbose_name = "Einrichtung"

    def ready(self) -> None:
        """Connect the rooms: event → reaction, and who stands in the navigation."""
        from stafette.config import wiring

        wiring.connect()
