"""`stafette accounts create-admin`: the first technical administrator of a fresh installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from stafette.accounts.commands import add_membership, create_account, invite_account
from stafette.accounts.guards import COMMAND_LINE
from stafette.accounts.models import UnitKind
from stafette.accounts.queries import home_unit, units_by_kind
from stafette.accounts.roles import Role
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.errors import StafetteError
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting


class Command(BaseCommand):
    """Make an account with the role of technical administration and print the link for its first password."""

    help = "Legt ein Konto der technischen Administration an: stafette accounts create-admin --email … --base-url …"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and under which address the program is reached."""
        actions = parser.add_subparsers(dest="action", required=True)
        creating = actions.add_parser("create-admin")
        creating.add_argument("--email", required=True)
        creating.add_argument("--label", default="Technik 1")
        creating.add_argument("--base-url", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, email: str, label: str, base_url: str, **options: Any) -> None:
        """Create, appoint, invite; all or nothing."""
        if not units_by_kind(UnitKind.OPERATIONS):
            raise CommandError(
                _("Es fehlt die Stelle für den technischen Betrieb. Wenden Sie zuerst eine Blaupause an.")
            )
        actor = Actor(COMMAND_LINE, "Kommandozeile", frozenset({(Permission.USER_ADMIN, home_unit())}))
        try:
            with acting(actor):
                user = create_account(actor=actor, email=email, label=label)
                add_membership(
                    actor=actor, unit_id=home_unit(), email=user.email, role=Role.TECHNICAL, starts_on=today()
                )
                invitation = invite_account(actor=actor, user_id=user.pk, base_url=base_url)
        except StafetteError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            _("Konto angelegt. Dieser Link legt das Passwort fest; er gilt drei Tage und nur einmal:")
        )
        self.stdout.write(invitation.url)
