"""Consents as they are listed, printed and withdrawn: the lists of a unit, receipts, whom one may agree to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from stafette.accounts.models import Unit
from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.people.queries import current_members
from stafette.protection.access import consents_visible_to
from stafette.protection.data import Mode
from stafette.protection.flow import flow_rules
from stafette.protection.kinds import Kind
from stafette.protection.life import Span, life_value
from stafette.protection.models import Consent, WithdrawalNote
from stafette.protection.receipts import ReceiptFacts, WithdrawalFacts


def all_consents(*, actor: Actor) -> QuerySet[Consent]:
    """All consents of the actor's units, ended ones too."""
    return consents_visible_to(actor).select_related("household", "receiver", "unit")


def remind_from(day: date) -> date:
    """Until when a consent that ends counts as running out."""
    return day + timedelta(days=life_value(Span.REMIND, on=day).count)


def filtered_consents(found: QuerySet[Consent], values: dict[str, Any]) -> QuerySet[Consent]:
    """Narrow them by state, kind and number."""
    day = today()
    states = {
        "soon": Q(withdrawn_at=None, expires_on__gt=day, expires_on__lte=remind_from(day)),
        "holds": Q(withdrawn_at=None, expires_on__gt=day),
        "lapsed": Q(withdrawn_at=None, expires_on__lte=day),
        "withdrawn": Q(withdrawn_at__isnull=False),
    }
    if values.get("state"):
        found = found.filter(states[values["state"]])
    if values.get("kind"):
        found = found.filter(kind=values["kind"])
    if values.get("number"):
        found = found.filter(number=values["number"])
    return found


def on_one_sheet(*, actor: Actor, consent: Consent) -> list[Consent]:
    """What was agreed to on the same sheet, this one included."""
    if consent.talk is None:
        return [consent]
    found = all_consents(actor=actor).filter(talk=consent.talk, household=consent.household_id)
    return list(found.order_by("id"))


def receipt_facts(consent: Consent) -> ReceiptFacts:
    """What the receipt of a consent tells; `consent` comes with its unit and receiver."""
    unit, receiver = consent.unit, consent.receiver_id or consent.outsider_id
    assert receiver is not None  # the database admits no consent without
    return ReceiptFacts(
        id=consent.pk,
        number=consent.number,
        kind=Kind(consent.kind),
        unit_id=unit.pk,
        unit=unit.name,
        authority=unit.authority.name,
        place=unit.place,
        phone=unit.phone,
        email=unit.email,
        receiver_id=receiver,
        receiver=consent.receiver_name,
        household_id=consent.household_id,
        purpose=consent.purpose,
        topic=consent.topic,
        categories=tuple(consent.categories),
        text_version=consent.text_version,
        language=consent.language,
        form=consent.form,
        given_on=consent.given_on,
        given_at=consent.created_at,
        expires_on=consent.expires_on,
        withdrawn_at=consent.withdrawn_at,
        withdrawn_unit=consent.withdrawn_unit.name if consent.withdrawn_unit else "",
        withdrawal_form=consent.withdrawal_form,
    )


def household_names(*, actor: Actor, household_id: UUID) -> list[str]:
    """Who lives there, for a form that is filled in before it is signed."""
    found = current_members(actor=actor).filter(household=household_id)
    return [member.person.full_name for member in found]


def receivers_for(unit: Unit, kind: Kind) -> list[tuple[str, str]]:
    """The units that may stand on a sheet of this kind; where data may never go, nobody is asked to agree."""
    if kind in (Kind.EXTRA, Kind.MATCHING, Kind.MENTORING):
        return []
    day = today()
    found = Unit.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day)).exclude(pk=unit.pk)
    if kind is Kind.DATA:
        found = found.filter(kind__in=_kinds_by_consent(unit.kind, day, found.values_list("kind", flat=True)))
    if kind is Kind.VISIT:
        found = Unit.objects.filter(pk__in=[unit.pk, *found.values("pk").filter(kind__in=["WK", "BA", "GA"])])
    return [(str(one.pk), one.name) for one in found.order_by("name")]


def _kinds_by_consent(sender: str, day: date, kinds: Collection[str]) -> set[str]:
    """Kinds of units to which some rule lets something go with consent."""
    rules = [rule for rule in flow_rules() if rule.head.holds_on(day) and rule.mode is not Mode.FORBIDDEN]
    open_to: set[str] = set()
    for rule in rules:
        if rule.consent_categories and {sender, "*"} & rule.senders:
            open_to |= set(rule.receivers)
    return set(kinds) if "*" in open_to else open_to & set(kinds)


def withdrawal_notes(*, actor: Actor) -> QuerySet[WithdrawalNote]:
    """Withdrawals by number that the actor's units took down."""
    return rows.visible(WithdrawalNote, actor).select_related("unit")


def withdrawal_facts(note: WithdrawalNote) -> WithdrawalFacts:
    """What the receipt of a withdrawal tells."""
    return WithdrawalFacts(note.number, note.unit.name, note.form, note.language, note.at)


def consent_counts() -> list[dict[str, Any]]:
    """Figures per unit for the officer, who sees no consent: holding, running out, lapsed and withdrawn lately."""
    day = today()
    with connection.cursor() as cursor:
        cursor.execute(
            "select unit_id, holding, soon, lapsed, withdrawn from consent_counts(%s, %s, %s)",
            [day, remind_from(day), day - timedelta(days=30)],
        )
        found = cursor.fetchall()
    names = dict(Unit.objects.values_list("pk", "short_name"))
    keys = ("unit", "holding", "soon", "lapsed", "withdrawn")
    listed = [dict(zip(keys, (names[unit], *counts), strict=True)) for unit, *counts in found]
    return sorted(listed, key=lambda row: (-row["soon"], row["unit"]))
