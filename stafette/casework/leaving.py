"""What of this room a leaver holds alone: notes that nobody else may open."""

from django.utils.translation import gettext_lazy as _

from stafette.accounts.handover import HeldAlone
from stafette.casework.queries import last_reader_count

SEALED_NOTES = HeldAlone("sealed_notes", _("Verschlossene Vermerke ohne Vertretung"), last_reader_count)
