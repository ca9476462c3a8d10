"""Break-glass to review, what was read meanwhile, and what one may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from stafette.audit.models import Reading
from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.notices.access import glasses_visible_to
from stafette.notices.glass_rules import GlassRule, running_rules
from stafette.notices.models import BreakGlass
from stafette.notices.opening import side_of, units_to_open

MOST = 200
RECORD_WORDS: dict[str, Any] = {  # what the grants of break-glass open (accounts/extra_grants.py)
    "people.Person": _("Person"),
    "people.Household": _("Haushalt"),
    "people.HouseholdMember": _("Haushaltsmitglied"),
    "people.Merge": _("Zusammenführung"),
    "intake.Interview": _("Ankunftsgespräch"),
    "referrals.Finding": _("Feststellung"),
    "referrals.Referral": _("Übergabe"),
    "referrals.FollowUp": _("Nachverfolgung"),
    "referrals.Task": _("Aufgabe"),
    "referrals.CaseTransfer": _("Wechsel der Federführung"),
    "partners.PartnerRequest": _("Anfrage an einen Partner"),
    "protection.Consent": _("Einwilligung"),
}


@dataclass(frozen=True)
class ReadOnce:
    """One record that was looked at: kind and the beginning of its id, never what stood there."""

    at: Any
    what: str
    mark: str
    page: str
    number: int


@dataclass(frozen=True)
class GlassCard:
    """What the review shows."""

    glass: BreakGlass
    is_running: bool
    readings: list[ReadOnce]
    is_cut: bool
    may_review: bool
    is_own: bool


def glasses(*, actor: Actor) -> QuerySet[BreakGlass]:
    """Openings in the actor's units, with what a line of a list shows."""
    return glasses_visible_to(actor).select_related("unit", "home_unit", "account")


def filtered(found: QuerySet[BreakGlass], values: dict[str, Any]) -> QuerySet[BreakGlass]:
    """Narrow the list by state; without one only what is to be reviewed."""
    state = values.get("state") or BreakGlass.State.OPEN
    return found if state == "all" else found.filter(state=state)


def glasses_to_review(*, actor: Actor) -> QuerySet[BreakGlass]:
    """What waits for this actor's side of the review, the most urgent first."""
    open_ones = glasses(actor=actor).filter(state=BreakGlass.State.OPEN).exclude(account=actor.id)
    waits = [
        glass.pk for glass in open_ones if not getattr(glass, f"{side_of(actor, glass.unit_id)}_finding")
    ]
    return open_ones.filter(pk__in=waits).order_by("review_on", "id")


def glass_card(*, actor: Actor, glass: BreakGlass) -> GlassCard:
    """Put the review together; `glass` comes from what the actor may see."""
    side, own = side_of(actor, glass.unit_id), glass.account_id == actor.id
    found = _readings(actor, glass)
    return GlassCard(
        glass=glass,
        is_running=glass.runs_at(now()),
        readings=found[:MOST],
        is_cut=len(found) > MOST,
        may_review=not own and glass.state == BreakGlass.State.OPEN and not getattr(glass, f"{side}_finding"),
        is_own=own,
    )


def _readings(actor: Actor, glass: BreakGlass) -> list[ReadOnce]:
    """The log of readings in the time of the opening; the head may see this much of it for the review."""
    if glass.account_id == actor.id or not actor.may(Permission.GLASS_REVIEW, unit=glass.unit_id):
        return []
    reader = actor.with_grants((Permission.READING_VIEW, glass.unit_id))
    with acting(reader):
        found = rows.visible(Reading, reader).filter(
            account_id=glass.account_id, unit_id=glass.unit_id, at__gte=glass.opened_at,
            at__lte=glass.ended_at or glass.ends_at,
        )  # fmt: skip
        return [_read(one) for one in found.order_by("at", "id")[: MOST + 1]]


def _read(one: Reading) -> ReadOnce:
    mark = str(one.record_id)[-8:] if one.record_id else ""
    word = str(RECORD_WORDS.get(one.record_type, _("anderer Datensatz")))
    return ReadOnce(one.at, word, mark, one.get_kind_display(), one.number)


def rules_for(*, actor: Actor) -> list[tuple[GlassRule, list[tuple[UUID, str]]]]:
    """Per ground what holds and whose files this actor could open now."""
    return [(rule, [(unit.pk, unit.name) for unit in units_to_open(actor, rule)]) for rule in running_rules()]
