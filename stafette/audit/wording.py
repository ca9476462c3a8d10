"""The German word for each kind of event, on one page: for the log, the timeline of a household, the officer."""

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_noop as _

KINDS: dict[str, str] = {
    "person.created": _("Person angelegt"),
    "person.changed": _("Angaben zur Person berichtigt"),
    "household.created": _("Haushalt angelegt"),
    "household.moved": _("Anschrift des Haushalts geändert"),
    "households.created": _("Haushalte aus einer Liste übernommen"),
    "member.added": _("Person in den Haushalt aufgenommen"),
    "member.left": _("Person aus dem Haushalt ausgezogen"),
    "person.address_locked": _("Auskunftssperre gesetzt oder aufgehoben"),
    "person.merged": _("Doppelt erfasste Personen zusammengeführt"),
    "merge.undone": _("Zusammenführung rückgängig gemacht"),
    "duplicates.proposed": _("Nach doppelten Erfassungen gesucht"),
    "duplicate.dismissed": _("Mögliche Dublette als verschiedene Personen vermerkt"),
    "import.uploaded": _("Liste von Zuzügen hochgeladen"),
    "import.reading": _("Liste von Zuzügen wird gelesen"),
    "import.staged": _("Liste von Zuzügen gelesen und verglichen"),
    "import.failed": _("Liste von Zuzügen nicht lesbar"),
    "import.discarded": _("Liste von Zuzügen verworfen"),
    "import.rows_decided": _("Über Zeilen einer Liste entschieden"),
    "import.taken": _("Übernahme einer Liste begonnen"),
    "import.rows_applied": _("Zeilen einer Liste übernommen"),
    "import.applied": _("Liste von Zuzügen übernommen"),
    "sender.mapping_remembered": _("Bedeutung der Spalten für eine Stelle gemerkt"),
    "arrival.registered": _("Zuzug aufgenommen"),
    "arrival.invited": _("Zum Ankunftsgespräch eingeladen"),
    "arrival.contact_attempted": _("Kontaktversuch festgehalten"),
    "arrival.talk_held": _("Zuzug durch Gespräch abgeschlossen"),
}


def word_for(kind: str) -> str:
    """Return the word for an event of this kind in the language of the screen, or the bare kind."""
    return translate(KINDS[kind]) if kind in KINDS else kind
