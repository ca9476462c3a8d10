"""Addresses of the house itself."""

from django.urls import path

from stafette.web import views

app_name = "web"
urlpatterns = [path("muster/", views.patterns, name="patterns")]
