"""Addresses of the blueprint."""

from django.urls import path

from stafette.blueprints import views

app_name = "blueprints"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("pruefen/", views.check, name="check"),
    path("anwenden/", views.apply, name="apply"),
    path("datei/", views.export, name="export"),
]
