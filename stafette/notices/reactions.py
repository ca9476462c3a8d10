"""What notices do when other rooms report something."""

from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.notices.commands import remind_reviews


def deadlines_were_run(actor: Actor, event: Event) -> None:
    """With each deadline run the reviews of break-glass are looked at, too: they have heads, not caseworkers."""
    remind_reviews(actor=actor)
