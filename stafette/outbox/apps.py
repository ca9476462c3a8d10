"""The room outbox as a Django app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Postausgang."""

    name = "stafette.outbox"
    label = "outbox"
    verbose_name = "Postausgang"
