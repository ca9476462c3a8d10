"""Who hears of it when a mail came back: those who lead the unit, by number only."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.urls import reverse

from stafette.accounts.models import Membership
from stafette.accounts.queries.staff import running_on
from stafette.accounts.roles import ROLES, Role
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.outbox.data import NoteData
from stafette.outbox.models import Message


def notes_of_bounce(message: Message) -> list[NoteData]:
    """Tell the unit once a day and address: ten lost mails are one wrong address."""
    address = hashlib.sha256(message.address.lower().encode()).hexdigest()[:12]
    return [
        NoteData(
            user_id=user_id,
            unit_id=message.unit_id,
            kind="mail_bounced",
            reference=message.reference,
            path=path,
            key=f"bounce:{address}:{today()}:{user_id}",
        )
        for user_id, path in _leaders(message)
    ]


def _leaders(message: Message) -> list[tuple[UUID, str]]:
    """Who leads the unit and may read the mail, else who administers it; each with a page that opens for them.

    Never the one whose address it is: that mail would come back as well.
    """
    staff = Membership.objects.filter(running_on(today()), unit=message.unit_id, user__is_active=True)
    found = list(staff.exclude(user__email__iexact=message.address).values_list("user_id", "role").distinct())
    rights = [(user_id, ROLES[Role(role)].permissions) for user_id, role in found]
    leading = {user_id for user_id, held in rights if {Permission.UNIT_ADMIN, Permission.MAIL_VIEW} <= held}
    if leading:
        return [(user_id, reverse("outbox:message", args=[message.pk])) for user_id in sorted(leading)]
    return [(user_id, "/") for user_id, held in rights if Permission.UNIT_ADMIN in held]
