"""What the worker does for this room; arguments are ids only, because they lie in clear in the queue."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from stafette.outbox import delivery, packing
from stafette.outbox.posting import DELIVER, QUEUE


@app.task(queue=QUEUE, name=DELIVER, retry=False)
def deliver(message_id: str) -> None:
    """Bring a new mail out at once; what must wait is taken up by the sweep."""
    delivery.deliver(UUID(message_id))


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="outbox-pack", lock="outbox-pack", retry=False)
def pack(timestamp: int = 0) -> None:
    """Turn notes into mails; catches up by itself, because it asks what is untold, not what the minute brought."""
    packing.pack()


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="outbox-sweep", lock="outbox-sweep", retry=False)
def sweep(timestamp: int = 0) -> None:
    """Deliver what is due again or was left half done."""
    delivery.sweep()
