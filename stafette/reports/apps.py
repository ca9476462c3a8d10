"""The room reports as a Django app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The data protection papers, generated from what is configured."""

    name = "stafette.reports"
    label = "reports"
    verbose_name = "Unterlagen"
