"""Questions about mails: what went out, what came back, how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.outbox.access import visible_to
from stafette.outbox.models import Message

PROVEN_AFTER = timedelta(days=1)  # a mail that did not come back by then has arrived


@dataclass(frozen=True)
class Bounce:
    """An address that does not work: since when, and the code with which its server refused."""

    returned_at: datetime
    code: str


@dataclass(frozen=True)
class Pile:
    """How many mails are in a state, and since when the oldest."""

    number: int = 0
    oldest: datetime | None = None


def messages(*, actor: Actor) -> QuerySet[Message]:
    """Mails of the actor's units, the newest first."""
    return visible_to(actor).order_by("-created_at", "-id")


def narrow(rows: QuerySet[Message], values: dict[str, Any]) -> QuerySet[Message]:
    """Apply the filters of the list; of a number the beginning is enough."""
    wanted = {"state": values["state"], "reference__startswith": values["reference"].strip()}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def last_bounce(address: str, *, actor: Actor) -> Bounce | None:
    """The last mail of the actor's units that came back from this address, unless a later one got through."""
    later = visible_to(actor).filter(
        address=OuterRef("address"), state=Message.State.SENT, sent_at__gt=OuterRef("returned_at"),
        sent_at__lt=now() - PROVEN_AFTER,
    )  # fmt: skip
    bounced = visible_to(actor).filter(~Exists(later), address=address, state=Message.State.BOUNCED)
    found = bounced.order_by("-returned_at").values_list("returned_at", "failure").first()
    return Bounce(*found) if found else None  # type: ignore[arg-type]


def account_bounces(user_ids: Iterable[UUID]) -> dict[UUID, Bounce]:
    """Accounts whose address does not work, for those who manage accounts and may read no mail."""
    with connection.cursor() as cursor:
        cursor.execute("select * from outbox_account_bounces(%s)", [list(user_ids)])
        return {account: Bounce(returned_at, code) for account, returned_at, code in cursor.fetchall()}


def figures() -> dict[str, Pile]:
    """Counts per state, without a look at any mail: what waits, and what failed or came back in the last 30 days."""
    with connection.cursor() as cursor:
        cursor.execute("select * from outbox_figures()")
        found = {state: Pile(number, oldest) for state, number, oldest in cursor.fetchall()}
    return {state: found.get(state, Pile()) for state in ("queued", "sending", "failed", "bounced")}
