"""The note on paper, printed by its author alone: for the person to whom it belongs (Art. 15 GDPR)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from stafette.casework.queries import OpenNote
from stafette.web.sheets import Fields, Section, Sheet, Text, sheet_pdf


@sensitive_variables()
def note_sheet(opened: OpenNote) -> bytes:
    """Print one note. Information about others in it is for the author to blacken before it is handed out."""
    note, text = opened.note, opened.text
    about = note.person.full_name if note.person else note.household.label
    facts = [
        (_("Betrifft"), about),
        (_("Geschrieben am"), f"{note.created_at:%d.%m.%Y}"),
        (_("Grund der Verschließung"), str(note.get_ground_display())),
    ]
    if note.changed_at:
        facts.append((_("Geändert am"), f"{note.changed_at:%d.%m.%Y}"))
    paragraphs = [Text(part) for part in text.body.splitlines() if part.strip()]
    sections = [Section("", [Fields(facts)]), Section(text.title or _("Vermerk"), paragraphs)]
    return sheet_pdf(Sheet(_("Verschlossener Vermerk"), note.unit.name, sections))
