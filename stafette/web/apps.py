"""The room web as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Oberfläche."""

    name = "stafette.web"
    label = "web"
    verbose_name = "Oberfläche"
