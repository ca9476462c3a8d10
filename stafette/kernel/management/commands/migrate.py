"""Bring the database up to date as its owner, then put every table under its policies."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as DjangoMigrate

from stafette.kernel import policies


class Command(DjangoMigrate):
    """Django's migrate, run as the owner and followed by grants and row-level security."""

    help = "Bringt die Datenbank auf den Stand des Programms und setzt Rechte und Zeilenschutz."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the owner's connection unless another is named."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then install grants and policies, also when there was nothing to migrate."""
        super().handle(*args, **options)
        if not options["check_unapplied"] and not options["plan"]:
            policies.install(using=options["database"])
