"""The room partners as a Django app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Partner ohne Konto."""

    name = "stafette.partners"
    label = "partners"
    verbose_name = "Partner"
