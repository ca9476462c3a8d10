"""What partners may be asked, per kind, and which answers there are: codes, so that answers can be counted.

A question is at the same time the "finding" of its flow rule (rules/flow.toml, L04–L09): what may travel is decided
per question. `categories` is the most that it asks for; rule and consent take away from it, never add.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from stafette.partners.models import PartnerKind
from stafette.protection.data import Category


@dataclass(frozen=True)
class Answer:
    """One answer to tap; `date_label` asks for a day along with it."""

    code: str
    label: Any
    date_label: Any = ""


@dataclass(frozen=True)
class Question:
    """A question in plain German, as the partner reads it."""

    code: str
    kind: PartnerKind
    text: Any
    purpose: Any
    categories: tuple[str, ...]
    answers: tuple[Answer, ...]
    about_household: bool = False


_CORE = (Category.CORE.value,)
_CANNOT = Answer("cannot_say", _("Das kann ich nicht sagen"))

QUESTIONS: dict[str, Question] = {
    question.code: question
    for question in (
        Question(
            "place_free",
            PartnerKind.SCHOOL,
            _("Ist bei Ihnen ein Schulplatz frei?"),
            _("Schulplatz finden"),
            (Category.CORE.value, Category.LANGUAGE.value),
            (
                Answer("yes", _("Ja, ein Platz ist frei"), _("Frei ab")),
                Answer("waiting_list", _("Nur auf der Warteliste")),
                Answer("no", _("Nein, kein Platz")),
            ),
        ),
        Question(
            "start_date",
            PartnerKind.SCHOOL,
            _("Wann beginnt das Kind bei Ihnen?"),
            _("Schulbeginn klären"),
            _CORE,
            (
                Answer("starts", _("Der Tag steht fest"), _("Erster Schultag")),
                Answer("not_yet", _("Der Tag steht noch nicht fest")),
                Answer("not_enrolled", _("Das Kind ist hier nicht angemeldet")),
            ),
        ),
        Question(
            "attends",
            PartnerKind.SCHOOL,
            _("Geht das Kind bei Ihnen zur Schule?"),
            _("Schulbesuch sichern"),
            _CORE,
            (
                Answer("yes", _("Ja, regelmäßig")),
                Answer("irregular", _("Ja, aber mit vielen Fehltagen")),
                Answer("no", _("Nein"), _("Letzter Schultag")),
                Answer("not_enrolled", _("Das Kind ist hier nicht angemeldet")),
            ),
        ),
        Question(
            "appointment_possible",
            PartnerKind.DOCTOR,
            _("Können Sie einen Termin anbieten?"),
            _("Arzttermin finden"),
            (Category.CORE.value, Category.CONTACT.value, Category.LANGUAGE.value),
            (
                Answer("yes", _("Ja"), _("Tag des Termins")),
                Answer("waiting_list", _("Nur auf der Warteliste")),
                Answer("no", _("Nein, zurzeit nicht")),
            ),
        ),
        Question(
            "appointment_kept",
            PartnerKind.DOCTOR,
            _("War die Person zum vereinbarten Termin da?"),
            _("Termin nachhalten"),
            _CORE,
            (
                Answer("yes", _("Ja")),
                Answer("new_date", _("Es gibt einen neuen Termin"), _("Neuer Termin")),
                Answer("no", _("Nein")),
                _CANNOT,
            ),
        ),
        Question(
            "can_take_over",
            PartnerKind.CHARITY,
            _("Können Sie die Beratung übernehmen?"),
            _("Beratung durch einen freien Träger"),
            (
                *(Category.CORE.value, Category.CONTACT.value, Category.LANGUAGE.value),
                Category.FAMILY.value,
            ),
            (
                Answer("yes", _("Ja"), _("Beginn")),
                Answer("waiting_list", _("Nur auf der Warteliste")),
                Answer("no", _("Nein, keine freien Plätze")),
                Answer("not_responsible", _("Dafür sind wir nicht zuständig")),
            ),
            about_household=True,
        ),
        Question(
            "still_employed",
            PartnerKind.EMPLOYER,
            _("Ist die Person noch bei Ihnen beschäftigt?"),
            _("Beschäftigung nachfragen"),
            _CORE,
            (
                Answer("yes", _("Ja")),
                Answer("until", _("Ja, aber befristet"), _("Beschäftigt bis")),
                Answer("no", _("Nein")),
                _CANNOT,
            ),
        ),
        Question(
            "certificate_issued",
            PartnerKind.LANDLORD,
            _("Haben Sie die Wohnungsgeberbestätigung ausgestellt?"),
            _("Bestätigung des Wohnungsgebers klären (§ 19 BMG)"),
            (Category.CORE.value, Category.ADDRESS.value),
            (
                Answer("yes", _("Ja"), _("Ausgestellt am")),
                Answer("will", _("Noch nicht, ich stelle sie aus")),
                Answer("no", _("Nein, die Person wohnt dort nicht")),
                Answer("not_responsible", _("Die Wohnung gehört mir nicht")),
            ),
            about_household=True,
        ),
        Question(
            "application_received",
            PartnerKind.AUTHORITY,
            _("Ist der Antrag bei Ihnen eingegangen?"),
            _("Stand eines Antrags klären"),
            _CORE,
            (
                Answer("yes", _("Ja"), _("Eingegangen am")),
                Answer("no", _("Nein")),
                Answer("not_responsible", _("Dafür sind wir nicht zuständig")),
                _CANNOT,
            ),
        ),
    )
}


def questions_for(kind: str) -> list[Question]:
    """The questions that this kind of partner may be asked."""
    return [question for question in QUESTIONS.values() if question.kind == kind]


def answer_of(question: str, code: str) -> Answer | None:
    """The answer with this code, if the question has it."""
    return next((one for one in QUESTIONS[question].answers if one.code == code), None)


def answer_word(question: str, code: str) -> str:
    """What the answer is called on the page; empty where nothing was answered."""
    found = answer_of(question, code)
    return str(found.label) if found is not None else ""
