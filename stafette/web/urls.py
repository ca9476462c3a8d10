"""Addresses of the house itself."""

from django.urls import path

from stafette.web import views

app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
    path("muster/", views.patterns, name="patterns"),
]
