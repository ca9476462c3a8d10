"""Answers to other rooms' events; tied to them in config/wiring.py."""

from stafette.arrivals.commands import mark_talk_held
from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission


def talk_was_held(actor: Actor, event: Event) -> None:
    """`interview.finished` about a household closes its arrivals: whoever held the talk need not edit arrivals."""
    household = event.about_id or event.subject_id
    acting = actor.with_grants(
        (Permission.ARRIVAL_EDIT, event.unit_id), (Permission.ARRIVAL_VIEW, event.unit_id)
    )
    mark_talk_held(actor=acting, household_id=household, unit=event.unit_id)
