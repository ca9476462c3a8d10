"""A town's way as frozen data. The sentences here are the documentation: docs/blaupause.md is written from them."""

# ruff: noqa: RUF009 – said() declares a field, as dataclasses.field() does

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from stafette.accounts.models import Landmark
from stafette.accounts.queries import DUTIES, KINDS, MANDATES, RHYTHMS
from stafette.blueprints.schema.fields import Path, code, position, said
from stafette.kernel.workdays import calendar_rules
from stafette.partners.words import KINDS as PARTNER_KINDS
from stafette.protection.data import Category
from stafette.protection.wording import languages

CATEGORIES: dict[str, Any] = dict(Category.choices)
LANDS = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")
LANGUAGES = (
    "de",
    "en",
    "bg",
    "ro",
    "pl",
    "uk",
    "tr",
    "ar",
    "fa",
    "ti",
    "ru",
    "fr",
    "es",
    "it",
    "hu",
    "sq",
    "sr",
)


@dataclass(frozen=True, kw_only=True)
class Town:
    """Für wen die Blaupause gilt."""

    code: str = code()
    name: str = said("Name des Ortes.", longest=120)
    way: str = said("Wie der Ort sein Vorgehen nennt.", longest=300)
    coordination: str = said("Stelle, an die geht, was zu lange ohne Antwort bleibt.", refers="unit")
    mission: str = said("Übergreifendes Ziel in einem Satz.", default="")
    target_group: str = said("An wen sich das Vorgehen richtet.", default="")
    as_of: date | None = said("Stand der Blaupause.", default=None)
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class AuthorityPlan:
    """Eine Behörde oder ein Träger: die juristische Person, zu der Stellen gehören."""

    code: str = code()
    name: str = said("Amtlicher Name.", longest=200)
    land: str = said("Land, dessen Recht und Feiertage gelten.", choices={land: land for land in LANDS})
    region: str = said(
        "Gemeinden mit eigenen Feiertagen (rules/calendar.toml).",
        default="",
        choices={region: region for region in sorted(calendar_rules().regions)},
    )
    is_public: bool = said(
        "Öffentliche Stelle (true) oder freier Träger (false).", default=True, key="public"
    )
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class PostPlan:
    """Eine Stelle des Stellenplans, als Funktion und ohne Namen."""

    code: str = code()
    title: str = said("Funktion, zum Beispiel „Sachbearbeitung Erstkontakt“. Kein Name.", longest=200)
    duty: str = said("Aufgabe in der Kette.", choices=DUTIES, default="member")
    fte: Decimal = said("Vollzeitanteil, zum Beispiel 0.75.", default=Decimal(0), at_least=0)
    qualification: str = said("Verlangte Ausbildung.", default="", longest=300)
    phone: str = said("Rufnummer der Funktion.", default="", longest=60)
    email: str = said("Funktionspostfach.", default="", longest=254)
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class EquipmentPlan:
    """Womit eine Stelle arbeitet und was es kostet."""

    name: str = said("Bezeichnung.", longest=200)
    cost_from: Decimal | None = said("Kosten ab, in Euro.", default=None, at_least=0)
    cost_to: Decimal | None = said("Kosten bis, in Euro.", default=None, at_least=0)
    rhythm: str = said("Wie oft die Kosten anfallen.", choices=RHYTHMS, default="none")
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class UnitPlan:
    """Eine Organisationseinheit: Sie ist für ihre eigenen Akten verantwortlich."""

    code: str = code()
    kind: str = said("Art der Stelle; nach ihr richten sich die Flussregeln.", choices=KINDS)
    name: str = said("Name der Stelle.", longest=200)
    short_name: str = said("Kurzer Name für Listen.", longest=60)
    authority: str = said("Code der Behörde.", refers="authority")
    mandate: str = said(
        "Auf welcher Seite der Wand zwischen Hilfe und Kontrolle sie steht.", choices=MANDATES
    )
    goals: tuple[str, ...] = said("Ziele.", default=())
    tasks: tuple[str, ...] = said("Aufgaben.", default=())
    topics: tuple[str, ...] = said("Themen, für die sie zuständig ist.", default=(), refers="topic")
    place: str = said("Wo sie arbeitet.", default="", longest=200)
    phone: str = said("Rufnummer.", default="", longest=60)
    email: str = said("Funktionspostfach.", default="", longest=254)
    starts_on: date | None = said("Erster Tag der Arbeit.", default=None)
    starts_note: str = said("Was zum Beginn zu sagen ist, wenn kein Tag feststeht.", default="", longest=200)
    ends_on: date | None = said("Letzter Tag; dann braucht es eine Nachfolgerin.", default=None)
    successor: str = said("Stelle, die nach dem Ende zuständig ist.", default="", refers="unit")
    post: tuple[PostPlan, ...] = said("Stellenplan.", default=())
    equipment: tuple[EquipmentPlan, ...] = said("Ausstattung.", default=())
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class JointProcessingPlan:
    """Was mehrere Stellen gemeinsam verantworten (Art. 26 DSGVO)."""

    code: str = code()
    label: str = said("Worum es geht.", longest=200)
    units: tuple[str, ...] = said("Die Stellen, mindestens zwei.", refers="unit")
    duties: dict[str, str] = said("Wer was übernimmt: information, requests, breach und Weiteres.")
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class TopicPlan:
    """Ein Thema, nach dem gezählt und beraten wird. Die Reihenfolge der Datei gilt."""

    code: str = code()
    label: str = said("Wort auf dem Bildschirm.", longest=120)
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class FindingPlan:
    """Etwas, das aus einem Gespräch folgen kann."""

    code: str = code("Code, unter dem die Regel des Programms die Feststellung trifft.")
    label: str = said("Wort auf dem Bildschirm.", longest=120)
    lasting: str = said(
        "Frage, mit der 30 und 90 Tage später geprüft wird, ob es gehalten hat.", default="", longest=200
    )
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class ConsentTextPlan:
    """Wortlaut einer Einwilligung in mehreren Sprachen, Deutsch immer."""

    code: str = code()
    texts: dict[str, str] = said("Sprache → Text mit {receiver}, {purpose} und {categories}.")
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class RoutePlan:
    """Ein Weg: von welchen Stellen eine Feststellung wohin führt."""

    code: str = code()
    finding: str = said("Code der Feststellung.", refers="finding")
    senders: tuple[str, ...] = said("Stellen, die so übergeben.", key="from", refers="unit")
    receiver: str = said("Stelle, die antworten muss.", key="to", default="", refers="unit")
    signpost: tuple[str, ...] = said(
        "Statt to: Dienste, auf die verwiesen wird.", default=(), refers="service"
    )
    purpose: str = said("Zweck der Weitergabe; steht in der Einwilligung.", longest=300)
    categories: tuple[str, ...] = said("Was höchstens mitgeht.", default=(), choices=CATEGORIES)
    consent: str = said("Wortlaut der Einwilligung.", default="", refers="consent_text")
    hint: str = said("Wann dieser Weg der richtige ist.", default="", longest=300)
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class PeriodPlan:
    """Antwortfristen in Arbeitstagen. Der Eintrag ohne from, to und finding gilt für alle und muss da sein."""

    sender: str = said("Nur für Übergaben dieser Stelle.", key="from", default="", refers="unit")
    receiver: str = said(
        "Nur für Übergaben an diese Stelle; geht from allein vor.", key="to", default="", refers="unit"
    )
    finding: str = said(
        "Nur für diese Feststellung; geht Einträgen ohne finding vor.", default="", refers="finding"
    )
    receipt_days: int = said("Gelesen nach.", at_least=1)
    answer_days: int = said("Angenommen oder abgelehnt nach.", at_least=1)
    first_contact_days: int = said("Familie angesprochen nach.", at_least=1)
    feedback_days: int = said("Rückmeldung an die Absenderin nach Abschluss.", at_least=1)
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class ServicePlan:
    """Ein Dienst außerhalb, auf den verwiesen wird."""

    code: str = code()
    name: str = said("Name des Dienstes.", longest=200)
    provider: str = said("Träger.", default="", longest=200)
    topics: tuple[str, ...] = said("Themen.", refers="topic")
    languages: tuple[str, ...] = said(
        "Sprachen der Beratung.", default=("de",), choices={language: language for language in LANGUAGES}
    )
    phone: str = said("Rufnummer.", default="", longest=60)
    email: str = said("E-Mail-Adresse.", default="", longest=254)
    website: str = said("Seite im Netz.", default="", longest=200)
    address: str = said("Anschrift.", default="", longest=200)
    hours: str = said("Sprechzeiten.", default="", longest=200)
    summary: str = said("Für wen und wofür, in einem Satz.", default="", longest=400)
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class PartnerPlan:
    """Eine Einrichtung, die Anfragen per Link beantwortet. Wer im Programm angelegt wurde, steht hier nicht."""

    code: str = code()
    name: str = said("Name der Einrichtung. Kein Name eines Menschen.", longest=200)
    kind: str = said(
        "Art der Einrichtung; sie bleibt, denn sie entscheidet über Fragen und Rechtsgrundlage.",
        choices=dict(PARTNER_KINDS),
    )
    email: str = said("Funktionspostfach. Links gehen nur dorthin.", longest=254)
    phone: str = said("Rufnummer.", default="", longest=60)
    language: str = said("Sprache der Mails.", default="de", choices=dict(languages()))
    is_public: bool = said("Öffentliche Einrichtung (true) oder nicht (false).", default=False, key="public")
    bound_on: date | None = said(
        "Tag der schriftlichen Verpflichtung auf gleichen Datenschutz; ohne sie bekommt eine nicht öffentliche "
        "Einrichtung keine Angaben.",
        default=None,
    )
    second_channel: bool = said(
        "Vor der Antwort einen Code verlangen, den die Stelle am Telefon oder mit der Post nennt.",
        default=False,
    )
    unit: str = said("Stelle, deren Konten für diese Einrichtung antworten.", default="", refers="unit")
    keeper: str = said(
        "Stelle, die den Eintrag pflegt; ohne Angabe die Clearingstelle.", default="", refers="unit"
    )
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class FormPlan:
    """Ein geführtes Formular und die Stelle, die es benutzt."""

    code: str = code()
    label: str = said("Wort auf dem Bildschirm.", longest=120)
    file: str = said("Datei, vom Ordner der Blaupause aus.", longest=200)
    unit: str = said("Stelle, die es benutzt.", refers="unit")
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class RetentionPlan:
    """Welche Löschklasse (rules/retention.toml) für eine Art von Daten gilt."""

    code: str = said("Art der Daten.", key="data", longest=80)
    retention: str = said("Löschklasse.", key="class", longest=4)
    note: str = said("Erläuterung.", default="", longest=300)
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class ClosingPlan:
    """Schließtage einer Behörde; sie zählen nicht als Arbeitstage."""

    code: str = code()
    label: str = said("Anlass.", longest=120)
    authority: str = said("Code der Behörde.", refers="authority")
    starts_on: date = said("Erster Tag.", key="from")
    ends_on: date = said("Letzter Tag.", key="to")
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class LandmarkPlan:
    """Ein Ort, den alle kennen: Wegskizzen zeigen von dort den Weg."""

    code: str = code()
    name: str = said("Wie ihn die Leute nennen.", longest=100)
    kind: str = said("Art des Ortes.", default="other", choices=dict(Landmark.Kind.choices))
    latitude: Decimal = said("Geografische Breite in Grad (WGS 84).", at_least=-90)
    longitude: Decimal = said("Geografische Länge in Grad (WGS 84).", at_least=-180)
    at: Path = position()


