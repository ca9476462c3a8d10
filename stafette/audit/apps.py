"""The audit room as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The event log."""

    name = "stafette.audit"
    label = "audit"
    verbose_name = "Protokoll"
