"""Names and codes of XZuFi, from public descriptions of the standard (FIM, FITKO) and programs that read it.

The schema itself was not at hand. Compared were programs that read what the federal portal network and states send:
github.com/codedust/xzufi (parse-xzufi.py: names and namespace of 2.2, `xzufiVersion`, one `nachrichtenkopf`, objects
inside `schreibe`, a `code` without namespace) and public readers of the state portals (one object in each `schreibe`;
`zustaendigkeitTransferObjekt` names office and service beside both). All of them pass over the name of the root.
The numbers of the text modules and the version of their list are those of the code list of 16 February 2024.

What is covered stands in docs/schnittstelle.md. Nothing here was certified; element names are matched without their
namespace, so that files of 2.1 to 2.3 are read alike.
"""

from __future__ import annotations

SPACE = "http://xoev.de/schemata/xzufi/2_2_0"
VERSION = "2.2.0"
LEIKA_LIST = "urn:de:fim:leika:leistung"
TEXT_LIST = "urn:de:xzufi:codeliste:leistungstextmodulleika"
ADDRESS_LIST = "urn:xoev-de:fim:codeliste:xzufi.anschrifttyp"
CHANNEL_LIST = "urn:de:xoev:codeliste:erreichbarkeit"
AGENCY = "Stafette"
LIST_VERSIONS = {TEXT_LIST: "20240216", ADDRESS_LIST: "2.0"}  # of others we know none

# Modules of text of a Leistung (leistungstextmodulleika), those that have a place in an entry.
NAME_LONG, NAME = "02", "03"
SHORT, FULL, LAW, DOCUMENTS, CONDITIONS = "05", "06", "07", "08", "09"
STEPS, FORMS, MORE, HINTS, RESPONSIBLE, CONTACT, TEASER, APPEAL = (
    "11", "14", "15", "16", "22", "23", "24", "25",
)  # fmt: skip
TEXTS = {
    TEASER: "summary",
    FULL: "description",
    CONDITIONS: "eligibility",
    STEPS: "application_process",
    HINTS: "alert",
}
HOUSE, VISIT, BOX, POSTAL = "001", "002", "003", "006"

# How somebody is reached (Erreichbarkeit): codes and the words that stand beside them in files.
CHANNELS = {"01": "email", "02": "phone", "03": "fax", "04": "cell", "07": "website"}
CHANNEL_WORDS = {
    "email": ("mail",),
    "fax": ("fax",),
    "cell": ("mobil", "handy"),
    "phone": ("telefon", "festnetz", "tel."),
    "website": ("internet", "web", "url", "www"),
}