@dataclass(frozen=True, kw_only=True)
class Blueprint:
    """Die Blaupause eines Ortes: eine Datei."""

    town: Town = said("Für wen sie gilt.")
    authority: tuple[AuthorityPlan, ...] = said("Behörden und Träger.")
    unit: tuple[UnitPlan, ...] = said("Stellen.")
    joint_processing: tuple[JointProcessingPlan, ...] = said("Gemeinsame Verantwortung.", default=())
    topic: tuple[TopicPlan, ...] = said("Themen.")
    finding: tuple[FindingPlan, ...] = said("Feststellungen.")
    consent_text: tuple[ConsentTextPlan, ...] = said("Wortlaut der Einwilligungen.", default=())
    route: tuple[RoutePlan, ...] = said("Wege.")
    period: tuple[PeriodPlan, ...] = said("Fristen.")
    service: tuple[ServicePlan, ...] = said("Dienste außerhalb.", default=())
    partner: tuple[PartnerPlan, ...] = said("Partner, die per Link antworten.", default=())
    form: tuple[FormPlan, ...] = said("Formulare.", default=())
    retention: tuple[RetentionPlan, ...] = said("Löschfristen.", default=())
    closing: tuple[ClosingPlan, ...] = said("Schließtage.", default=())
    landmark: tuple[LandmarkPlan, ...] = said("Bekannte Orte für Wegskizzen.", default=())
