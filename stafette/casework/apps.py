"""The room casework as a Django app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Notes about a family; what was entrusted is sealed."""

    name = "stafette.casework"
    label = "casework"
    verbose_name = "Vermerke"
