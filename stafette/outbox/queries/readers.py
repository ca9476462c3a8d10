"""Who gets mail, and for whom something waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q

from stafette.accounts.models import MailChoice, Membership, Unit, User
from stafette.accounts.queries import office_calendars, stand_ins
from stafette.accounts.queries.staff import running_on
from stafette.kernel.clock import now, today
from stafette.kernel.office import OfficeCalendar
from stafette.outbox.models import Note
from stafette.outbox.rhythm import DAILY, ESCALATIONS, Reader, last_digest, rhythm_for

LOOKING_BACK = timedelta(days=60)  # as far as a house is ever closed without a break


def readers_of(user_ids: Iterable[UUID]) -> dict[UUID, Reader]:
    """Everything that decides when these accounts get mail; who may not log in, or works nowhere, gets none."""
    users = {user.pk: user for user in User.objects.filter(pk__in=list(user_ids), is_active=True)}
    memberships: dict[UUID, list[Membership]] = {}
    running = Membership.objects.filter(running_on(today()), user__in=users).select_related("unit__authority")
    for membership in running.order_by("starts_on", "id"):
        memberships.setdefault(membership.user_id, []).append(membership)
    choices = {choice.user_id: choice for choice in MailChoice.objects.filter(user__in=users)}
    deputies = _deputies(users)
    homes = {found[0].unit.authority for found in memberships.values()}
    offices = office_calendars(homes, from_on=today() - LOOKING_BACK)
    return {
        user_id: _reader(users[user_id], found, choices.get(user_id), deputies.get(user_id), offices)
        for user_id, found in memberships.items()
    }


def _reader(
    user: User,
    memberships: list[Membership],
    choice: MailChoice | None,
    deputy_id: UUID | None,
    offices: Mapping[UUID, OfficeCalendar],
) -> Reader:
    home: Unit = memberships[0].unit
    return Reader(
        user_id=user.pk,
        address=user.email,
        rhythm=rhythm_for((one.role for one in memberships), choice.rhythm if choice else ""),
        home_id=home.pk,
        units=frozenset(one.unit_id for one in memberships),
        office=offices[home.authority_id],
        paused_until=choice.paused_until if choice else None,
        deputy_id=deputy_id,
    )


def _deputies(users: Iterable[UUID]) -> dict[UUID, UUID]:
    """Who stands in for whom today, as far as that account is open."""
    wanted = set(users)
    found = {user: deputy for user, deputy in stand_ins().items() if user in wanted}
    active = set(User.objects.filter(pk__in=found.values(), is_active=True).values_list("pk", flat=True))
    return {user: deputy for user, deputy in found.items() if deputy in active}


def readers_waiting() -> list[UUID]:
    """Accounts for which a note may go out now; the exact decision is made again when they are packed.

    Every minute, so it is two questions for all: who has something untold, and since when.
    """
    untold = Note.objects.filter(message=None, user__is_active=True).order_by().values_list("user")
    counted = untold.annotate(since=Min("created_at"), alarms=Count("id", filter=Q(kind__in=ESCALATIONS)))
    waiting: dict[UUID, tuple[datetime, int]] = {user: (since, alarms) for user, since, alarms in counted}
    found = readers_of(waiting)
    return [user_id for user_id, reader in found.items() if _may_be_due(reader, *waiting[user_id])]


def _may_be_due(reader: Reader, since: datetime, alarms: int) -> bool:
    if reader.deputy_id is not None:
        return True
    if reader.is_paused(today()):
        return alarms > 0
    return reader.rhythm != DAILY or since < last_digest(now(), reader.office)
