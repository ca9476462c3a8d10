"""What a mail says, per kind of note, on one page. A number, a date, a link: never a name, never content.

A room that tells something new adds its sentence here; a kind without one still gets through, in general words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from stafette.outbox.posting import link

LINES = 50  # more than that nobody reads in a mail; the rest stands in the program
SENTENCES: dict[str, str] = {
    "referral_arrived": gettext_noop("Eine Übergabe ist bei Ihrer Stelle eingegangen."),
    "referral_accepted": gettext_noop("Die Empfängerin hat Ihre Übergabe angenommen."),
    "referral_declined": gettext_noop("Die Empfängerin hat Ihre Übergabe abgelehnt."),
    "referral_returned": gettext_noop("Ihre Übergabe wurde zurückgegeben."),
    "referral_answered": gettext_noop("Zu Ihrer Übergabe ist eine Rückmeldung da."),
    "referral_taken_back": gettext_noop("Eine Übergabe an Ihre Stelle wurde zurückgezogen."),
    "referral_reopened": gettext_noop("Eine abgeschlossene Übergabe wurde wieder geöffnet."),
    "referral_suspended": gettext_noop("Eine Übergabe ruht für eine Zeit."),
    "referral_resumed": gettext_noop("Eine ruhende Übergabe läuft weiter."),
    "referral_extended": gettext_noop("Für Ihre Übergabe gilt ein neuer Termin."),
    "referral_corrected": gettext_noop("Angaben zu einer Übergabe wurden berichtigt."),
    "reminder": gettext_noop("Eine Frist läuft bald ab. Bitte kümmern Sie sich darum."),
    "head": gettext_noop(
        "Eine Frist Ihrer Stelle ist abgelaufen. Bitte sorgen Sie dafür, dass es weitergeht."
    ),
    "steering": gettext_noop("Eine Frist ist lange abgelaufen. Bitte sprechen Sie die Stelle an."),
    "task_given": gettext_noop("Sie haben eine Aufgabe bekommen."),
    "partner_answered": gettext_noop("Ein Partner hat Ihre Anfrage beantwortet."),
    "partner_bounced": gettext_noop(
        "Eine Anfrage hat den Partner nicht erreicht. Bitte prüfen Sie die Adresse."
    ),
    "partner_locked": gettext_noop(
        "Ein Partner hat den Code zu oft falsch eingegeben. Bitte geben Sie ihm einen neuen."
    ),
    "subject_request_arrived": gettext_noop(
        "Eine andere Stelle hat den Antrag einer betroffenen Person weitergeleitet."
    ),
    "correction_proposed": gettext_noop("Eine andere Stelle schlägt vor, eine Angabe zu berichtigen."),
    "mail_bounced": gettext_noop("Eine Mail Ihrer Stelle kam zurück. Bitte prüfen Sie die Adresse."),
    "transfer_offered": gettext_noop("Ihrer Stelle wird die Federführung für einen Fall angeboten."),
    "transfer_accepted": gettext_noop("Ihr Angebot der Federführung wurde angenommen."),
    "transfer_declined": gettext_noop("Ihr Angebot der Federführung wurde abgelehnt."),
    "transfer_withdrawn": gettext_noop("Ein Angebot der Federführung wurde zurückgezogen."),
    "orphaned": gettext_noop(
        "Ein Vorgang liegt bei einer Stelle, in der zurzeit niemand handeln kann. Bitte sorgen Sie dafür, "
        "dass ihn jemand übernimmt."
    ),
    "moved_to_successor": gettext_noop(
        "Sie haben offene Vorgänge einer Stelle übernommen, die es nicht mehr gibt."
    ),
    "consent_ends": gettext_noop(
        "Eine Einwilligung läuft bald ab. Sprechen Sie mit der Familie, ob sie weiter gelten soll."
    ),
    "consent_withdrawn": gettext_noop(
        "Eine Einwilligung ist widerrufen. Es geht nichts mehr weiter; bitte prüfen Sie, was zu löschen ist."
    ),
    "purge_announced": gettext_noop(
        "In Ihrer Stelle werden bald Daten gelöscht, deren Frist abläuft. Bitte sehen Sie die Liste durch."
    ),
    "purge_overdue": gettext_noop(
        "Daten, die gelöscht sein müssten, sind noch da. Bitte prüfen Sie den Löschbericht."
    ),
    "handed_over": gettext_noop("Sie haben offene Vorgänge übernommen."),
    "searches_in_vain": gettext_noop(
        "Ein Konto hat oft gesucht, ohne etwas zu finden. Bitte sehen Sie nach."
    ),
    "breach_reported": gettext_noop("Eine Datenpanne wurde gemeldet. Die 72 Stunden laufen."),
    "breach_house": gettext_noop("Eine gemeldete Datenpanne ist noch nicht bewertet."),
    "breach_day": gettext_noop("Für die Meldung einer Datenpanne bleibt weniger als ein Tag."),
    "breach_last": gettext_noop("Für die Meldung einer Datenpanne bleiben weniger als sechs Stunden."),
    "breach_over": gettext_noop("Die 72 Stunden für die Meldung einer Datenpanne sind vorbei."),
    "breach_list": gettext_noop(
        "Eine Datenpanne betrifft Menschen Ihrer Stelle. Bitte sehen Sie die Liste an."
    ),
    "outbound_waiting": gettext_noop("Eine Mitteilung nach § 87 AufenthG wartet auf Ihre Prüfung."),
    "glass_opened": gettext_noop("Ein Notfallzugriff wurde geöffnet. Bitte prüfen Sie ihn."),
    "glass_late": gettext_noop("Ein Notfallzugriff ist noch nicht geprüft."),
    "glass_unjustified": gettext_noop("Ein Notfallzugriff war nach der Prüfung nicht gerechtfertigt."),
    "agreement_ends": gettext_noop(
        "Eine Kooperationsvereinbarung läuft bald ab. Bitte entscheiden Sie, ob sie verlängert wird."
    ),
}
WORDS: dict[str, str] = {  # in the list of mails
    "digest": gettext_noop("Sammelmail"),
    "partner_link": gettext_noop("Anfrage an einen Partner"),
    "entry_round": gettext_noop("Frage an einen Träger, ob seine Einträge noch stimmen"),
    "entry_link": gettext_noop("Neuer Link für einen Träger"),
}
GENERAL = gettext_noop("In Stafette gibt es Neues zu einem Vorgang.")


@dataclass(frozen=True)
class Line:
    """One thing that a mail tells."""

    kind: str
    reference: str
    path: str
    due_on: date | None = None
    in_place_of: bool = False  # somebody who is away would have got it


@dataclass(frozen=True)
class Text:
    """A mail in words."""

    subject: str
    body: str


def sentence_for(kind: str) -> str:
    """Say in German what happened; mails go out in German, whatever the language of who caused them."""
    with override("de"):
        return _(SENTENCES.get(kind, GENERAL))


def word_for(kind: str) -> str:
    """Name a mail in the language of the screen."""
    return _(WORDS.get(kind) or SENTENCES.get(kind, GENERAL))


def single(line: Line) -> Text:
    """One thing, one mail; the subject holds the number only, because subjects are shown on locked telephones."""
    with override("de"):
        parts = [_sentence(line), _facts(line), link(line.path), _foot()]
        return Text(_subject(line.reference or _("Nachricht")), _letter(parts))


def digest(lines: Sequence[Line]) -> Text:
    """Many things in one mail: how many of which kind, then one line each, the nearest date first."""
    with override("de"):
        count = len(lines)
        first = ngettext("Es gibt eine Nachricht für Sie:", "Es gibt {count} Nachrichten für Sie:", count)
        kinds = Counter(sentence_for(line.kind) for line in lines).most_common()
        counted = "\n".join(f"{number} × {sentence}" for sentence, number in kinds)
        ordered = sorted(lines, key=lambda line: (line.due_on or date.max, line.reference))
        listed = "\n\n".join(_listed(line) for line in ordered[:LINES])
        parts = [first.format(count=count), counted, listed, *_rest(count - LINES), _foot()]
        subject = ngettext("{count} Nachricht", "{count} Nachrichten", count).format(count=count)
        return Text(_subject(subject), _letter(parts))


def _subject(text: str) -> str:
    return f"Stafette: {text}"


def _letter(parts: Iterable[str]) -> str:
    return "\n\n".join([_("Guten Tag,"), *(part for part in parts if part)]) + "\n"


def _sentence(line: Line) -> str:
    sentence = sentence_for(line.kind)
    return _("In Vertretung: {sentence}").format(sentence=sentence) if line.in_place_of else sentence


def _facts(line: Line) -> str:
    facts = [_("Nummer: {number}").format(number=line.reference)] if line.reference else []
    if line.due_on:
        facts.append(_("Frist: {day}").format(day=f"{line.due_on:%d.%m.%Y}"))
    return "\n".join(facts)


def _listed(line: Line) -> str:
    due = _("Frist {day}").format(day=f"{line.due_on:%d.%m.%Y}") if line.due_on else ""
    return (
        " · ".join(part for part in (line.reference, due, _sentence(line)) if part) + f"\n{link(line.path)}"
    )


def _rest(count: int) -> list[str]:
    if count <= 0:
        return []
    words = ngettext("und eine weitere: Mein Tag", "und {count} weitere: Mein Tag", count)
    return [words.format(count=count) + "\n" + link("/")]


def _foot() -> str:
    return _(
        "Diese Mail enthält nur Nummern und Links. Alles Weitere steht in Stafette, nach der Anmeldung.\n"
        "Wie oft Sie Mails bekommen, stellen Sie hier ein: {url}\n"
        "Bitte antworten Sie nicht auf diese Mail."
    ).format(url=link("/post/einstellung/"))
