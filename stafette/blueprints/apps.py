"""The room blueprints as a Django app."""

from django.apps import AppConfig


class BlueprintsConfig(AppConfig):
    """Blaupausen."""

    name = "stafette.blueprints"
    label = "blueprints"
    verbose_name = "Blaupausen"
