"""The sender's side: prepare, fix the content, send, take back, decide anew after a decline."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Route
from stafette.accounts.queries import heir_of
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.models import Household
from stafette.protection.commands import log_disclosure
from stafette.protection.data import Category, Decision, Mode
from stafette.protection.queries import decide
from stafette.referrals import envelope
from stafette.referrals.basis import coverage_for, decision_of, missing_consents, persons_told_of
from stafette.referrals.commands.answering import _end_forwarded
from stafette.referrals.deadlines import dates_after, working_day
from stafette.referrals.making import new_referral, possible_categories
from stafette.referrals.models import Envelope, Referral, Subject
from stafette.referrals.objecting import refuse_against_objection
from stafette.referrals.steps import (
    clerk_for,
    locked,
    locked_finding,
    move_finding,
    tell_other_unit,
)


@command
def prepare_referral(
    *, actor: Actor, finding_id: UUID, route_id: UUID, categories: Collection[str] | None = None
) -> Referral:
    """Begin a referral from a finding along a route of the blueprint; nothing leaves the unit yet.

    The flow rule decides now what may travel, and the referral keeps rule, norm and periods of this day. Where no
    consent is missing, the envelope is filled at once.
    """
    finding = locked_finding(finding_id)
    actor.require(Permission.REFERRAL_SEND, unit=finding.unit_id)
    route = Route.objects.select_related("sender__authority", "receiver__authority").get(pk=route_id)
    if route.receiver is None or route.sender_id != finding.unit_id:
        raise BadInput(_("Dieser Weg führt von Ihrer Stelle aus nicht zu einer anderen Stelle."))
    route.receiver = heir_of(route.receiver)
    asked = set(route.categories) & set(categories if categories is not None else route.categories)
    decision = _decide(route, finding.code, asked)
    if not decision.is_possible:
        raise RuleBroken(decision.sentence)
    finding.move("prepare")
    finding.save(update_fields=["state"])
    referral = new_referral(
        actor,
        finding,
        sender=route.sender,
        receiver=route.receiver,
        route=route,
        purpose=route.purpose,
        decision=decision,
    )
    referral.save(force_insert=True)
    record(
        actor, "referral.prepared", referral, unit=referral.from_unit_id, about=referral.household_id,
        number=referral.number, receiver=referral.to_unit_id, rule=decision.rule, mode=decision.mode,
        categories=referral.categories,
    )  # fmt: skip
    if not missing_consents(actor, referral, decision):
        return check_referral(actor=actor, referral_id=referral.pk)
    return referral


def _decide(route: Route, finding_code: str, categories: Collection[str]) -> Decision:
    receiver = route.receiver
    assert receiver is not None
    return decide(sender=route.sender, receiver=receiver, finding_code=finding_code, categories=categories)


@command
def check_referral(
    *,
    actor: Actor,
    referral_id: UUID,
    categories: Collection[str] | None = None,
    version: int | None = None,
) -> Referral:
    """Fix the content: fill the envelope with what rule and consents allow now, ready to be looked at and sent.

    `categories` narrows what goes: a category that nobody agreed to is left out, never asked for twice.
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=referral.from_unit_id)
    if categories is not None:
        referral.categories = [one for one in referral.categories if one in set(categories)]
    decision = decision_of(referral)
    missing = missing_consents(actor, referral, decision)
    if missing:
        words = ", ".join(str(Category(one).label) for one in sorted(missing))
        raise RuleBroken(
            _(
                "Es fehlt die Einwilligung für: {words}. Holen Sie sie ein oder lassen Sie diese Angaben weg."
            ).format(words=words)
        )
    content = _content(actor, referral, decision)
    referral.move("check")
    referral.categories = list(content.categories)
    referral.version += 1
    referral.save(update_fields=["state", "categories", "version"])
    Envelope.objects.filter(referral=referral).delete()
    _envelope(referral, content).save(force_insert=True)
    record(
        actor, "referral.checked", referral, unit=referral.from_unit_id, about=referral.household_id,
        number=referral.number, categories=referral.categories, persons=content.person_count,
    )  # fmt: skip
    return referral


