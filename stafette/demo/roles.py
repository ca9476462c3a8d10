"""Who can be tried out in the demo: one account per role, and the sentence on the start page."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from stafette.accounts.roles import Role
from stafette.kernel.texts import Text


@dataclass(frozen=True)
class DemoRole:
    """An account of the demo: `unit` is the code of a unit in the blueprint."""

    code: str
    label: str
    unit: str
    role: Role
    name: Text
    sentence: Text

    @property
    def email(self) -> str:
        """The address of the account; the domain is reserved for examples (RFC 2606)."""
        return f"{self.code}@stafette.example"


DEMO_ROLES = (
    DemoRole(
        "clearing", "Clearing 1", "clearing", Role.CLERK, _("Clearingstelle"),
        _("Zuzüge einlesen, Ankunftsgespräch führen, übergeben, Antworten verfolgen."),
    ),
    DemoRole(
        "aufsuchend", "Aufsuchende Sozialarbeit 1", "aufsuchende", Role.OUTREACH,
        _("Aufsuchende Sozialarbeit"), _("Familien mit deren Einwilligung annehmen und begleiten."),
    ),
    DemoRole(
        "wohnraum", "Wohnraumkontrolle 1", "wohnraumkontrolle", Role.CONTROLLER, _("Wohnraumkontrolle"),
        _("Hinweise zu Gebäuden prüfen, ohne Namen und ohne Gesprächsinhalte."),
    ),
    DemoRole(
        "stadtteil", "Neustadtbüro 1", "stadtteilzentrum", Role.COUNTER, _("Stadtteilzentrum"),
        _("Kurzkontakte zählen, beraten, an Fachdienste verweisen."),
    ),
    DemoRole(
        "schule-stadt", "Schulteam Stadt 1", "schulteam-stadt", Role.SCHOOL, _("Schulteam der Stadt"),
        _("Kinder ohne Schulplatz annehmen, Fristen im Blick behalten."),
    ),
    DemoRole(
        "schule-kreis", "Schulteam Kreis 1", "schulteam-kreis", Role.SCHOOL, _("Schulteam des Landkreises"),
        _("Weiterführende Schulen, Sprachklassen, Antworten in Frist."),
    ),
    DemoRole(
        "grundschule", "Sekretariat Grundschule", "grundschule", Role.PARTNER, _("Partner: eine Grundschule"),
        _("Anfragen aller Stellen an die eigene Schule auf einer Seite beantworten, sonst nichts sehen."),
    ),
    DemoRole(
        "redaktion", "Redaktion 1", "stadtteilzentrum", Role.EDITOR, _("Redaktion"),
        _("Verzeichnis der Angebote und Infoblätter aktuell halten, ohne Personen zu sehen."),
    ),
    DemoRole(
        "koordination", "Koordination 1", "koordination", Role.COORDINATION, _("Koordinationsstelle"),
        _("Zahlen und Laufzeiten sehen: Hält die Kette? Keine Namen."),
    ),
    DemoRole(
        "datenschutz", "Datenschutz Stadt", "datenschutz-stadt", Role.DATA_PROTECTION, _("Datenschutzbeauftragte"),
        _("Protokoll, Flussregeln und Weitergaben prüfen, ohne Fallinhalte."),
    ),
    DemoRole(
        "technik", "Technik 1", "betrieb", Role.TECHNICAL, _("Technische Administration"),
        _("Konten, Stellen und Blaupause verwalten, ohne Fallinhalte."),
    ),
)  # fmt: skip

LEIPZIG_ROLES = (
    DemoRole(
        "schalter", "Schalter 1", "wzl", Role.DESK, _("Schalter im Willkommenszentrum"),
        _("Fragen annehmen, das richtige Angebot finden, Blätter mitgeben, zählen. Keine Akten."),
    ),
    DemoRole(
        "redaktion", "Redaktion 1", "referat", Role.EDITOR, _("Redaktion"),
        _("Verzeichnis der Angebote und Infoblätter aktuell halten, ohne Personen zu sehen."),
    ),
    DemoRole(
        "redaktion-2", "Redaktion 2", "wzl", Role.EDITOR, _("Zweite Redaktion"),
        _("Freigeben, was die Redaktion geschrieben hat: Niemand gibt den eigenen Text frei."),
    ),
    DemoRole(
        "wzl-leitung", "Leitung Willkommenszentrum", "wzl", Role.HEAD, _("Leitung des Willkommenszentrums"),
        _("Auswertung, Kooperationsvereinbarungen, Plan der Beratungsplätze."),
    ),
    DemoRole(
        "nordlicht", "Nordlicht 1", "mbe-nord", Role.PARTNER, _("Anbieter: ein freier Träger"),
        _("Die eigenen Einträge im Verzeichnis bestätigen und Änderungen vorschlagen, sonst nichts sehen."),
    ),
    DemoRole(
        "koordination", "Koordination 1", "referat", Role.COORDINATION, _("Koordinationsstelle"),
        _("Zahlen des Schalters und Stand des Verzeichnisses sehen. Keine Namen."),
    ),
    DemoRole(
        "datenschutz", "Datenschutz 1", "datenschutz", Role.DATA_PROTECTION, _("Datenschutzbeauftragte"),
        _("Protokoll, Flussregeln und Weitergaben prüfen, ohne Fallinhalte."),
    ),
    DemoRole(
        "technik", "Technik 1", "betrieb", Role.TECHNICAL, _("Technische Administration"),
        _("Konten, Stellen und Blaupause verwalten, ohne Fallinhalte."),
    ),
)  # fmt: skip
ROLES_OF = {"weissenfels": DEMO_ROLES, "leipzig": LEIPZIG_ROLES}
