"""The receipt of a consent after ISO/IEC TS 27560:2023: the same facts as a sheet for the person and as a record.

The record names the person by a reference only (`pii_principal_id`), made with the key of the installation: two
receipts of one person carry the same reference, and nobody finds the person from it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.timezone import localtime

from stafette.kernel.clock import now
from stafette.kernel.rules.retention import retention_class
from stafette.protection.kinds import Kind, box_labels
from stafette.protection.printing import box_words, filled, paper, paper_version
from stafette.protection.wording import GERMAN, purpose_in
from stafette.web.sheets import Bullets, Fields, Section, Sheet, Text, sheet_pdf

SCHEMA = "ISO/IEC TS 27560:2023"
JURISDICTION = "DE"
DATA_BASIS = "Art. 6 Abs. 1 Buchst. a, Art. 7 DSGVO, § 67b Abs. 2 SGB X"
SECRECY_BASIS = "Entbindung von der Schweigepflicht, § 203 StGB"
RIGHTS = "Art. 15 bis 18, 20, 21 DSGVO"


@dataclass(frozen=True)
class ReceiptFacts:
    """What a receipt tells, without a model behind it."""

    id: UUID
    number: str
    kind: Kind
    unit_id: UUID
    unit: str
    authority: str
    place: str
    phone: str
    email: str
    receiver_id: UUID
    receiver: str
    household_id: UUID
    purpose: str
    topic: str
    categories: tuple[str, ...]
    text_version: str
    language: str
    form: str
    given_on: date
    given_at: datetime
    expires_on: date
    withdrawn_at: datetime | None = None
    withdrawn_unit: str = ""
    withdrawal_form: str = ""

    @property
    def basis(self) -> str:
        """The legal basis: a release from secrecy is none for data."""
        return SECRECY_BASIS if self.kind is Kind.SECRECY else DATA_BASIS

    @property
    def is_expired(self) -> bool:
        """Tell whether it ended by its date."""
        return self.withdrawn_at is None and self.expires_on <= localtime(now()).date()


def principal_reference(household_id: UUID) -> str:
    """The pseudonym of those who consented: stable within the installation, worthless outside."""
    key = hashlib.sha256(f"receipt:{settings.SECRET_KEY}".encode()).digest()
    return hashlib.blake2b(household_id.bytes, key=key, digest_size=12).hexdigest()


def receipt_record(facts: ReceiptFacts) -> dict[str, Any]:
    """The record in the fields of the standard; its schema is tests/receipt.schema.json."""
    return {
        "schema_version": SCHEMA,
        "receipt_id": f"{facts.number}-{len(_events(facts))}",
        "record": {
            "schema_version": SCHEMA,
            "record_id": str(facts.id),
            "consent_number": facts.number,
            "pii_principal_id": principal_reference(facts.household_id),
            "pii_processing": {
                "privacy_notice": {"version": facts.text_version, "language": facts.language},
                "language": facts.language,
                "consent_type": "professional_secrecy" if facts.kind is Kind.SECRECY else "explicit",
                "purposes": [_purpose(facts)],
            },
            "party_identification": _parties(facts),
            "events": _events(facts),
        },
    }


def _purpose(facts: ReceiptFacts) -> dict[str, Any]:
    codes = zip(facts.categories, box_labels(facts.kind, facts.categories), strict=True)
    return {
        "purpose": facts.topic or facts.purpose,
        "purpose_type": facts.kind.value,
        "lawful_basis": facts.basis,
        "pii_information": [
            {"pii_type": code, "pii_name": label, "pii_optional": True, "sensitive_pii_category": False}
            for code, label in codes
        ],
        "pii_controllers": [str(facts.unit_id)],
        "collection_method": "direct",
        "processing_method": "disclosure" if facts.kind is Kind.DATA else "use",
        "storage_locations": [JURISDICTION],
        "processing_locations": [JURISDICTION],
        "geographic_restrictions": [JURISDICTION],
        "jurisdictions": [JURISDICTION],
        "retention_period": f"P{retention_class('L13').months}M",
        "recipient_third_parties": [str(facts.receiver_id)],
        "withdrawal_method": paper(GERMAN).words["withdraw"],
        "privacy_rights": RIGHTS,
    }


def _parties(facts: ReceiptFacts) -> list[dict[str, Any]]:
    controller = {
        "party_id": str(facts.unit_id),
        "party_role": "controller",
        "party_name": f"{facts.unit}, {facts.authority}",
        "party_address": facts.place,
        "party_phone": facts.phone,
        "party_email": facts.email,
    }
    if facts.receiver_id == facts.unit_id:
        return [controller]
    return [
        controller,
        {"party_id": str(facts.receiver_id), "party_role": "recipient", "party_name": facts.receiver},
    ]


def _events(facts: ReceiptFacts) -> list[dict[str, Any]]:
    """What happened when; the last one says how it stands."""
    days = (facts.expires_on - facts.given_on).days
    events = [
        {
            "event_type": "explicit_consent",
            "event_state": "consent_given",
            "event_time": _moment(facts.given_at),
            "valid_from": facts.given_on.isoformat(),
            "valid_until": facts.expires_on.isoformat(),
            "validity_duration": f"P{days}D",
            "event_method": facts.form,
            "entity_id": principal_reference(facts.household_id),
        }
    ]
    if facts.withdrawn_at is not None:
        events.append(
            {
                "event_type": "withdrawal",
                "event_state": "consent_withdrawn",
                "event_time": _moment(facts.withdrawn_at),
                "event_method": facts.withdrawal_form or facts.form,
                "entity_id": principal_reference(facts.household_id),
            }
        )
    elif facts.is_expired:
        events.append(
            {
                "event_type": "expiry",
                "event_state": "consent_expired",
                "event_time": facts.expires_on.isoformat(),
                "entity_id": str(facts.unit_id),
            }
        )
    return events


def _moment(at: datetime) -> str:
    return localtime(at).isoformat(timespec="seconds")


def receipt_pdf(facts: ReceiptFacts) -> bytes:
    """The receipt in the language of the talk, with the German one behind it."""
    codes = [facts.language] if facts.language == GERMAN else [facts.language, GERMAN]
    return sheet_pdf(*(receipt_sheet(facts, code) for code in codes))


def receipt_sheet(facts: ReceiptFacts, language: str) -> Sheet:
    """One receipt in one language."""
    words, title = paper(language).words, paper(language).forms[facts.kind]["title"]
    names = box_words(facts.kind, language)
    lines = [
        (words["number"], facts.number),
        (words["unit"], f"{facts.unit}, {facts.authority}"),
        (words["receiver"], facts.receiver),
        (words["purpose"], purpose_in(language, facts.purpose)),
        *([(words["topic"], facts.topic)] if facts.topic else []),
        (words["given_on"], f"{facts.given_on:%d.%m.%Y}"),
        (words["form"], words[facts.form]),
        (words["until"], f"{facts.expires_on:%d.%m.%Y}"),
        (words["basis"], facts.basis),
        (words["version"], facts.text_version),
    ]
    return Sheet(
        title=words["receipt"],
        sender=facts.unit,
        language=language,
        lead=words["receipt_lead"],
        mark=f"{facts.number} · {paper_version()}" + _unreviewed(language),
        sections=[
            Section(title, [Fields(lines)]),
            Section(words["data"], [Bullets([names[code] for code in facts.categories])]),
            Section(words["history"], [Bullets(_history(facts, language))]),
            Section(words["rights"], [Text(words["withdraw"]), Text(filled(words["kept_for"]))]),
        ],
    )


def _history(facts: ReceiptFacts, language: str) -> list[str]:
    words = paper(language).words
    lines = [f"{facts.given_on:%d.%m.%Y}: {words['given']}"]
    if facts.withdrawn_at is not None:
        at = f"{localtime(facts.withdrawn_at):%d.%m.%Y, %H:%M}"
        form = f" ({words[facts.withdrawal_form]})" if facts.withdrawal_form else ""
        lines.append(f"{at}: {words['withdrawn']}{form}, {facts.withdrawn_unit or facts.unit}")
    elif facts.is_expired:
        lines.append(f"{facts.expires_on:%d.%m.%Y}: {words['expired']}")
    return lines


def _unreviewed(language: str) -> str:
    return "" if paper(language).is_reviewed else f" · {paper(language).words['review']}"


@dataclass(frozen=True)
class WithdrawalFacts:
    """What the receipt of a withdrawal by number tells: never whether the number is known."""

    number: str
    unit: str
    form: str
    language: str
    at: datetime


def withdrawal_pdf(facts: WithdrawalFacts) -> bytes:
    """The receipt of a withdrawal, the same for every number."""
    codes = [facts.language] if facts.language == GERMAN else [facts.language, GERMAN]
    return sheet_pdf(*(_withdrawal_sheet(facts, code) for code in codes))


def _withdrawal_sheet(facts: WithdrawalFacts, language: str) -> Sheet:
    words = paper(language).words
    lines = [
        (words["number"], facts.number),
        (words["taken_at"], facts.unit),
        (words["taken_on"], f"{localtime(facts.at):%d.%m.%Y, %H:%M}"),
        (words["form"], words[facts.form]),
    ]
    text = [Text(one) for one in map(filled, paper(language).forms["withdrawal"]["text"])]
    return Sheet(
        title=words["withdrawal_receipt"],
        sender=facts.unit,
        language=language,
        lead=words["withdrawal_lead"],
        mark=f"{facts.number} · {paper_version()}" + _unreviewed(language),
        sections=[Section("", [Fields(lines)]), Section("", text)],
    )
