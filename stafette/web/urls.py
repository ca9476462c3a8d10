"""Addresses of the house itself."""

from django.urls import path

from stafette.web import views
from stafette.web.watching import pages

app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
    path("hilfe/", views.guide, name="help"),
    path("hinweis/", pages.hint, name="hint"),
    path("muster/", views.patterns, name="patterns"),
]
