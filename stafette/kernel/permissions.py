"""Every permission on one page. Who holds which: accounts/roles.py.

A permission is always held in a unit. Its value names the database setting that opens rows
(kernel/scope.py), so a value is never renamed without a migration of the policies.
"""

from enum import StrEnum


class Permission(StrEnum):
    """What someone may do in a unit; `sentence` tells it to people."""

    PERSON_VIEW = "person_view"
    PERSON_EDIT = "person_edit"
    PERSON_MERGE = "person_merge"
    ARRIVAL_VIEW = "arrival_view"
    ARRIVAL_EDIT = "arrival_edit"
    INTERVIEW_VIEW = "interview_view"
    INTERVIEW_EDIT = "interview_edit"
    CONTACT_COUNT = "contact_count"
    FINDING_VIEW = "finding_view"
    FINDING_EDIT = "finding_edit"
    CONSENT_VIEW = "consent_view"
    CONSENT_EDIT = "consent_edit"
    REFERRAL_VIEW = "referral_view"
    REFERRAL_SEND = "referral_send"
    REFERRAL_ANSWER = "referral_answer"
    MAIL_VIEW = "mail_view"
    PARTNER_EDIT = "partner_edit"
    PARTNER_ANSWER = "partner_answer"
    LINK_ANSWER = "link_answer"
    HINT_VIEW = "hint_view"
    HINT_EDIT = "hint_edit"
    DISCLOSURE_VIEW = "disclosure_view"
    FIGURES_VIEW = "figures_view"
    EVENT_VIEW = "event_view"
    UNIT_VIEW = "unit_view"
    UNIT_ADMIN = "unit_admin"
    USER_ADMIN = "user_admin"
    BLUEPRINT_EDIT = "blueprint_edit"
    SYSTEM_VIEW = "system_view"
    DUTY_WATCH = "duty_watch"
    SEALED_VIEW = "sealed_view"
    SEALED_EDIT = "sealed_edit"
    RIGHTS_VIEW = "rights_view"
    RIGHTS_EDIT = "rights_edit"
    RIGHTS_WATCH = "rights_watch"
    GLASS_OPEN = "glass_open"
    GLASS_REVIEW = "glass_review"
    CHILD_VIEW = "child_view"
    CHILD_EDIT = "child_edit"
    NOTICE_VIEW = "notice_view"
    NOTICE_EDIT = "notice_edit"
    NOTICE_CONFIRM = "notice_confirm"
    READING_VIEW = "reading_view"
    BREACH_VIEW = "breach_view"
    BREACH_EDIT = "breach_edit"
    RETENTION_VIEW = "retention_view"
    RETENTION_EDIT = "retention_edit"
    FILE_CLOSE = "file_close"
    KEY_ADMIN = "key_admin"
    REQUEST_DECIDE = "request_decide"
    DIRECTORY_EDIT = "directory_edit"
    ENTRY_OWN = "entry_own"
    MATERIAL_EDIT = "material_edit"
    MATERIAL_RELEASE = "material_release"
    AGREEMENT_EDIT = "agreement_edit"
    COUNTS_VIEW = "counts_view"
    PURGE = "purge"

    @property
    def sentence(self) -> str:
        """Say in German what the permission allows."""
        return SENTENCES[self]


