"""The room evaluation as a Django app."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Auswertung."""

    name = "stafette.evaluation"
    label = "evaluation"
    verbose_name = "Auswertung"
