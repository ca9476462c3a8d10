"""Which page shows whose record: all on one page, for the log of readings (stafette/web/readings.py).

An address with an id must stand here, or in NOT_ABOUT_PEOPLE with the reason: tests/test_readings.py walks them all.
`room:*` holds for the addresses of a room that name nothing of their own. Lists note themselves (web/lists.py).
"""

from stafette.web.readings import Kind, Shows

PERSON, HOUSEHOLD = (Shows("people.Person"),), (Shows("people.Household"),)
OF_HOUSEHOLD = (Shows("people.Household", "household_id"),)
INTERVIEW, ARRIVAL = (Shows("intake.Interview"),), (Shows("arrivals.Arrival"),)
IMPORT = (Shows("arrivals.ArrivalImport", kind=Kind.LIST),)
REFERRAL, TASK = (Shows("referrals.Referral"),), (Shows("referrals.Task"),)
FOLLOW_UP, TRANSFER = (Shows("referrals.FollowUp"),), (Shows("referrals.CaseTransfer"),)
FINDING, REQUEST = (Shows("referrals.Finding"),), (Shows("partners.PartnerRequest"),)
CONSENT = (Shows("protection.Consent"),)
SEALED = (Shows("casework.SealedNote"),)
CHILD_PRINT = (Shows("notices.ChildNotice", kind=Kind.PRINT),)
CHILD_STEPS = ("talk", "consult", "help", "send", "acute", "leave", "feedback")
OUTBOUND_STEPS = ("confirm", "submit", "withdraw", "reject")

