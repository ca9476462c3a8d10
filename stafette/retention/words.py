"""What the kinds of records are called on pages and in reports."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

KINDS: dict[str, str] = {
    "people.Household": _("Akte eines Haushalts mit seinen Personen"),
    "people.Person": _("Person ohne Haushalt"),
    "arrivals.Arrival": _("Zuzug mit Einladungen"),
    "arrivals.ArrivalImport": _("Liste von Zuzügen"),
    "arrivals.ArrivalFile": _("Datei einer Liste"),
    "intake.Interview": _("Ankunftsgespräch"),
    "referrals.Finding": _("Feststellung"),
    "referrals.Signpost": _("Verweis an einen Dienst"),
    "referrals.Referral": _("Übergabe mit Umschlag"),
    "referrals.FollowUp": _("Nachverfolgung"),
    "referrals.Task": _("Aufgabe"),
    "referrals.Notice": _("Erinnerung und Meldung"),
    "partners.PartnerRequest": _("Anfrage an einen Partner"),
    "properties.Hint": _("Hinweis zu einem Gebäude"),
    "materials.OpenQuestion": _("offene Frage vom Schalter"),
    "protection.Consent": _("Einwilligung"),
    "protection.Disclosure": _("Vermerk über eine Weitergabe"),
    "rights.SubjectRequest": _("Antrag einer betroffenen Person"),
    "rights.CorrectionProposal": _("Vorschlag zur Berichtigung"),
    "protection.WithdrawalNote": _("Vermerk über einen Widerruf"),
    "protection.DisclosureRequest": _("Auskunftsersuchen einer anderen Behörde"),
    "notices.BreakGlass": _("Notfallzugriff"),
    "notices.ChildNotice": _("Mitteilung zum Kinderschutz"),
    "notices.OutboundNotice": _("Mitteilung nach § 87 AufenthG"),
    "oversight.Breach": _("Datenpanne"),
    "outbox.Message": _("Mail"),
    "outbox.Note": _("Benachrichtigung"),
    "audit.Reading": _("Lesevermerk"),
    "audit.Event": _("Protokoll"),
    "accounts.Membership": _("beendete Mitgliedschaft"),
    "accounts.Absence": _("Abwesenheit"),
    "accounts.HandOver": _("Vermerk über verteilte Vorgänge"),
    "retention.Announcement": _("Ankündigung einer Löschung"),
    "retention.Hold": _("aufgehaltene Löschung"),
    "retention.PurgeFigure": _("Löschbericht"),
}
REASONS = [
    ("procedure", gettext_lazy("Verfahren oder Rechtsbehelf läuft")),
    ("claim", gettext_lazy("wird für einen Rechtsanspruch gebraucht")),
    ("request", gettext_lazy("Antrag der betroffenen Person läuft")),
    ("archive", gettext_lazy("wird dem Archiv angeboten (anbietungspflichtig)")),
]


def kind_word(label: str) -> str:
    """Return the German word for a kind, or what its model calls itself."""
    if label in KINDS:
        return translate(KINDS[label])
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label
