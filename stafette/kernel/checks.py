"""Does the database's second wall stand? Asked by `stafette check --deploy` and `stafette check --database default`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Warning
from django.db import Error as DatabaseError
from django.db import connections

from stafette.kernel import policies, rows

_ROLE = """
select r.rolsuper, r.rolbypassrls,
  exists (select from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
          and pg_has_role(c.relowner, 'usage')),
  has_schema_privilege('public', 'create'), current_user = session_user
from pg_roles r where r.rolname = current_user
"""


def check_deployment(
    app_configs: Sequence[AppConfig] | None, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Ask for the running role wherever an installation is judged, also when no database was named."""
    return [] if databases and "default" in databases else check_running_role(app_configs, ["default"])


def check_running_role(
    app_configs: Sequence[AppConfig] | None, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Find out whether the role of the running program could pass row-level security."""
    if not databases or "default" not in databases:
        return []
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(_ROLE)
            is_super, bypasses, owns, creates, own_login = cursor.fetchone()
        found = _faults_of_role(is_super, bypasses, owns, creates)
        if not own_login:
            found.append(
                Warning(
                    "Das Programm meldet sich mit der Rolle des Eigentümers an und legt deren Rechte nur ab.",
                    hint="Für den Betrieb eine eigene Anmeldung anlegen und in DATABASE_APP_URL nennen.",
                    id="stafette.W001",
                )
            )
        return [*found, *_open_tables()]
    except DatabaseError as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        return [
            Warning(
                f"Die Rechte der laufenden Rolle lassen sich nicht prüfen: {said}",
                hint="Läuft der Datenbankserver, und stimmen DATABASE_URL und DATABASE_APP_URL?",
                id="stafette.W002",
            )
        ]


def _faults_of_role(is_super: bool, bypasses: bool, owns: bool, creates: bool) -> list[CheckMessage]:
    """Name each way past the policies that the role has."""
    faults = [
        (is_super, "ist Superuser", "alter role … nosuperuser", "E001"),
        (bypasses, "darf den Zeilenschutz umgehen", "alter role … nobypassrls", "E002"),
        (owns, "besitzt Tabellen oder erbt vom Eigentümer", "eine Rolle ohne Eigentum verwenden", "E003"),
        (creates, "darf im Schema public anlegen", "revoke create on schema public from public", "E004"),
    ]
    return [
        Error(
            f"Die Datenbankrolle des laufenden Programms {what}: "
            "Der Zeilenschutz zwischen den Stellen gilt für sie nicht sicher.",
            hint=hint,
            id=f"stafette.{number}",
        )
        for is_so, what, hint, number in faults
        if is_so
    ]


def _open_tables() -> list[CheckMessage]:
    """Find tables with data about people that stand open."""
    installed = policies.installed_policies()
    return [
        Error(
            f"Die Tabelle {model._meta.db_table} steht nicht unter Zeilenschutz.",
            hint="stafette migrate setzt Rechte und Zeilenschutz.",
            id="stafette.E005",
        )
        for model in rows.protected_models()
        if installed.get(model._meta.db_table, (False, []))[0] is not True
    ]
