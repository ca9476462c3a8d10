"""Counters live beside the request's transaction: a call that fails and is rolled back has still been made.

In the same transaction whoever guesses would wipe out the count with every wrong answer, and two calls of one person
would wait for each other. Where settings name no connection "cache" (tests), the cache shares the default one.
"""

from typing import Any

from django.conf import settings
from django.db.models import Model

ALIAS = "cache"


class CacheRouter:
    """Send Django's cache table, and nothing else, to the connection of its own."""

    def _alias(self, model: type[Model]) -> str | None:
        is_cache = model._meta.app_label == "django_cache"
        return ALIAS if is_cache and ALIAS in settings.DATABASES else None

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Where counters are read."""
        return self._alias(model)

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """Where counters are written."""
        return self._alias(model)
