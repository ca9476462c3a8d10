"""The room oversight as a Django app."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """The officer's desk."""

    name = "stafette.oversight"
    label = "oversight"
    verbose_name = "Aufsicht"
