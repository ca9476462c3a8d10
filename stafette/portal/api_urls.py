"""Addresses of the interface for other programs, under /schnittstelle/; with and without a slash at the end."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from stafette.portal.api import views

app_name = "interface"


def _both(address: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    return [path(address, view, name=name), path(f"{address}/", view, name=name)]


urlpatterns = [
    path("hsds/", views.root, name="root"),
    *_both("hsds/openapi.json", views.described, "openapi"),
    path("hsds/services/<uuid:pk>.ics", views.calendar, name="calendar"),
    *_both("hsds/services", views.services, "services"),
    *_both("hsds/services/<uuid:pk>", views.service, "service"),
    *_both("hsds/organizations", views.organizations, "organizations"),
    *_both("hsds/organizations/<uuid:pk>", views.organization, "organization"),
    *_both("hsds/service_at_locations", views.places, "places"),
    *_both("hsds/service_at_locations/<uuid:pk>", views.place, "place"),
    *_both("hsds/taxonomies", views.taxonomies, "taxonomies"),
    *_both("hsds/taxonomies/<uuid:pk>", views.taxonomy, "taxonomy"),
    *_both("hsds/taxonomy_terms", views.terms, "terms"),
    *_both("hsds/taxonomy_terms/<uuid:pk>", views.term, "term"),
    *_both("hsds/sheets", views.sheets, "sheets"),
]
