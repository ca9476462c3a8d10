"""Which requests, proposals and marks exist for whom."""

from django.db.models import QuerySet

from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.rights.models import (
    CorrectionProposal,
    DisputedField,
    Objection,
    Passing,
    RequestContent,
    SubjectRequest,
)


def visible_to(actor: Actor) -> QuerySet[SubjectRequest]:
    """Requests to the actor's units: dates and codes, also for who watches the clock."""
    return rows.visible(SubjectRequest, actor)


def contents_visible_to(actor: Actor) -> QuerySet[RequestContent]:
    """Who asks and what, for those who answer."""
    return rows.visible(RequestContent, actor)


def passings_visible_to(actor: Actor) -> QuerySet[Passing]:
    """Where these requests were passed on to."""
    return rows.visible(Passing, actor)


def proposals_visible_to(actor: Actor) -> QuerySet[CorrectionProposal]:
    """Corrections that other units propose."""
    return rows.visible(CorrectionProposal, actor)


def disputes_visible_to(actor: Actor) -> QuerySet[DisputedField]:
    """Facts that are contested."""
    return rows.visible(DisputedField, actor)


def objections_visible_to(actor: Actor) -> QuerySet[Objection]:
    """Files whose processing was objected to."""
    return rows.visible(Objection, actor)
