"""Which findings, referrals, envelopes and signposts exist for whom."""

from django.db.models import QuerySet

from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.referrals.models import (
    CaseTransfer,
    ContactAttempt,
    Correction,
    DateChange,
    Envelope,
    Finding,
    Handling,
    Notice,
    Referral,
    Signpost,
)


def visible_to(actor: Actor) -> QuerySet[Referral]:
    """Referrals that the actor's units prepared, sent, or received: for a receiver only once they were sent."""
    return rows.visible(Referral, actor)


def envelopes_visible_to(actor: Actor) -> QuerySet[Envelope]:
    """Envelopes of these referrals, for those who may see people."""
    return rows.visible(Envelope, actor)


def handlings_visible_to(actor: Actor) -> QuerySet[Handling]:
    """What the actor's units did with what they received."""
    return rows.visible(Handling, actor)


def attempts_visible_to(actor: Actor) -> QuerySet[ContactAttempt]:
    """Contact attempts of the actor's units."""
    return rows.visible(ContactAttempt, actor)


def corrections_visible_to(actor: Actor) -> QuerySet[Correction]:
    """What was corrected, in the books of the actor's units."""
    return rows.visible(Correction, actor)


def date_changes_visible_to(actor: Actor) -> QuerySet[DateChange]:
    """Dates that the actor's units moved, with their reasons."""
    return rows.visible(DateChange, actor)


def transfers_visible_to(actor: Actor) -> QuerySet[CaseTransfer]:
    """Offers of a lead that the actor's units made or got."""
    return rows.visible(CaseTransfer, actor)


def findings_visible_to(actor: Actor) -> QuerySet[Finding]:
    """Findings of the actor's units."""
    return rows.visible(Finding, actor)


def signposts_visible_to(actor: Actor) -> QuerySet[Signpost]:
    """Signposts that the actor's units gave."""
    return rows.visible(Signpost, actor)


def notices_visible_to(actor: Actor) -> QuerySet[Notice]:
    """Who was told of what the actor's units hold or held."""
    return rows.visible(Notice, actor)
