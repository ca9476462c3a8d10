"""What a talk led to: findings with their ways, and what was given along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from stafette.intake.queries.handing import material_word, paper_language_name
from stafette.intake.queries.talks import TalkView
from stafette.kernel.actor import Actor
from stafette.referrals.models import DismissReason
from stafette.referrals.queries import Proposal, proposals


@dataclass(frozen=True)
class Given:
    """A piece of information that was handed out, in words."""

    words: str
    language: str
    on: Any


def ways_on(*, actor: Actor, household_id: UUID) -> list[Proposal]:
    """Findings of the household with the ways that the town's blueprint offers; a human takes one or none."""
    return proposals(actor=actor, household_id=household_id)


def dismissing() -> dict[str, Any]:
    """The reasons for which nothing follows, as the list of proposals wants them."""
    return {"fields": {"reason": {"choices": DismissReason.choices}}}


def given_along(view: TalkView) -> list[Given]:
    """Return the material that was handed out in this talk."""
    return [
        Given(material_word(view.form, one.material), paper_language_name(one.language), one.handed_on)
        for one in view.handouts
    ]
