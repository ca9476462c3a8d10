"""Addresses of the room retention."""

from django.urls import path

from stafette.retention import views

app_name = "retention"

urlpatterns = [
    path("", views.announced.index, name="announced"),
    path("<uuid:pk>/aufhalten/", views.holds.hold, name="hold"),
    path("akte/<uuid:household_id>/aufhalten/", views.holds.hold_file, name="hold_file"),
    path("aufgehalten/", views.holds.index, name="holds"),
    path("aufgehalten/<uuid:pk>/beenden/", views.holds.lift, name="lift"),
    path("bericht/", views.report.index, name="report"),
    path("vorschau/", views.report.preview, name="preview"),
]
