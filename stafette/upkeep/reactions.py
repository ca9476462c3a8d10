"""What the upkeep does when other rooms report something: entries were confirmed, mails came back, units answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Protocol
from uuid import UUID

from django.utils.timezone import localtime

from stafette.audit.models import Event
from stafette.directory.books import books_of
from stafette.directory.models import EntryProposal, Organization, Service, SignalKind
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.outbox.access import visible_to as messages_visible_to
from stafette.referrals.access import visible_to as referrals_visible_to
from stafette.referrals.models import DeclineReason
from stafette.upkeep import mails
from stafette.upkeep.commands import note_bounce, note_signals, settle_rounds
from stafette.upkeep.models import ConfirmationRound

OF_REASON = {
    DeclineReason.NO_CAPACITY.value: SignalKind.AT_CAPACITY,
    DeclineReason.NOT_RESPONSIBLE.value: SignalKind.NOT_RESPONSIBLE,
}


class Answered(Protocol):
    """What an organisation outside answered, without the case: its unit or its published address, kind and days."""

    @property
    def kind(self) -> str:
        """A code of SignalKind."""

    @property
    def unit_id(self) -> UUID | None:
        """The unit of its accounts, where it has one."""

    @property
    def address(self) -> str:
        """Its published address."""

    @property
    def days(self) -> int | None:
        """How long the answer took."""


AnswerReader = Callable[[Actor, Event], Answered | None]


def service_confirmed(actor: Actor, event: Event) -> None:
    """A service was confirmed, by whatever way: perhaps it was the last one that was asked about."""
    service = Service.objects.select_related("organization").filter(pk=event.subject_id).first()
    if service is not None:
        _settle(actor, service.organization)


def entry_proposed(actor: Actor, event: Event) -> None:
    """A provider proposed a change: it has answered, now the editors have their turn."""
    proposal = EntryProposal.objects.select_related("organization").filter(pk=event.subject_id).first()
    if proposal is not None:
        _settle(actor, proposal.organization)


def _settle(actor: Actor, organization: Organization) -> None:
    if ConfirmationRound.objects.filter(organization=organization).exclude(state="done").exists():
        settle_rounds(actor=_watcher(actor, organization), organization_id=organization.pk)


def mail_bounced(actor: Actor, event: Event) -> None:
    """A mail to a provider came back; the key of the mail names the round."""
    if event.details.get("mail") != mails.KIND or event.unit_id is None:
        return
    watcher = actor.with_grants((Permission.DUTY_WATCH, event.unit_id))
    message = messages_visible_to(watcher).get(pk=event.subject_id)
    round_id = UUID(message.key.split(":")[1])
    round_ = ConfirmationRound.objects.select_related("organization").filter(pk=round_id).first()
    if round_ is not None:
        note_bounce(actor=_watcher(actor, round_.organization), round_id=round_id)


def referral_refused(actor: Actor, event: Event) -> None:
    """A unit gave a referral back: its services may be full, or for something else."""
    kind = OF_REASON.get(event.details.get("reason", ""))
    if kind is not None:
        _note_for_unit(actor, event, kind)


def referral_accepted(actor: Actor, event: Event) -> None:
    """A unit took a referral: how long that took tells whether one waits there."""
    _note_for_unit(actor, event, SignalKind.ACCEPTED)


def _note_for_unit(actor: Actor, event: Event, kind: SignalKind) -> None:
    organizations = _of_unit(event.unit_id)
    if not organizations:
        return
    referral = referrals_visible_to(actor).only("sent_at").filter(pk=event.subject_id).first()
    days = None
    if referral is not None and referral.sent_at is not None:
        days = (today() - localtime(referral.sent_at).date()).days
    _note(actor, organizations, kind, days)


@cache
def reaction_to_answers(read: AnswerReader) -> Callable[[Actor, Event], None]:
    """Make a reaction out of a room's way of reading its own event; config/wiring.py ties the two together."""

    def answered(actor: Actor, event: Event) -> None:
        found = read(actor, event)
        if found is not None:
            organizations = _of_unit(found.unit_id) or _with_address(found.address)
            _note(actor, organizations, found.kind, found.days)

    return answered


def _of_unit(unit_id: UUID | None) -> list[Organization]:
    return list(Organization.objects.filter(unit=unit_id, is_active=True)) if unit_id else []


def _with_address(address: str) -> list[Organization]:
    return list(Organization.objects.filter(email__iexact=address, is_active=True)[:1]) if address else []


def _note(actor: Actor, organizations: list[Organization], kind: str, days: int | None) -> None:
    for one in organizations:
        note_signals(actor=_watcher(actor, one), organization_id=one.pk, kind=kind, days=days)


def _watcher(actor: Actor, organization: Organization) -> Actor:
    return actor.with_grants((Permission.DUTY_WATCH, books_of(organization)))