def _content(actor: Actor, referral: Referral, decision: Decision) -> envelope.Content:
    household = Household.objects.get(pk=cast(UUID, referral.household_id))
    if referral.subject == Subject.BUILDING:
        content = envelope.for_building(actor=actor, household=household, indication=referral.finding_code)
        if not content.payload:
            raise RuleBroken(
                _("Für diesen Haushalt liegt keine Anschrift vor, die weitergegeben werden darf.")
            )
        return content
    finding = referral.finding
    agreed = {
        person: granted & decision.needs_consent
        for person, granted in coverage_for(actor, referral).by_person.items()
    }
    content = envelope.for_persons(
        actor=actor,
        household=household,
        subject=finding.person if finding else None,
        needs=[finding.reason] if finding else [],
        free=decision.allowed,
        agreed=agreed,
    )
    if not content.categories:
        raise RuleBroken(_("In dieser Übergabe wäre nichts enthalten. Wählen Sie Angaben aus, die mitgehen."))
    return content


def _envelope(referral: Referral, content: envelope.Content) -> Envelope:
    return Envelope(
        referral=referral,
        from_unit_id=referral.from_unit_id,
        to_unit_id=referral.to_unit_id,
        label=content.label,
        payload=content.payload,
        person_count=content.person_count,
    )


