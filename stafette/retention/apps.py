"""The room retention as a Django app."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """Deletion by declared periods (DIN 66398), with grace list, holds, tombstones and report."""

    name = "stafette.retention"
    label = "retention"
    verbose_name = "Löschen"
