"""Addresses of the log."""

from django.urls import path

from stafette.audit import views

app_name = "audit"
urlpatterns = [path("", views.events, name="events")]
