"""Technical and organisational measures (Art. 32 GDPR), read from the settings that run."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from stafette.kernel.rows import protected_models
from stafette.reports.rules import purge_limit


@dataclass(frozen=True)
class Measure:
    """What is done, how it stands here, and where that can be seen."""

    goal: str
    measure: str
    state: str
    seen: str


def measures() -> list[Measure]:
    """Return each measure with its state in this installation."""
    tables = len(list(protected_models()))
    idle = settings.SESSION_COOKIE_AGE // 60
    hashing = settings.PASSWORD_HASHERS[0].rsplit(".", 1)[-1].removesuffix("PasswordHasher")
    backup, grace = purge_limit("backup"), purge_limit("grace")
    return [
        Measure("Vertraulichkeit", "Übertragung verschlüsselt (TLS)", _on(settings.HTTPS), "STAFETTE_HTTPS"),
        Measure(
            "Vertraulichkeit",
            "zweiter Faktor bei der Anmeldung",
            _on(settings.SECOND_FACTOR_REQUIRED, "Pflicht für alle Konten"),
            "STAFETTE_SECOND_FACTOR",
        ),
        Measure("Vertraulichkeit", "Kennwörter nur als Prüfwert", hashing, "PASSWORD_HASHERS"),
        Measure(
            "Vertraulichkeit", "Sitzung endet ohne Arbeit", f"nach {idle} Minuten", "STAFETTE_IDLE_MINUTES"
        ),
        Measure(
            "Nichtverkettung",
            "Trennung der Stellen in der Datenbank (Row-Level Security)",
            f"{tables} Tabellen",
            "tests/test_two_walls.py",
        ),
        Measure(
            "Vertraulichkeit",
            "Anvertrautes verschlossen, Schlüssel außerhalb der Datenbank",
            _on(bool(getattr(settings, "STAFETTE_KEYS", "")), "Schlüsselordner eingerichtet"),
            "STAFETTE_KEYS",
        ),
        Measure(
            "Vertraulichkeit",
            "keine fremden Inhalte im Browser",
            "nur eigene Quellen",
            "Content-Security-Policy",
        ),
        Measure(
            "Vertraulichkeit", "Mails ohne Namen", "nur Nummer und Link", "tests/test_mails_without_names.py"
        ),
        Measure(
            "Integrität", "Protokoll nur zum Anfügen, als Kette geprüft", "eingerichtet", "stafette/audit"
        ),
        Measure(
            "Transparenz", "Leseprotokoll geschützter Datensätze", "eingerichtet", "tests/test_readings.py"
        ),
        Measure(
            "Datenminimierung",
            "jedes Feld ist eingestuft, jeder Datentyp hat eine Löschklasse",
            "geprüft bei jeder Änderung",
            "tests/test_house_rules.py",
        ),
        Measure(
            "Intervenierbarkeit",
            "nächtliches Löschen mit Ankündigung",
            f"Ankündigung {grace.count} {grace.word} vorher",
            "rules/purge.toml",
        ),
        Measure(
            "Verfügbarkeit",
            "Sicherung und Probe der Wiederherstellung",
            f"Sicherungen höchstens {backup.count} {backup.word}; Ablauf in docs/betrieb.md",
            "rules/purge.toml",
        ),
        Measure(
            "Vertraulichkeit",
            "Betrieb ohne Fallinhalte",
            "technische Rolle ohne Recht auf Fälle",
            "stafette/accounts/roles.py",
        ),
    ]


def _on(flag: bool, yes: str = "eingeschaltet") -> str:
    return yes if flag else "ausgeschaltet – vor dem Einsatz einschalten"


def subprocessors() -> list[str]:
    """Further processors as the operator entered them (STAFETTE_SUBPROCESSORS); none unless named."""
    return [name.strip() for name in settings.STAFETTE_SUBPROCESSORS if name.strip()]
