"""One database per worker, cloned from a template; every statement runs as the restricted role."""

import contextlib
import hashlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).parent
os.environ.setdefault("STAFETTE_SECRET_KEY", "only-for-tests")
hypothesis.settings.register_profile(
    "house", deadline=None
)  # a busy machine is no failure: figures are for the bench
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Point Django at the test server; workers find it running."""
    from django.db import connections

    from stafette.config import postgres
    from stafette.config.databases import database_settings

    if "DATABASE_URL" not in os.environ:
        config.stash[SERVER] = server = postgres.start("test")
        os.environ["DATABASE_URL"] = server.url(postgres.OWNER, "postgres")
    settings.DATABASES = database_settings(os.environ)
    connections.settings = connections.configure_settings(settings.DATABASES)
    for alias in settings.DATABASES:
        connections[alias] = connections.create_connection(alias)  # the old one knows the demo's server
    config.stash[KEYS] = settings.STAFETTE_KEYS = Path(tempfile.mkdtemp(prefix="stafette-keys-"))
    settings.STAFETTE_TOMBSTONES = settings.STAFETTE_KEYS / "tombstones.jsonl"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = False
    settings.SECOND_FACTOR_REQUIRED = False


SERVER, KEYS = pytest.StashKey(), pytest.StashKey()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[KEYS], ignore_errors=True)
    server = config.stash.get(SERVER, None)
    if server is not None:
        server.stop()


def schema_digest() -> str:
    """What the template depends on: migrations, models and the code that makes policies."""
    digest = hashlib.sha256()
    patterns = (
        "*/migrations/*.py",
        "*/models.py",
        "*/models/*.py",
        "kernel/rows.py",
        "kernel/permissions.py",
        "*/sql/*.sql",
    )
    for path in sorted({path for pattern in patterns for path in (ROOT / "stafette").glob(pattern)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def administer(*statements: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def template_database() -> str:
    """Make the migrated template once per state of the schema; parallel workers wait for each other."""
    from django.core.management import call_command
    from django.db import connections

    name = f"stafette_template_{schema_digest()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(4711)")
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return name
        draft = f"{name}_draft"
        connection.execute(f'drop database if exists "{draft}" with (force)')
        connection.execute(f'create database "{draft}"')
        point_to(draft)
        call_command("migrate", verbosity=0)
        for alias in connections:
            connections[alias].close()
        connection.execute(f'alter database "{draft}" rename to "{name}"')
        drop_outdated(connection, name)
    return name


def drop_outdated(connection: psycopg.Connection, current: str) -> None:
    """Remove templates of earlier states of the schema, but for those that a test run uses right now."""
    found = connection.execute(
        "select d.datname from pg_database d where d.datname ~ '^stafette_(template|town)_' "
        "and position(%s in d.datname) = 0 "
        "and not exists (select 1 from pg_stat_activity a where a.datname = d.datname)",
        [current.removeprefix("stafette_template_")],
    ).fetchall()
    for (name,) in found:
        with contextlib.suppress(psycopg.Error):
            connection.execute(f'drop database if exists "{name}"')


def point_to(name: str) -> None:
    from django.db import connections

    for alias in connections:
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        template = template_database()
        name = f"stafette_test_{uuid.uuid4().hex[:12]}"
        administer(f'create database "{name}" template "{template}"')
        point_to(name)
        yield
        point_to("postgres")
        administer(f'drop database if exists "{name}" with (force)')


@pytest.fixture
def actor_with(db):
    """Make an actor who holds these permissions in one unit."""
    from stafette.accounts.tests.factories import UserFactory
    from stafette.kernel.actor import Actor

    def make(*permissions, unit):
        user = UserFactory()
        unit_id = getattr(unit, "pk", unit)
        return Actor(id=user.pk, label=user.label, grants=frozenset((p, unit_id) for p in permissions))

    return make


@pytest.fixture
def logged_in(client, db):
    """Log a member of a unit in and return the test client: logged_in(role, unit)."""
    from stafette.accounts.tests.factories import MembershipFactory

    def log_in(role, unit, user=None):
        membership = MembershipFactory(role=role, unit=unit, **({"user": user} if user else {}))
        client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.user = membership.user
        return client

    return log_in
