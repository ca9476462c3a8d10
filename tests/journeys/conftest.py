"""Journeys: Debian's Chromium on a live server, over a database of their own with the sample town in it.

They fail on any violation of the Content-Security-Policy, any script error, any missing static file and any
answer of 500. Without a Chromium they are skipped and say so.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from conftest import ROOT, administer, point_to, template_database
from stafette.config.postgres_places import data_folder
from stafette.kernel.testing import as_owner

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WATCH = """
window.addEventListener("securitypolicyviolation", event => console.error(
  `CSP: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every journey, so that `-m 'not journey'` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


def chromium() -> str | None:
    """Return where Chromium is: CHROMIUM names one, else the usual names are looked for."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's own Chromium once per worker; nothing is downloaded."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium found (Debian: apt install chromium, or set CHROMIUM=/path)")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop runs in the thread of the tests
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=path, chromium_sandbox=False)
        yield program
        program.close()


def filled_template() -> str:
    """Make the sample town once per state of the code; workers wait for each other."""
    empty = template_database()
    name = f"{empty.replace('template', 'town')}_{_digest()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(4712)")
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return name
        draft = f"{name}_draft"
        connection.execute(f'drop database if exists "{draft}" with (force)')
        connection.execute(f'create database "{draft}" template "{empty}"')
        point_to(draft)
        before, settings.STAFETTE_KEYS = settings.STAFETTE_KEYS, keys_of(name)
        shutil.rmtree(settings.STAFETTE_KEYS, ignore_errors=True)
        _fill()
        settings.STAFETTE_KEYS = before
        point_to("postgres")
        connection.execute(f'alter database "{draft}" rename to "{name}"')
    return name


def _digest() -> str:
    digest = hashlib.sha256()
    rooms = [path for room in ("blueprints", "demo") for path in (ROOT / "stafette" / room).rglob("*.py")]
    for path in sorted([*(ROOT / "blueprints").glob("*.toml"), *rooms]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def keys_of(name: str) -> Path:
    """Where the keys of a filled town lie: as long as the town is kept, they are."""
    return data_folder() / "town-keys" / name


def _fill() -> None:
    """Apply the blueprint and let a few talks happen with all that follows, so that no page stands empty."""
    from stafette.demo.fill import fill

    quiet = io.StringIO()
    with as_owner():
        call_command(
            "blueprint", "apply", "--yes", str(ROOT / "blueprints" / "weissenfels.toml"), stdout=quiet
        )
    fill(talks=16)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh copy of the sample town for this file; workers share nothing, so each test tells a whole story."""
    before, keys = settings.DATABASES["default"]["NAME"], settings.STAFETTE_KEYS
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        template = filled_template()
        name = f"stafette_journey_{uuid.uuid4().hex[:12]}"
        administer(f'create database "{name}" template "{template}"')
        settings.STAFETTE_KEYS = keys / name
        shutil.copytree(keys_of(template), settings.STAFETTE_KEYS)
        point_to(name)
        yield name
        point_to(before)
        settings.STAFETTE_KEYS = keys
        administer(f'drop database if exists "{name}" with (force)')


@pytest.fixture(scope="module")
def server(town: str) -> Iterator[str]:
    """Serve the town as the demo does, with one click per role."""
    from pytest_django.live_server_helper import LiveServer

    demo, settings.DEMO = settings.DEMO, True
    running = LiveServer("127.0.0.1")
    yield running.url
    running.stop()
    settings.DEMO = demo


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A German desktop browser with nothing in its memory."""
    opened = browser.new_context(
        base_url=server, locale="de-DE", timezone_id="Europe/Berlin", viewport={"width": 1280, "height": 900}
    )
    opened.set_default_timeout(10_000)
    opened.add_init_script(WATCH)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab that remembers what went wrong and fails the test at its end."""
    problems: list[str] = []
    tab = context.new_page()
    tab.on("console", lambda said: problems.append(said.text) if "CSP:" in said.text else None)
    tab.on("pageerror", lambda error: problems.append(f"script error: {error}"))
    tab.on("response", lambda answer: problems.append(_wrong(answer.status, answer.url) or ""))
    yield tab
    found = sorted(filter(None, problems))
    assert not found, "the browser complained:\n  " + "\n  ".join(found)


def _wrong(status: int, url: str) -> str:
    missing = status >= 400 and "/static/" in url
    return f"{status} {url}" if status >= 500 or missing else ""
