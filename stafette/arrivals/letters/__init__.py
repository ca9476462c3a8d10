"""The invitation to the talk: a letter beside the person's language, and a message to copy."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from stafette.kernel.clock import today
from stafette.web import pdf

FOLDER = Path(__file__).parent
LANGUAGES = ("de", "en", "bg", "ro", "pl")
TEXT_VERSION = "2026-11"
BY_NATIONALITY = {"125": "bg", "154": "ro", "146": "ro", "152": "pl", "000": "de", "151": "de"}


@dataclass(frozen=True)
class Sender:
    """The unit that invites, as the letterhead shows it."""

    name: str
    authority: str
    place: str = ""
    phone: str = ""
    email: str = ""

    @property
    def contact(self) -> str:
        """Telephone, mail and place in one line."""
        phone = f"Tel. {self.phone}" if self.phone else ""
        return ", ".join(part for part in (phone, self.email, self.place) if part)


@dataclass(frozen=True)
class Invitation:
    """What an invitation says, to whom and in which language."""

    sender: Sender
    language: str
    recipient: tuple[str, ...] = field(default_factory=tuple)
    appointment_at: datetime | None = None
    reference: str = ""


@cache
def texts(language: str) -> dict[str, Any]:
    """The texts of a language; German where there is no translation."""
    path = FOLDER / "texts" / f"{language if language in LANGUAGES else 'de'}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def language_names() -> dict[str, str]:
    """Every language with a translation, by its own name."""
    return {code: str(texts(code)["language"]) for code in LANGUAGES}


def language_for(nationalities: list[str], known: str = "") -> str:
    """The language to write in: the one that is known, else the one that the nationality suggests, else English."""
    if known in LANGUAGES:
        return known
    return next((BY_NATIONALITY[key] for key in nationalities if key in BY_NATIONALITY), "en")


def letter(invitation: Invitation) -> bytes:
    """The letter as an accessible PDF."""
    return pdf.render(FOLDER / "invitation.typ", _letter_data(invitation))


def message(invitation: Invitation) -> str:
    """The text to copy into a messenger, an SMS or a mail."""
    words = texts(invitation.language)
    return " ".join(_fill(str(words["message"]), invitation, words).split())


def _letter_data(invitation: Invitation) -> dict[str, Any]:
    german, sender = texts("de"), invitation.sender
    wanted = ["de"] if invitation.language == "de" else ["de", invitation.language]
    info = [["Datum", f"{today():%d.%m.%Y}"]]
    info += [["Zeichen", invitation.reference]] if invitation.reference else []
    info += [["Telefon", sender.phone]] if sender.phone else []
    info += [["E-Mail", sender.email]] if sender.email else []
    return {
        "title": german["subject"],
        "closing": german["closing"]
        if len(wanted) == 1
        else f"{german['closing']} / {texts(wanted[1])['closing']}",
        "sender": {
            "name": sender.name,
            "authority": sender.authority,
            "lines": [part for part in (sender.place, sender.phone, sender.email) if part],
            "return_line": " · ".join(part for part in (sender.authority, sender.name, sender.place) if part),
        },
        "recipient": list(invitation.recipient),
        "info": info,
        "parts": [_part(code, invitation) for code in wanted],
    }


def _part(code: str, invitation: Invitation) -> dict[str, Any]:
    words = texts(code)
    paragraphs = [_fill(str(text), invitation, words) for text in words["paragraphs"]]
    return {"lang": code, "heading": words["subject"] if code != "de" else "", "paragraphs": paragraphs}


def _fill(text: str, invitation: Invitation, words: dict[str, Any]) -> str:
    return text.format(
        appointment=_appointment(invitation, words),
        contact=invitation.sender.contact,
        sender=invitation.sender.name,
    )


def _appointment(invitation: Invitation, words: dict[str, Any]) -> str:
    if invitation.appointment_at is None:
        return str(words["no_appointment"])
    local = timezone.localtime(invitation.appointment_at)
    where = invitation.sender.place or invitation.sender.name
    return str(words["appointment"]).format(when=f"{local:%d.%m.%Y, %H:%M}", where=where)
