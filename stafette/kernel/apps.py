"""The kernel as a Django app: it brings the migrate command and the scope function of the database."""

from django.apps import AppConfig
from django.core import checks


class KernelConfig(AppConfig):
    """Registered first, so that its migrate command is the one that runs."""

    name = "stafette.kernel"
    label = "kernel"
    verbose_name = "Kern"

    def ready(self) -> None:
        """Let `check` ask whether the running role could pass row-level security."""
        from stafette.kernel.checks import check_deployment, check_running_role

        checks.register(check_running_role, checks.Tags.database)
        checks.register(check_deployment, checks.Tags.security, deploy=True)
