"""The room arrivals as a Django app."""

from django.apps import AppConfig


class ArrivalsConfig(AppConfig):
    """Zuzüge."""

    name = "stafette.arrivals"
    label = "arrivals"
    verbose_name = "Zuzüge"
