"""The kernel as a Django app: it brings the migrate command and the scope function of the database."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registered first, so that its migrate command is the one that runs."""

    name = "stafette.kernel"
    label = "kernel"
    verbose_name = "Kern"
