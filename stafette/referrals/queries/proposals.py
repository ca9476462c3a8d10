"""What follows from the findings of a household: the proposed ways, with the rule's decision and its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from stafette.accounts.models import Route
from stafette.accounts.queries import finding_labels, heir_of, routes_for
from stafette.directory.models import Service
from stafette.directory.queries import services as listed_services
from stafette.kernel.actor import Actor
from stafette.protection.data import Category, Decision
from stafette.protection.queries import decide
from stafette.referrals.access import findings_visible_to, signposts_visible_to, visible_to
from stafette.referrals.models import Finding, Referral, Signpost


@dataclass(frozen=True)
class Way:
    """One way for a finding: to a unit with the decision of the flow rule, or to services outside."""

    route: Route
    decision: Decision | None
    services: list[Service] = field(default_factory=list)

    @property
    def free(self) -> list[str]:
        """Words for what travels without consent."""
        return _words(self.decision.allowed) if self.decision else []

    @property
    def consented(self) -> list[str]:
        """Words for what travels only with consent."""
        return _words(self.decision.needs_consent) if self.decision else []


@dataclass(frozen=True)
class Proposal:
    """A finding with its German name, its ways while it is open, and the referrals it led to."""

    finding: Finding
    label: str
    ways: list[Way]
    referrals: list[Referral]
    signposts: list[Signpost]


def _words(categories: frozenset[str]) -> list[str]:
    return [str(Category(one).label) for one in Category.values if one in categories]


def services_for(codes: list[str]) -> list[Service]:
    """The named services that still exist, in the order in which the blueprint names them."""
    found = {service.code: service for service in listed_services().filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def proposals(*, actor: Actor, household_id: UUID) -> list[Proposal]:
    """All findings of a household, open ones first, each with what may be done about it."""
    labels = finding_labels()
    findings = list(
        findings_visible_to(actor)
        .filter(household=household_id)
        .select_related("person")
        .order_by("created_at")
    )
    led: dict[UUID, list[Referral]] = {}
    for row in visible_to(actor).filter(finding__in=findings).select_related("to_unit"):
        led.setdefault(row.finding_id or row.pk, []).append(row)
    given: dict[UUID, list[Signpost]] = {}
    for signpost in signposts_visible_to(actor).filter(finding__in=findings).select_related("service"):
        given.setdefault(signpost.finding_id or signpost.pk, []).append(signpost)
    return sorted(
        (
            Proposal(
                finding=finding,
                label=labels.get(finding.code, finding.code),
                ways=_ways(finding) if finding.state == Finding.State.OPEN else [],
                referrals=led.get(finding.pk, []),
                signposts=given.get(finding.pk, []),
            )
            for finding in findings
        ),
        key=lambda proposal: proposal.finding.state != Finding.State.OPEN,
    )


def _ways(finding: Finding) -> list[Way]:
    routes = list(routes_for(finding.code, sender_id=finding.unit_id))
    for route in routes:
        route.receiver = heir_of(route.receiver) if route.receiver else None  # in memory: who is there today
    return [Way(route, _decision(route, finding.code), services_for(route.signpost)) for route in routes]


def _decision(route: Route, finding_code: str) -> Decision | None:
    if route.receiver is None:
        return None
    return decide(
        sender=route.sender, receiver=route.receiver, finding_code=finding_code, categories=route.categories
    )
