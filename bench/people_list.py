"""The person list as a whole page, with rights, against Django admin's changelist on the same rows.

Both run in this process on the same server; counted is CPU time of this process and of its database
backend (from /proc), because the machine may be busy with other things. Rounds are interleaved.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.db import connection, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import include, path

from bench.people_db import crowded_unit, fill, new_unit
from stafette.accounts.models import Membership, User
from stafette.accounts.roles import Role
from stafette.kernel.testing import as_owner
from stafette.people.models import Person


class _Admin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The changelist as anybody would write it first."""

    list_display = ("family_name", "given_names", "birth_year", "nationalities", "created_at")
    search_fields = ("family_name", "given_names", "original_script")
    ordering = ("sort_name",)
    list_per_page = 50


class _Site(admin.AdminSite):
    """The admin without its log of recent actions, whose table is not installed here: that only helps it."""

    def get_log_entries(self, request: HttpRequest) -> Any:
        return []


SITE = _Site(name="benchadmin")
SITE.register(Person, _Admin)


def run(quick: bool = False, *, unit: UUID | None = None, n: int | None = None) -> dict[str, Any]:
    """Measure both pages in interleaved rounds; give `unit` when its persons are there already."""
    n = n or (100_000 if quick else 1_000_000)
    unit = unit or crowded_unit(n)
    if unit is None:
        unit = new_unit()
        fill(unit, n)
    with _with_admin():
        return _compare(_clerk(unit), 3 if quick else 5)


def _compare(clerk: User, rounds: int) -> dict[str, Any]:
    settings.ALLOWED_HOSTS = ["*"]
    ours, deep = Client(), ""
    ours.force_login(clerk, backend=settings.AUTHENTICATION_BACKENDS[0])
    first = _page(ours, "/personen/")
    deep = _far_down(ours, first)
    theirs = _admin_caller()
    pages: dict[str, Callable[[], object]] = {
        "list": lambda: _page(ours, "/personen/"),
        "list, far down": lambda: _page(ours, deep),
        "admin": theirs,
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _round in range(rounds):
        for name, call in pages.items():
            times[name].append(_cpu(call, 3 if name == "admin" else 20))
    figures: dict[str, Any] = {name: round(statistics.median(values), 2) for name, values in times.items()}
    with CaptureQueriesContext(connection) as queries:
        _page(ours, "/personen/")
    figures["queries"] = len(
        [q for q in queries if "SAVEPOINT" not in q["sql"] and q["sql"] not in ("BEGIN", "COMMIT")]
    )
    figures["ratio"] = round(figures["admin"] / figures["list"], 1)
    figures["far_down_ratio"] = round(figures["list, far down"] / figures["list"], 2)
    figures["bytes"] = len(first.content)
    for name in pages:
        print(f"{name:20} {figures[name]:10.2f} CPU-ms je Anfrage (Server und Datenbank)")
    print(
        f"Abfragen {figures['queries']}, Admin : Liste = {figures['ratio']}, weit unten : vorn = {figures['far_down_ratio']}"
    )
    return figures


def _clerk(unit: UUID) -> User:
    user = User(email="bench@stafette.example", label="Bench")
    user.set_unusable_password()
    user.save(using="owner")
    Membership(user=user, unit_id=unit, role=Role.CLERK, starts_on=date(2020, 1, 1)).save(using="owner")
    return User.objects.using("owner").get(pk=user.pk)


def _page(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response
    return response


def _far_down(client: Client, first: Any) -> str:
    """The address of a page in the middle of the alphabet, as one would reach it by turning pages."""
    from stafette.web import lists

    row = Person.objects.using("owner").filter(sort_name__gte="n").order_by("sort_name", "pk")[:1].get()
    return f"/personen/?nach={lists._encode(row, 'sort_name')}"


def _admin_caller() -> Callable[[], object]:
    """Django admin's changelist, asked by a user who may do everything, as the owner of the table."""
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.sessions.middleware import SessionMiddleware
    from django.test import RequestFactory

    class Superuser(AnonymousUser):
        is_active = is_staff = is_superuser = True
        is_authenticated = True  # type: ignore[assignment]
        pk = id = None

        def has_perm(self, perm: str, obj: Model | None = None) -> bool:
            return True

        def has_module_perms(self, module: str) -> bool:
            return True

        def get_short_name(self) -> str:
            return "bench"

        def has_usable_password(self) -> bool:
            return False

    def call() -> HttpResponse:
        with as_owner():
            request = RequestFactory().get("/admin/people/person/")
            SessionMiddleware(lambda r: HttpResponse()).process_request(request)
            request.user = Superuser()  # type: ignore[assignment]
            request._messages = []  # type: ignore[attr-defined]
            response = SITE._registry[Person].changelist_view(request)
            response.render()
        assert b"result_list" in response.content
        return response

    return call


def _with_admin() -> override_settings:
    """Our addresses and templates with those of the admin beside them, only while the bench runs."""
    sys.modules["bench_urls"] = urls = ModuleType("bench_urls")
    urls.urlpatterns = [path("admin/", SITE.urls), path("", include("stafette.config.urls"))]  # type: ignore[attr-defined]
    ours = settings.TEMPLATES[0]
    tags = "django.contrib.admin.templatetags."
    options = {
        "context_processors": [
            *ours["OPTIONS"]["context_processors"],
            "django.contrib.auth.context_processors.auth",
        ],
        "libraries": {name: tags + name for name in ("admin_list", "admin_modify", "admin_urls")},
    }
    folder = Path(admin.__file__).parent / "templates"
    return override_settings(
        ROOT_URLCONF="bench_urls", TEMPLATES=[{**ours, "DIRS": [folder], "OPTIONS": options}]
    )


def _cpu(call: Callable[[], object], times: int) -> float:
    """CPU milliseconds per call: this process and its database backends."""
    backends = _backends()
    call()
    before, start = _backend_ms(backends), time.process_time()
    for _i in range(times):
        call()
    return (1000 * (time.process_time() - start) + _backend_ms(backends) - before) / times


def _backends() -> list[int]:
    pids = []
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            pids.append(cursor.fetchone()[0])
    return pids


def _backend_ms(pids: list[int]) -> float:
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e6
