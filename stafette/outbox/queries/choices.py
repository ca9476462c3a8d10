"""Questions about how somebody wants to hear of things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from stafette.accounts.models import MailChoice, User
from stafette.accounts.queries import memberships_of
from stafette.kernel.clock import today
from stafette.outbox.models import Message
from stafette.outbox.rhythm import rhythm_for

RHYTHMS = MailChoice.Rhythm.choices
PAUSE_REASONS = MailChoice.PauseReason.choices
STATES = Message.State.choices


@dataclass(frozen=True)
class Preference:
    """What holds for an account now; a pause that is over counts as none."""

    rhythm: str
    paused_until: date | None = None
    pause_reason: str = ""

    @property
    def rhythm_label(self) -> str:
        """The rhythm in words."""
        return str(MailChoice.Rhythm(self.rhythm).label)


def preference_of(user_id: UUID) -> Preference:
    """What the account chose, or what its roles suggest."""
    choice = MailChoice.objects.filter(user=user_id).first()
    user = User.objects.get(pk=user_id)
    rhythm = rhythm_for((one.role for one in memberships_of(user)), choice.rhythm if choice else "")
    if choice is None or choice.paused_until is None or choice.paused_until < today():
        return Preference(rhythm)
    return Preference(rhythm, choice.paused_until, choice.pause_reason)
