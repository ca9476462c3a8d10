"""Addresses of the house itself."""

from django.urls import path

from stafette.web import views

app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
    path("hilfe/", views.guide, name="help"),
    path("muster/", views.patterns, name="patterns"),
]
