"""How one wants to hear of things."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from stafette.accounts.models import MailChoice, User
from stafette.accounts.queries import home_unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed


@command
def choose_mail(
    *, actor: Actor, rhythm: str, paused_until: date | None = None, pause_reason: str = ""
) -> MailChoice:
    """Keep one's own choice; nobody chooses for somebody else. A pause has a reason and an end."""
    user = _required_self(actor)
    if (paused_until is None) != (not pause_reason):
        raise BadInput(_("Eine Pause braucht beides: einen Grund und den letzten Tag."))
    if paused_until is not None and paused_until < today():
        raise BadInput(
            _("Das Ende der Pause liegt in der Vergangenheit. Bitte wählen Sie einen späteren Tag.")
        )
    values = {"rhythm": rhythm, "paused_until": paused_until, "pause_reason": pause_reason}
    choice, _made = MailChoice.objects.update_or_create(user=user, defaults=values)
    record(
        actor, "mail.chosen", choice, unit=home_unit(), rhythm=rhythm, paused_until=paused_until, reason=pause_reason
    )  # fmt: skip
    return choice


def _required_self(actor: Actor) -> User:
    """Lock one's own account, which must be open."""
    user = User.objects.select_for_update().filter(pk=actor.id, is_active=True).first()
    if user is None:
        raise NotAllowed(_("Dafür brauchen Sie ein eigenes Konto."))
    return user
