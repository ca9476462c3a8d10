"""The room outbox as a Django app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Postausgang."""

    name = "stafette.outbox"
    label = "outbox"
    verbose_name = "Postausgang"

    def ready(self) -> None:
        """Let the checks be known."""
        from stafette.outbox import checks  # noqa: F401
