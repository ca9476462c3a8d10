"""Django's DATABASES from the environment: one database, two ways in.

`default` is what the program uses: a role that owns nothing and cannot pass row-level security. `owner` is
the same database for migrations and maintenance.

    DATABASE_URL      the owner's login; a URL or a libpq connection string, several hosts allowed
    DATABASE_APP_URL  the restricted login. Without it the program logs in with DATABASE_URL and runs every
                      statement as the role stafette_app, which the owner must be a member of
    neither           the private PostgreSQL of this checkout (see postgres.py)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from stafette.config.postgres import APP, OWNER, socket_url

KEEP_SECONDS = 600


def database_settings(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Both aliases. Requests open their transaction in the middleware, therefore no ATOMIC_REQUESTS."""
    url, app_url = environ.get("DATABASE_URL"), environ.get("DATABASE_APP_URL")
    if not url and not app_url:
        return {"default": _alias(socket_url("demo", APP)), "owner": _alias(socket_url("demo", OWNER))}
    if not url:
        raise ImproperlyConfigured("DATABASE_APP_URL needs DATABASE_URL, the owner's login, beside it.")
    default = _alias(app_url) if app_url else _alias(url, assume_role=APP)
    return {"default": default, "owner": _alias(url) | {"CONN_MAX_AGE": 0}}


def _alias(url: str, **extra: Any) -> dict[str, Any]:
    """One connection; what Django has no key for (several hosts' target_session_attrs, TLS) goes to libpq."""
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        raise ImproperlyConfigured(
            "DATABASE_URL: expected postgresql://user:password@host/name"
        ) from None  # no password in the trace
    known = {key: parts.pop(key, None) for key in ("dbname", "user", "password", "host", "port")}
    if not known["dbname"] and "service" not in parts:
        raise ImproperlyConfigured("DATABASE_URL names no database: postgresql://user:password@host/name")
    options = {"connect_timeout": 5, "application_name": "stafette"} | parts | extra
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": known["dbname"] or "",
        "USER": known["user"] or "",
        "PASSWORD": known["password"] or "",
        "HOST": known["host"] or "",
        "PORT": known["port"] or "",
        "OPTIONS": options,
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": KEEP_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }
