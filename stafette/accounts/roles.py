"""Every role on one page. What a permission means: kernel/permissions.py.

`reach` says where the grants of a membership hold: in its own unit, in all units of the authority, or in all units
of the installation. No role sees case content across units; the technical administration sees none at all.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from stafette.kernel.permissions import Permission as P


class Role(models.TextChoices):
    """Roles that a membership can have."""

    CLERK = "clerk", _("Sachbearbeitung Clearing")
    OUTREACH = "outreach", _("Aufsuchende Sozialarbeit")
    CONTROLLER = "controller", _("Wohnraumkontrolle")
    COUNTER = "counter", _("Beratung Stadtteilzentrum")
    SCHOOL = "school", _("Schulteam")
    HEAD = "head", _("Leitung der Stelle")
    UNIT_ADMIN = "unit_admin", _("Verwaltung der Stelle")
    COORDINATION = "coordination", _("Koordinationsstelle")
    DATA_PROTECTION = "data_protection", _("Datenschutzbeauftragte")
    TECHNICAL = "technical", _("Technische Administration")
    PARTNER = "partner", _("Partner mit Konto")
    DESK = "desk", _("Schalter Willkommenszentrum")
    EDITOR = "editor", _("Redaktion Verzeichnis und Infoblätter")


class Reach(StrEnum):
    """How far the grants of a membership go."""

    UNIT = "unit"
    AUTHORITY = "authority"
    ALL = "all"


@dataclass(frozen=True)
class RoleCard:
    """What a role may do, how far, and the sentence that says so."""

    permissions: frozenset[P]
    sentence: str
    reach: Reach = Reach.UNIT


_PEOPLE = {P.PERSON_VIEW, P.PERSON_EDIT, P.PERSON_MERGE, P.UNIT_VIEW}
_REFERRALS = {
    P.REFERRAL_VIEW,
    P.REFERRAL_SEND,
    P.REFERRAL_ANSWER,
    P.FINDING_VIEW,
    P.FINDING_EDIT,
    P.MAIL_VIEW,
}
_CONSENT = {P.CONSENT_VIEW, P.CONSENT_EDIT}
_PROTECT = {
    *(P.RIGHTS_VIEW, P.RIGHTS_EDIT, P.CHILD_VIEW, P.CHILD_EDIT, P.GLASS_OPEN),
    *(P.RETENTION_VIEW, P.RETENTION_EDIT),
}
_SEALED = {P.SEALED_VIEW, P.SEALED_EDIT}

ROLES: dict[Role, RoleCard] = {
    Role.CLERK: RoleCard(
        frozenset(
            {*_PEOPLE, *_REFERRALS, *_CONSENT, *_PROTECT, P.ARRIVAL_VIEW, P.ARRIVAL_EDIT}
            | {P.INTERVIEW_VIEW, P.INTERVIEW_EDIT, P.CONTACT_COUNT}
        ),
        "Liest Zuzüge ein, führt Ankunftsgespräche, übergibt mit Rechtsgrundlage und verfolgt die Antworten.",
    ),
    Role.OUTREACH: RoleCard(
        frozenset({*_PEOPLE, *_REFERRALS, *_CONSENT, *_PROTECT, *_SEALED, P.CONTACT_COUNT}),
        "Nimmt Familien mit deren Einwilligung auf, begleitet sie, übergibt weiter.",
    ),
    Role.CONTROLLER: RoleCard(
        frozenset(
            {*_PEOPLE, *_REFERRALS, *_CONSENT, *_PROTECT, P.HINT_VIEW, P.HINT_EDIT}
            | {P.NOTICE_VIEW, P.NOTICE_EDIT}
        ),
        "Prüft Hinweise zu Gebäuden; sieht nichts aus Gesprächen und Beratung.",
    ),
    Role.COUNTER: RoleCard(
        frozenset({*_PEOPLE, *_REFERRALS, *_CONSENT, *_PROTECT, *_SEALED, P.CONTACT_COUNT}),
        "Berät im Stadtteilzentrum, zählt Kurzkontakte, verweist an Fachdienste.",
    ),
    Role.SCHOOL: RoleCard(
        frozenset({*_PEOPLE, *_REFERRALS, *_CONSENT, *_PROTECT}),
        "Sorgt für Schulplätze und geht Schulpflichtverletzungen nach.",
    ),
    Role.HEAD: RoleCard(
        frozenset(
            {P.REFERRAL_VIEW, P.FIGURES_VIEW, P.UNIT_VIEW, P.UNIT_ADMIN, P.PARTNER_EDIT, P.MAIL_VIEW}
            | {P.GLASS_OPEN, P.GLASS_REVIEW, P.NOTICE_VIEW, P.NOTICE_CONFIRM, P.RIGHTS_WATCH}
            | {P.REQUEST_DECIDE}
            | {P.BREACH_VIEW, P.RETENTION_VIEW, P.RETENTION_EDIT, P.FILE_CLOSE}
            | {P.MATERIAL_RELEASE, P.AGREEMENT_EDIT, P.COUNTS_VIEW}
        ),
        "Sieht Stand und Fristen der Stelle und verwaltet Mitgliedschaften.",
    ),
    Role.UNIT_ADMIN: RoleCard(
        frozenset({P.UNIT_VIEW, P.UNIT_ADMIN, P.PARTNER_EDIT, P.AGREEMENT_EDIT}),
        "Verwaltet Mitgliedschaften und Vertretungen der Stelle.",
    ),
    Role.COORDINATION: RoleCard(
        frozenset({P.FIGURES_VIEW, P.UNIT_VIEW, P.COUNTS_VIEW}),
        "Sieht Zahlen und Laufzeiten aller Stellen, keine Namen.",
        Reach.ALL,
    ),
    Role.DATA_PROTECTION: RoleCard(
        frozenset(
            {P.EVENT_VIEW, P.DISCLOSURE_VIEW, P.UNIT_VIEW, P.RIGHTS_WATCH, P.GLASS_REVIEW, P.NOTICE_VIEW}
            | {P.READING_VIEW, P.BREACH_VIEW, P.BREACH_EDIT, P.RETENTION_VIEW}
        ),
        "Liest Protokoll, Flussregeln und Weitergaben der Behörde, keine Fallinhalte.",
        Reach.AUTHORITY,
    ),
    Role.TECHNICAL: RoleCard(
        frozenset({P.USER_ADMIN, P.BLUEPRINT_EDIT, P.SYSTEM_VIEW, P.UNIT_VIEW, P.KEY_ADMIN}),
        "Verwaltet Konten und Einrichtung; sieht keine Fallinhalte.",
        Reach.ALL,
    ),
    Role.PARTNER: RoleCard(
        frozenset({P.PARTNER_ANSWER, P.ENTRY_OWN}),
        "Beantwortet die Anfragen der Stellen an die eigene Einrichtung und hält deren Einträge im Verzeichnis "
        "aktuell; sieht sonst nichts.",
    ),
    Role.DESK: RoleCard(
        frozenset({P.UNIT_VIEW, P.CONTACT_COUNT}),
        "Berät am Schalter, findet Angebote, gibt Infoblätter mit und zählt Kurzkontakte; sieht keine Akten.",
    ),
    Role.EDITOR: RoleCard(
        frozenset({P.UNIT_VIEW, P.DIRECTORY_EDIT, P.MATERIAL_EDIT, P.MATERIAL_RELEASE}),
        "Hält Verzeichnis, Infoblätter und Arbeitshilfen aktuell; sieht keine Personen.",
        Reach.ALL,
    ),
}

CASEWORK = [role for role, card in ROLES.items() if P.REFERRAL_ANSWER in card.permissions]
