"""A provider asks for a new link: the wish goes to the worker, which writes to the known address only."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from stafette.upkeep.queries.due import ids_with_link_to
from stafette.web import jobs

RENEW = "stafette.upkeep.tasks.renew"


def wish_for_link(organization_ids: Iterable[UUID]) -> None:
    """Hand the wish over; asked for twice before the worker came, one link is enough."""
    for one in organization_ids:
        try:
            with transaction.atomic():
                jobs.hand_over(
                    RENEW, queue="mails", queueing_lock=f"entry-link-{one}", organization_id=str(one)
                )
        except AlreadyEnqueued:
            continue


def wish_by_address(address: str) -> None:
    """The same for whoever has no link any more and knows the address of the entry."""
    wish_for_link(ids_with_link_to(address))
