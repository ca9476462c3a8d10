"""What the outbox shows on the page of an account and in the list of accounts."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.outbox import queries
from stafette.web.panels import Panel


def account_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Whether mail gets through to the account; on one's own page also how often, and where to change it.

    Others see no choice of a colleague's, only that an address does not work: that is theirs to put right.
    """
    bounce = queries.account_bounces([subject_id]).get(subject_id)
    is_own = actor.id == subject_id
    if bounce is None and not is_own:
        return None
    context = {"bounce": bounce, "choice": queries.preference_of(subject_id) if is_own else None}
    return Panel(_("Mails von Stafette"), "outbox/partials/account.html", context)


def account_marks(ids: Collection[UUID]) -> Mapping[UUID, Any]:
    """Mark the accounts whose address does not work, so that they are found without opening each."""
    return dict.fromkeys(queries.account_bounces(ids), _("Mails kommen zurück"))