SENTENCES: dict[Permission, str] = {
    Permission.PERSON_VIEW: "Personen und Haushalte der eigenen Stelle sehen und suchen.",
    Permission.PERSON_EDIT: "Personen und Haushalte der eigenen Stelle anlegen und berichtigen.",
    Permission.PERSON_MERGE: "Doppelt erfasste Personen zusammenführen und das rückgängig machen.",
    Permission.ARRIVAL_VIEW: "Gemeldete Zuzüge und Einladungen sehen.",
    Permission.ARRIVAL_EDIT: "Zuzüge einlesen, einladen, Kontaktversuche festhalten.",
    Permission.INTERVIEW_VIEW: "Ankunftsgespräche der eigenen Stelle sehen.",
    Permission.INTERVIEW_EDIT: "Ankunftsgespräche führen und ändern.",
    Permission.CONTACT_COUNT: "Kurzkontakte zählen, ohne Angaben zur Person.",
    Permission.FINDING_VIEW: "Feststellungen der eigenen Stelle sehen.",
    Permission.FINDING_EDIT: "Feststellungen treffen, verwerfen, erledigen.",
    Permission.CONSENT_VIEW: "Einwilligungen sehen.",
    Permission.CONSENT_EDIT: "Einwilligungen und Widerrufe festhalten.",
    Permission.REFERRAL_VIEW: "Übergaben sehen, die die eigene Stelle gesendet oder empfangen hat.",
    Permission.REFERRAL_SEND: "Übergaben vorbereiten, senden, zurückziehen und an Dienste verweisen.",
    Permission.REFERRAL_ANSWER: "Übergaben annehmen, ablehnen, abschließen und Rückmeldung geben.",
    Permission.MAIL_VIEW: "Versandte Mails der eigenen Stelle sehen; sie enthalten nur Nummer und Link.",
    Permission.PARTNER_EDIT: "Partner ohne Konto und ihre bekannte Anschrift pflegen.",
    Permission.PARTNER_ANSWER: "Als Partner mit Konto Anfragen an die eigene Einrichtung beantworten.",
    Permission.LINK_ANSWER: "Über einen Link eine einzige Anfrage beantworten; vergibt nur das Programm.",
    Permission.HINT_VIEW: "Hinweise zu Gebäuden sehen.",
    Permission.HINT_EDIT: "Hinweise zu Gebäuden prüfen und bearbeiten.",
    Permission.DISCLOSURE_VIEW: "Sehen, welche Daten wann mit welcher Grundlage weitergegeben wurden.",
    Permission.FIGURES_VIEW: "Zahlen und Laufzeiten ohne Angaben zu Personen sehen.",
    Permission.EVENT_VIEW: "Das Protokoll lesen und seine Unversehrtheit prüfen.",
    Permission.UNIT_VIEW: "Stellen, Zuständigkeiten und Ansprechstellen sehen.",
    Permission.UNIT_ADMIN: "Mitgliedschaften und Vertretungen der eigenen Stelle verwalten.",
    Permission.USER_ADMIN: "Konten anlegen, sperren und zurücksetzen.",
    Permission.BLUEPRINT_EDIT: "Die Blaupause prüfen und anwenden.",
    Permission.SYSTEM_VIEW: "Den technischen Zustand sehen, ohne Inhalte.",
    Permission.DUTY_WATCH: "Fristen überwachen und Erinnerungen auslösen; hat nur das Programm selbst.",
    Permission.SEALED_VIEW: "Anvertraute Vermerke sehen, die man selbst geschrieben hat oder in Vertretung lesen darf.",
    Permission.SEALED_EDIT: "Anvertrautes als verschlossenen Vermerk festhalten.",
    Permission.RIGHTS_VIEW: "Anträge von Betroffenen an die eigene Stelle sehen.",
    Permission.RIGHTS_EDIT: "Anträge auf Auskunft, Berichtigung, Einschränkung, Löschung und Widerspruch bearbeiten.",
    Permission.RIGHTS_WATCH: "Stand und Fristen der Anträge von Betroffenen sehen, ohne Fallinhalte.",
    Permission.GLASS_OPEN: "Im Notfall fremde oder verwaiste Akten mit Begründung für kurze Zeit öffnen.",
    Permission.GLASS_REVIEW: "Notfallzugriffe prüfen.",
    Permission.CHILD_VIEW: "Mitteilungen zum Kinderschutz der eigenen Stelle sehen.",
    Permission.CHILD_EDIT: "Den Weg nach § 4 KKG gehen und dem Jugendamt mitteilen.",
    Permission.NOTICE_VIEW: "Mitteilungen nach § 87 AufenthG der eigenen Stelle sehen.",
    Permission.NOTICE_EDIT: "Eine Mitteilung nach § 87 AufenthG entwerfen.",
    Permission.NOTICE_CONFIRM: "Eine Mitteilung nach § 87 AufenthG als zweite Person prüfen.",
    Permission.READING_VIEW: "Sehen, wer wann welche Akte gelesen hat, ohne deren Inhalt.",
    Permission.BREACH_VIEW: "Datenpannen der eigenen Behörde sehen und melden.",
    Permission.BREACH_EDIT: "Das Verzeichnis der Datenpannen führen.",
    Permission.RETENTION_VIEW: "Sehen, was wann gelöscht wird und wurde.",
    Permission.RETENTION_EDIT: "Eine Löschung mit Grund und Ende aufhalten.",
    Permission.FILE_CLOSE: "Sehen, wie viele Akten für Kolleginnen und Kollegen geschlossen sind, und wer sie führt.",
    Permission.KEY_ADMIN: "Schlüssel der Stellen anlegen, wechseln und übergeben, ohne Inhalte zu sehen.",
    Permission.REQUEST_DECIDE: "Über Ersuchen anderer Behörden im Einzelfall entscheiden (§ 68 SGB X).",
    Permission.DIRECTORY_EDIT: "Das Verzeichnis der Angebote pflegen; ohne Angaben zu Ratsuchenden.",
    Permission.ENTRY_OWN: "Die Einträge der eigenen Einrichtung im Verzeichnis bestätigen und Änderungen vorschlagen.",
    Permission.MATERIAL_EDIT: "Infoblätter und Arbeitshilfen schreiben, übersetzen, ordnen.",
    Permission.MATERIAL_RELEASE: "Infoblätter, die jemand anderes geschrieben hat, freigeben.",
    Permission.AGREEMENT_EDIT: "Kooperationsvereinbarungen der eigenen Stelle pflegen.",
    Permission.COUNTS_VIEW: "Zahlen der Kurzkontakte sehen und ausgeben, ohne einzelne Kontakte.",
    Permission.PURGE: "Nach Ablauf der Fristen löschen; hat nur das Programm selbst.",
}
