"""The German word for each kind of event, on one page: for the log, the timeline of a household, the officer."""

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_noop as _

KINDS: dict[str, str] = {
    "person.created": _("Person angelegt"),
    "person.changed": _("Angaben zur Person berichtigt"),
    "household.created": _("Haushalt angelegt"),
}


def word_for(kind: str) -> str:
    """Return the word for an event of this kind in the language of the screen, or the bare kind."""
    return translate(KINDS[kind]) if kind in KINDS else kind
