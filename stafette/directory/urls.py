"""Addresses of the directory."""

from django.urls import path

from stafette.directory import views

app_name = "directory"

urlpatterns = [path("", views.index, name="services")]
