"""Django admin's changelist as the yardstick: what a town would get without writing any page of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import override_settings
from django.urls import include, path

from stafette.kernel.testing import as_owner


class _Site(admin.AdminSite):
    """The admin without its log of recent actions, whose table is not installed here: that only helps it."""

    def get_log_entries(self, request: HttpRequest) -> Any:
        return []


SITE = _Site(name="benchadmin")


class _Superuser(AnonymousUser):
    """May do everything, without a table of permissions: that only helps the admin, too."""

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


@contextmanager
def admin_pages(model: type[Model], how: type[admin.ModelAdmin]) -> Iterator[None]:  # type: ignore[type-arg]
    """Put the admin of this model beside our addresses and templates, only while the bench runs."""
    if not SITE.is_registered(model):
        SITE.register(model, how)
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
    with override_settings(
        ROOT_URLCONF="bench_urls",
        TEMPLATES=[{**ours, "DIRS": [folder], "OPTIONS": options}],
        ALLOWED_HOSTS=["*"],
    ):
        yield


def changelist(model: type[Model]) -> Callable[[], object]:
    """Return a call that renders the changelist, asked by somebody who may do everything, as the tables' owner."""

    def call() -> HttpResponse:
        with as_owner():
            request = RequestFactory().get("/admin/")
            SessionMiddleware(lambda r: HttpResponse()).process_request(request)
            request.user = _Superuser()  # type: ignore[assignment]
            request._messages = []  # type: ignore[attr-defined]
            response = SITE._registry[model].changelist_view(request)
            response.render()  # type: ignore[attr-defined]
        assert b"result_list" in response.content
        return response

    return call
