"""What providers ask to change in their entries, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.directory import data as d
from stafette.directory.books import books_of
from stafette.directory.books import require_provider as _require_provider
from stafette.directory.codes import free_code
from stafette.directory.commands.entries import put_organization, put_service
from stafette.directory.differing import as_data, changed_names, is_service, wished
from stafette.directory.models import EntryProposal, Organization, Service
from stafette.directory.plain import to_plain
from stafette.directory.queries import present_of, wanted_of
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission

MOST_OPEN = 20  # of one provider; more is a mistake or mischief


@command
def propose_entry(
    *,
    actor: Actor,
    organization_id: UUID,
    service_id: UUID | None = None,
    data: dict[str, Any],
    note: str = "",
    source: str = "provider",
) -> EntryProposal:
    """Keep what a provider would like its entry to say; nothing is shown to anybody until an editor takes it over.

    `data` is a whole ServiceData or OrganizationData as plain values (plain.to_plain). Without `service_id` it is
    the provider's own entry, or a new service where `data` is one. Code, provider and keeper stay as they are,
    whatever `data` says. Asked for twice, the newer wish replaces the open one.
    """
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization_id)
    _require_provider(actor, organization)
    service = organization.services.get(pk=service_id) if service_id else None
    wish = _fitting(data, organization, service)
    if service or not is_service(wish):
        _refuse_equal(present_of(EntryProposal(organization=organization, service=service)), wish)
    found = _same_wish(organization, service, wish)
    waiting = organization.proposals.filter(state=EntryProposal.State.OPEN).count()
    if found is None and waiting >= MOST_OPEN:
        raise RuleBroken(_("Es liegen schon viele Vorschläge vor. Die Redaktion prüft sie zuerst."))
    proposal = found or EntryProposal(organization=organization, service=service)
    proposal.data, proposal.note, proposal.source = wish, note.strip()[:400], source
    proposal.proposed_at = now()
    proposal.save()
    record(
        actor,
        "entry.proposed",
        proposal,
        unit=books_of(organization),
        code=wish["code"],
        source=source,
    )
    return proposal


@command
def take_proposal(*, actor: Actor, unit_id: UUID, proposal_id: UUID) -> EntryProposal:
    """Write what the provider asked for into the entry; what others corrected meanwhile stays."""
    proposal = _locked(proposal_id)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    proposal.move("take")
    proposal.decided_at, proposal.decided_by = now(), actor.label
    proposal.service = _carry_out(actor, unit_id, proposal)
    proposal.save(update_fields=["state", "decided_at", "decided_by", "service"])
    record(actor, "entry.proposal_taken", proposal, unit=unit_id, code=proposal.data["code"])
    return proposal


@command
def refuse_proposal(*, actor: Actor, unit_id: UUID, proposal_id: UUID, reason: str) -> EntryProposal:
    """Leave the entry as it is and tell the provider why."""
    proposal = _locked(proposal_id)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    if not reason.strip():
        raise BadInput(_("Sagen Sie dem Träger in einem Satz, warum."))
    proposal.move("refuse")
    proposal.reason, proposal.decided_at, proposal.decided_by = reason.strip()[:400], now(), actor.label
    proposal.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    record(actor, "entry.proposal_refused", proposal, unit=unit_id, code=proposal.data["code"])
    return proposal


def _locked(proposal_id: UUID) -> EntryProposal:
    rows = EntryProposal.objects.select_for_update(of=("self",)).select_related("organization")
    return rows.get(pk=proposal_id)


def _fitting(data: dict[str, Any], organization: Organization, service: Service | None) -> dict[str, Any]:
    """The wish with the fixed fields set right; BadInput where it is no entry at all."""
    wish = dict(data)
    if service or is_service(wish):
        wish["organization"] = organization.code
        wish["code"] = service.code if service else free_code(str(wish.get("name", "")), Service)
    else:
        wish["code"] = organization.code
    try:
        return to_plain(as_data(wish))
    except (TypeError, ValueError) as error:
        raise BadInput(_("Der Vorschlag ist nicht vollständig. Bitte prüfen Sie den Namen.")) from error


def _same_wish(
    organization: Organization, service: Service | None, wish: dict[str, Any]
) -> EntryProposal | None:
    """The open proposal that this one replaces; each new service stands for itself."""
    if service is None and is_service(wish):
        return None
    rows = organization.proposals.filter(state=EntryProposal.State.OPEN, service=service)
    return next((one for one in rows if is_service(one.data) == is_service(wish)), None)


def _refuse_equal(present: dict[str, Any], wish: dict[str, Any]) -> None:
    if not changed_names(present, wished(present, wish, present)):
        raise BadInput(_("Es hat sich nichts geändert. Bestätigen Sie den Eintrag, wenn alles noch stimmt."))


def _carry_out(actor: Actor, unit_id: UUID, proposal: EntryProposal) -> Service | None:
    """Write it; what a provider says of its service also confirms the rest of it on that day."""
    entry = as_data(wanted_of(proposal))
    if isinstance(entry, d.OrganizationData):
        put_organization(actor=actor, unit_id=unit_id, data=entry, source="provider")
        return None
    if proposal.service is None:
        entry = replace(entry, code=free_code(entry.name, Service))
    day = localtime(proposal.proposed_at).date()
    entry = replace(entry, assured_at=day, assured_by=proposal.organization.name)
    return put_service(actor=actor, unit_id=unit_id, data=entry, source="provider")
