"""What stands in the head of each page, and with it where somebody lands after login; called by wiring.py."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stafette.accounts.queries import hands_over
from stafette.kernel.permissions import Permission
from stafette.web import navigation


def stand() -> None:
    """What stands in the head of each page, by what one may do. The first entry is one's start page.

    Pages about files stand there where the unit takes part in hand-overs, or for whoever oversees them.
    """
    navigation.register(_("Mein Tag"), "referrals:my_day", permission=Permission.REFERRAL_ANSWER, order=5)
    navigation.register(_("Anfragen an uns"), "partners:inbox", permission=Permission.PARTNER_ANSWER, order=1)
    navigation.register(_("Unsere Einträge"), "upkeep:own", permission=Permission.ENTRY_OWN, order=3)
    navigation.register(_("Pflege"), "upkeep:index", permission=Permission.DIRECTORY_EDIT, order=4)
    navigation.register(_("Infoblätter"), "materials:list", permission=Permission.MATERIAL_EDIT, order=6)
    navigation.register(_("Verzeichnis"), "directory:services", permission=Permission.DIRECTORY_EDIT, order=3)
    navigation.register(_("Konten"), "accounts:accounts", permission=Permission.USER_ADMIN, order=8)
    navigation.register(_("Blaupause"), "blueprints:overview", permission=Permission.BLUEPRINT_EDIT, order=9)
    navigation.register(_("Personen"), "people:list", permission=Permission.PERSON_VIEW, order=10)
    navigation.register_search("people:search", permission=Permission.PERSON_VIEW)
    navigation.register(_("Zuzüge"), "arrivals:index", permission=Permission.ARRIVAL_VIEW, order=20)
    navigation.register(_("Gespräche"), "intake:list", permission=Permission.INTERVIEW_VIEW, order=30)
    navigation.register(_("Schalter"), "intake:contact", permission=Permission.CONTACT_COUNT, order=40)
    navigation.register(
        _("Übergaben"), "referrals:list", permission=Permission.REFERRAL_VIEW, order=50, where=hands_over
    )
    navigation.register(
        _("Nachverfolgung"), "referrals:follow_ups", permission=Permission.REFERRAL_SEND, order=52
    )
    navigation.register(
        _("Anfragen"), "partners:requests", permission=Permission.REFERRAL_VIEW, order=53, where=hands_over
    )
    navigation.register(_("Hinweise"), "properties:hints", permission=Permission.HINT_VIEW, order=55)
    navigation.register(_("Angebote"), "referrals:services", permission=Permission.REFERRAL_SEND, order=60)
    navigation.register(_("Angebote"), "directory:search", permission=Permission.CONTACT_COUNT, order=61)
    navigation.register(
        _("Steuerung"), "steering:index", permission=Permission.FIGURES_VIEW, order=57, where=hands_over
    )
    navigation.register(_("Auswertung"), "evaluation:index", permission=Permission.COUNTS_VIEW, order=58)
    navigation.register(_("Steuerung"), "steering:index", permission=Permission.FIGURES_VIEW, order=65)
    navigation.register(
        _("Weitergaben"), "protection:disclosures", permission=Permission.DISCLOSURE_VIEW, order=70
    )
    navigation.register(_("Notfallzugriffe"), "notices:glasses", permission=Permission.EVENT_VIEW, order=71)
    navigation.register(
        _("Notfallzugriffe"),
        "notices:glasses",
        permission=Permission.GLASS_REVIEW,
        order=72,
        where=hands_over,
    )
    navigation.register(_("Stellen"), "accounts:units", permission=Permission.UNIT_VIEW, order=72)
    navigation.register(
        _("Geschlossene Akten"), "people:closed", permission=Permission.FILE_CLOSE, order=77, where=hands_over
    )
    navigation.register(_("Partner"), "partners:list", permission=Permission.PARTNER_EDIT, order=73)
    navigation.register(_("Im Haus"), "partners:week", permission=Permission.CONTACT_COUNT, order=61)
    navigation.register(
        _("Ersuchen"), "protection:requests", permission=Permission.REQUEST_DECIDE, order=74, where=hands_over
    )
    navigation.register(_("Flussregeln"), "protection:rules", permission=Permission.EVENT_VIEW, order=74)
    navigation.register(
        _("Flussregeln"), "protection:rules", permission=Permission.UNIT_VIEW, order=75, where=hands_over
    )
    _counter_house()
    staff = (Permission.MAIL_VIEW, Permission.UNIT_VIEW, Permission.REFERRAL_VIEW)  # whoever is no partner
    navigation.register(
        _("Post"), "outbox:list", permission=staff if settings.DEMO else Permission.MAIL_VIEW, order=76
    )
    navigation.register(_("Betrieb"), "oversight:status", permission=Permission.SYSTEM_VIEW, order=10)
    navigation.register(_("Schlüssel"), "casework:keys", permission=Permission.KEY_ADMIN, order=11)
    navigation.register(_("Pult"), "oversight:desk", permission=Permission.READING_VIEW, order=2)
    navigation.register(_("Protokoll"), "oversight:events", permission=Permission.EVENT_VIEW, order=80)


def _counter_house() -> None:
    """What a house without hand-overs works with: the directory, who sits in it when, what is given to take home."""
    house = (Permission.CONTACT_COUNT, Permission.COUNTS_VIEW, Permission.AGREEMENT_EDIT)
    navigation.register(_("Angebote"), "directory:search", permission=house, order=62, unless=hands_over)
    navigation.register(_("Im Haus"), "partners:week", permission=house, order=63, unless=hands_over)
    navigation.register(_("Infoblätter"), "materials:list", permission=house, order=64, unless=hands_over)
