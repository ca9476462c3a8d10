"""The room intake as a Django app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Ankunftsgespräche."""

    name = "stafette.intake"
    label = "intake"
    verbose_name = "Ankunftsgespräche"