@command
def revise_referral(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """Open a checked referral again, because consent or content is to change; its envelope is emptied."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=referral.from_unit_id)
    referral.move("revise")
    _reset(referral)
    record(
        actor, "referral.revised", referral, unit=referral.from_unit_id, about=referral.household_id,
        number=referral.number,
    )  # fmt: skip
    return referral


def _reset(referral: Referral) -> None:
    """Give a draft back what its route, or the referral that it carries on, offers; throw the snapshot away."""
    offering = referral.route or referral.forwarded_from
    if offering is not None:
        decision = decide(
            sender=referral.from_unit,
            receiver=referral.to_unit,
            finding_code=referral.finding_code,
            categories=offering.categories,
        )
        referral.categories = possible_categories(decision)
    referral.version += 1
    referral.save(update_fields=["state", "categories", "version"])
    Envelope.objects.filter(referral=referral).delete()


@command
def send_referral(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """Hand the envelope over; from now on the receiver holds the baton and must answer by a date.

    Rule and consents are asked once more: what lapsed or was withdrawn since the check blocks the sending. Dates
    are working days of the receiver's Land, computed once. The crossing is proven in the log of disclosures.
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=referral.from_unit_id)
    _check_receiver_lasts(referral)
    decision = decision_of(referral)
    refuse_against_objection(actor, household_id=referral.household_id, mode=decision.mode)
    if set(referral.categories) - decision.allowed - decision.needs_consent:
        raise RuleBroken(_("Die Regel hat sich geändert: {why}").format(why=decision.sentence))
    if missing_consents(actor, referral, decision):
        raise RuleBroken(_("Eine Einwilligung gilt nicht mehr. Legen Sie den Inhalt der Übergabe neu fest."))
    day, at = today(), now()
    clerk = clerk_for(referral.to_unit, referral.number)
    referral.send(
        at=at,
        receiver_user_id=clerk,
        answer_due_on=working_day(day, referral.answer_days, unit=referral.to_unit),
    )
    dates = dates_after(day, referral.receipt_days, unit=referral.to_unit)
    referral.pass_baton(unit_id=referral.to_unit_id, user_id=clerk, dates=dates)
    content = Envelope.objects.select_for_update(of=("self",)).get(referral=referral)
    content.sent_at = at
    content.save(update_fields=["sent_at"])
    referral.save()
    _prove(actor, referral, decision, content.person_count)
    move_finding(actor, referral, "refer")
    record(
        actor, "referral.sent", referral, unit=referral.from_unit_id, about=referral.household_id,
        number=referral.number, receiver=referral.to_unit_id, rule=decision.rule,
        categories=referral.categories, answer_due_on=referral.answer_due_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.arrived", referral, sender=referral.from_unit_id, **_due(referral))
    if referral.forwarded_from_id is not None:
        _end_forwarded(actor, referral)
    return referral


def _check_receiver_lasts(referral: Referral) -> None:
    """Rule and consent hold for the unit they name: nothing is sent to its successor on their ground."""
    successor = heir_of(referral.to_unit)
    if successor.pk != referral.to_unit_id:
        raise RuleBroken(
            _(
                "Die Stelle „{unit}“ gibt es nicht mehr, zuständig ist jetzt „{successor}“. "
                "Ziehen Sie diese Übergabe zurück und bereiten Sie sie neu vor; sie geht dann an die neue Stelle."
            ).format(unit=referral.to_unit.name, successor=successor.name)
        )


def _due(referral: Referral) -> dict[str, object]:
    return {"next_on": referral.next_on, "answer_due_on": referral.answer_due_on}


def _prove(actor: Actor, referral: Referral, decision: Decision, person_count: int) -> None:
    by_consent = decision.needs_consent & set(referral.categories)
    consents = coverage_for(actor, referral).consents if by_consent else ()
    used = next((one for one in consents if by_consent & set(one.categories)), None)
    log_disclosure(
        actor=actor,
        unit_id=referral.from_unit_id,
        receiver_id=referral.to_unit_id,
        household_id=referral.household_id,
        reference=referral.number,
        purpose=referral.purpose,
        decision=decision,
        categories=referral.categories,
        person_count=person_count,
        consent_id=used.pk if used else None,
        person_ids=persons_told_of(actor, referral, decision),
    )


@command
def withdraw_referral(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """Take a referral back before it was accepted; what was in the envelope is destroyed."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=referral.from_unit_id)
    _withdraw(actor, referral)
    record(
        actor, "referral.withdrawn", referral, unit=referral.from_unit_id, about=referral.household_id,
        number=referral.number,
    )  # fmt: skip
    return referral


def _withdraw(actor: Actor, referral: Referral) -> None:
    was_sent = referral.sent_at is not None
    referral.end("withdraw", at=now())
    referral.save()
    content = Envelope.objects.select_for_update(of=("self",)).filter(referral=referral).first()
    if content is not None:
        content.payload, content.label, content.destroyed_at = {}, "", now()
        content.save(update_fields=["payload", "label", "destroyed_at"])
    move_finding(actor, referral, "reopen")
    if was_sent:
        tell_other_unit(actor, "referral.taken_back", referral)


@command
def end_for_consent(
    *,
    actor: Actor,
    unit_id: UUID,
    household_id: UUID,
    receiver_id: UUID,
    person_ids: Collection[UUID],
    categories: Collection[str],
) -> list[Referral]:
    """Follow a withdrawn consent: what was not accepted yet must not be read any more (domain.md 14.4).

    A referral that lives by consent alone is withdrawn and its payload destroyed. From one with a basis in law only
    the consented categories vanish. What the receiver accepted has become its own record and stays.
    """
    running = [Referral.State.CHECKED, Referral.State.SENT, Referral.State.RECEIVED]
    found = Referral.objects.select_for_update(of=("self",)).filter(
        from_unit=unit_id, household=household_id, to_unit=receiver_id, state__in=running
    )
    actor.require(Permission.REFERRAL_SEND, unit=unit_id)
    touched = []
    for referral in found.select_related("from_unit__authority", "to_unit__authority", "route"):
        lost = _lost(actor, referral, person_ids, categories)
        if not lost:
            continue
        if referral.state == Referral.State.CHECKED:
            referral.move("revise")
            _reset(referral)
        elif referral.mode == Mode.CONSENT:
            _withdraw(actor, referral)
        else:
            _strip(referral, lost)
        record(
            actor, "referral.consent_ended", referral, unit=unit_id, about=household_id,
            number=referral.number, categories=sorted(lost), state=referral.state,
        )  # fmt: skip
        touched.append(referral)
    return touched


def _lost(
    actor: Actor, referral: Referral, person_ids: Collection[UUID], categories: Collection[str]
) -> frozenset[str]:
    """Which categories of a referral these people no longer agree to, by no other consent either."""
    still = coverage_for(actor, referral).by_person
    ended = (frozenset(categories) - still.get(person, frozenset()) for person in person_ids)
    return decision_of(referral).needs_consent & frozenset().union(*ended)


def _strip(referral: Referral, lost: Collection[str]) -> None:
    content = Envelope.objects.select_for_update(of=("self",)).get(referral=referral)
    content.payload = envelope.without(content.payload, lost)
    content.person_count = len(content.payload.get("persons", ()))
    content.save(update_fields=["payload", "person_count"])
    referral.categories = [one for one in referral.categories if one not in lost]
    referral.version += 1
    referral.save(update_fields=["categories", "version"])


@command
def settle_decline(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """The sender has read why it was declined or given back and decides anew: the finding is open again."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_SEND, unit=referral.from_unit_id)
    referral.end("settle", at=now())
    referral.save()
    record(
        actor, "referral.settled", referral, unit=referral.from_unit_id, about=referral.household_id,
        number=referral.number, reason=referral.decline_reason,
    )  # fmt: skip
    return referral