PAGES: dict[str, tuple[Shows, ...]] = {
    "people:person": (Shows("people.Person", asks=True),),
    "people:change": PERSON,
    "people:lock": PERSON,
    "people:compare": (Shows("people.Person"), Shows("people.Person", "other")),
    "people:household": (Shows("people.Household", asks=True),),
    "people:move": HOUSEHOLD,
    "people:join": HOUSEHOLD,
    "people:leave": (Shows("people.HouseholdMember"),),
    "people:close": HOUSEHOLD,
    "people:readers": (Shows("people.ClosedFile"),),
    "people:reopen": (Shows("people.ClosedFile"),),
    "people:undo": (Shows("people.Merge"),),
    "people:dismiss": (Shows("people.DuplicateProposal"),),
    "arrivals:*": ARRIVAL,
    "arrivals:letter": (Shows("arrivals.Arrival", kind=Kind.PRINT),),
    **dict.fromkeys((f"arrivals:{name}" for name in ("import", "columns", "decide", "apply", "discard")), IMPORT),
    "intake:*": INTERVIEW,
    "referrals:*": REFERRAL,
    **dict.fromkeys((f"referrals:{name}" for name in ("household", "path", "plan")), OF_HOUSEHOLD),
    **dict.fromkeys((f"referrals:{name}" for name in ("prepare", "dismiss", "signpost")), FINDING),
    "referrals:follow_up": FOLLOW_UP,
    **dict.fromkeys((f"referrals:follow_up_{name}" for name in ("result", "move", "drop")), FOLLOW_UP),
    "referrals:task": TASK,
    **dict.fromkeys((f"referrals:task_{name}" for name in ("finish", "move", "give", "drop", "reopen")), TASK),
    "referrals:transfer": TRANSFER,
    **dict.fromkeys((f"referrals:{name}_lead" for name in ("accept", "refuse", "withdraw")), TRANSFER),
    "partners:*": REQUEST,
    "partners:ask": OF_HOUSEHOLD,
    "casework:*": SEALED,
    "casework:write": OF_HOUSEHOLD,
    "casework:print": (Shows("casework.SealedNote", kind=Kind.PRINT),),
    "notices:begin": OF_HOUSEHOLD,
    "notices:draft": OF_HOUSEHOLD,
    **dict.fromkeys(("notices:consultation", "notices:child_letter"), CHILD_PRINT),
    **dict.fromkeys(
        ("notices:child", *(f"notices:child_{name}" for name in CHILD_STEPS)), (Shows("notices.ChildNotice"),)
    ),
    "notices:outbound_letter": (Shows("notices.OutboundNotice", kind=Kind.PRINT),),
    **dict.fromkeys(
        ("notices:outbound", *(f"notices:outbound_{name}" for name in OUTBOUND_STEPS)),
        (Shows("notices.OutboundNotice"),),
    ),
    "protection:*": CONSENT,
    "protection:household": OF_HOUSEHOLD,
    "protection:agree": OF_HOUSEHOLD,
    "protection:choose": OF_HOUSEHOLD,
    "protection:knows": OF_HOUSEHOLD,
    "protection:conference": OF_HOUSEHOLD,
    "protection:print_family": (Shows("people.Household", "household_id", kind=Kind.PRINT),),
    "protection:request": (Shows("protection.DisclosureRequest"),),
    "protection:person_sheet": (Shows("people.Person", "person_id"),),
    "protection:print_sheet": (Shows("people.Person", "person_id", kind=Kind.PRINT),),
    "protection:filled": (Shows("people.Household", "household_id", kind=Kind.PRINT),),
    "protection:signed": (Shows("protection.Consent", kind=Kind.PRINT),),
    "protection:receipt": (Shows("protection.Consent", kind=Kind.PRINT),),
    "protection:receipt_record": (Shows("protection.Consent", kind=Kind.EXPORT),),
    "retention:hold": (Shows("retention.Announcement"),),
    "retention:hold_file": OF_HOUSEHOLD,
    "retention:lift": (Shows("retention.Hold"),),
    "rights:*": (Shows("rights.SubjectRequest"),),
    "rights:for_household": OF_HOUSEHOLD,
    "rights:for_person": (Shows("people.Person", "person_id"),),
    "rights:end_contested": (Shows("rights.DisputedField"),),
    "rights:end_objection": (Shows("rights.Objection"),),
    **dict.fromkeys(
        (f"rights:{name}" for name in ("proposal", "take_proposal", "leave_proposal")),
        (Shows("rights.CorrectionProposal"),),
    ),
    **dict.fromkeys(
        (f"rights:{name}" for name in ("copy_pdf", "copy_json")),
        (Shows("rights.SubjectRequest", kind=Kind.EXPORT),),
    ),
}  # fmt: skip
NOT_ABOUT_PEOPLE = {
    "accounts": "Konten und Stellen: Beschäftigte, keine Betroffenen",
    "outbox": "Mails enthalten nur Nummer und Link",
    "properties": "Hinweise betreffen Gebäude",
    "interface": "öffentliche Schnittstelle: Verzeichnis und Blätter, keine Betroffenen",
    "portal": "öffentliche Seiten: Verzeichnis und Blätter, keine Betroffenen",
    "oversight": "die Aufsicht sieht nur Nummern und Zahlen; die Liste der Betroffenen vermerkt sich selbst",
    "demo": "Anmeldung in der Vorführung",
    "directory": "Angebote und ihre Träger, keine Ratsuchenden",
    "intake:undo": "ein gezählter Kurzkontakt hat keine Person",
    "referrals:point": "ein Verweis ohne Person",
    "protection:declarations": "eine Stelle und ihr Papier, keine Betroffenen",
    "protection:end_declaration": "eine Stelle und ihr Papier, keine Betroffenen",
    "protection:withdrawal": "ein Widerruf nach Nummer nennt niemanden",
    "protection:withdrawal_receipt": "ein Widerruf nach Nummer nennt niemanden",
    "notices:glass_end": "der eigene Notfallzugriff",
    "notices:glass_review": "ein Notfallzugriff: Nummer, Grund und Zeit, keine Betroffenen",
    "notices:glass_open": "ein Notfallzugriff beginnt: noch ist nichts geöffnet",
    **dict.fromkeys(
        ("casework:create_key", "casework:rotate_key", "casework:go_on"),
        "Schlüssel einer Stelle, keine Person",
    ),
    "protection:paper": "leeres Formular",
    "materials": "Infoblätter, Arbeitshilfen und Fragen ohne Angaben zur Person",
    "reports": "Unterlagen aus der Einrichtung, keine Betroffenen",
    "upkeep": "Einträge im Verzeichnis: Einrichtungen, keine Personen",
    "partners:change": "ein Partner ist eine Einrichtung",
    "partners:end": "ein Partner ist eine Einrichtung",
    **dict.fromkeys(
        (
            *("partners:agreement", "partners:change_agreement", "partners:start_agreement"),
            *("partners:end_agreement", "partners:add_desk_time", "partners:remove_desk_time"),
        ),
        "eine Vereinbarung mit einer Einrichtung",
    ),
    "partners:answer": "der Partner hat kein Konto; das Öffnen steht als Ereignis im Protokoll",
}
