"""The room steering as a Django app."""

from django.apps import AppConfig


class SteeringConfig(AppConfig):
    """Steuerung."""

    name = "stafette.steering"
    label = "steering"
    verbose_name = "Steuerung"
