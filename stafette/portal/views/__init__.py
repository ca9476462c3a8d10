"""Pages for everybody."""

from stafette.portal.views.feedback import feedback
from stafette.portal.views.finding import note, search, service, topic
from stafette.portal.views.handing import card, folder_pdf, sheet_pdf, sketch
from stafette.portal.views.machines import pages, robots, sitemap
from stafette.portal.views.reading import folder, home, needs, sheet, sheets, start, topics
from stafette.portal.views.settling import settle
from stafette.portal.views.telling import accessibility, emergency, imprint, instructions, privacy

__all__ = [
    "accessibility",
    "card",
    "emergency",
    "feedback",
    "folder",
    "folder_pdf",
    "home",
    "imprint",
    "instructions",
    "needs",
    "note",
    "pages",
    "privacy",
    "robots",
    "search",
    "service",
    "settle",
    "sheet",
    "sheet_pdf",
    "sheets",
    "sitemap",
    "sketch",
    "start",
    "topic",
    "topics",
]
