"""A partner asks for a new link by the number alone: the wish goes to the worker, whatever the number is worth."""

from __future__ import annotations

import re

from django.db import transaction

NUMBER = re.compile(r"[A-Z0-9]{1,8}-[A-Z]{1,6}-\d{4}-\d{5,9}")


def wish_for_link(number: str) -> None:
    """Hand the wish over; for a number that nobody has, the same happens as for one that is open.

    So neither the answer nor its duration tells whether a question exists.
    """
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    typed = number.strip().upper()
    if not NUMBER.fullmatch(typed):
        return
    task = app.configure_task(
        "stafette.partners.tasks.renew", queue="mails", queueing_lock=f"partner-link-{typed}"
    )
    try:
        with transaction.atomic():
            task.defer(number=typed)
    except AlreadyEnqueued:
        pass  # asked for twice before the worker came: one link is enough
