"""The room casework as a Django app."""

from django.apps import AppConfig
from django.core.checks import register


class CaseworkConfig(AppConfig):
    """Notes about a family; what was entrusted is sealed."""

    name = "stafette.casework"
    label = "casework"
    verbose_name = "Vermerke"

    def ready(self) -> None:
        """Let `stafette check` look at the folder of the keys."""
        from stafette.casework.checks import check_keys

        register(check_keys)
