"""What every page needs besides its own content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from stafette.kernel.actor import NOBODY, Actor
from stafette.kernel.permissions import Permission
from stafette.web import banners, navigation
from stafette.web.watching.middleware import hints_to_show


def page(request: HttpRequest) -> dict[str, Any]:
    """Give header and footer their content; a page without login gets an empty header."""
    actor = getattr(request, "actor", None) or NOBODY
    signed_in = actor.id != NOBODY.id
    search_url, search_name = navigation.search_for(actor)
    return {
        "actor": actor,
        "signed_in": signed_in,
        "banners": banners.banners_for(request) if signed_in else [],
        "unit_label": " · ".join(_unit_names(request)),
        "nav": navigation.items_for(actor, request.path) if signed_in else [],
        "search_url": search_url,
        "search_name": search_name,
        "account_links": _links(
            (_("Mein Konto"), "accounts:profile"),
            (_("Passwort ändern"), "account_change_password"),
            (_("Zweiter Faktor"), "mfa_index"),
            *([(_("Notfallzugriff"), "notices:glass")] if actor.may(Permission.GLASS_OPEN) else []),
        ),
        "footer_links": _footer(actor) if signed_in else [(_("Datenschutz"), _essence())],
        "logout_url": _url("account_logout"),
        "idle_seconds": settings.SESSION_COOKIE_AGE,
        "is_demo": settings.DEMO,
        "watching": SimpleLazyObject(lambda: hints_to_show(request)),
    }


def _footer(actor: Actor) -> list[tuple[str, str]]:
    links = [(_("Hilfe"), "web:help"), (_("Datenpanne melden"), "oversight:report")]
    if actor.may(Permission.CONSENT_EDIT):
        links.append((_("Widerruf aufnehmen"), "protection:withdraw_by_number"))
    if actor.may(Permission.UNIT_VIEW):
        links.append((_("Datenschutz-Unterlagen"), "reports:index"))
    return [(label, _url(name)) for label, name in links]


def _essence() -> str:
    """Who answers together for what is told to everybody, without login (Art. 26(2) GDPR)."""
    return reverse("reports:essence", args=["de"])


def _url(name: str) -> str:
    """Return the address or nothing where the page is not installed (town login by OIDC)."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _links(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "url": url} for label, name in pairs if (url := _url(name))]


def _unit_names(request: HttpRequest) -> list[str]:
    """Authority and unit of each membership, the authority said once."""
    units = [membership.unit for membership in getattr(request, "memberships", [])]
    return list(dict.fromkeys(name for unit in units for name in (unit.authority.name, unit.name)))
