"""Addresses of the officer's desk."""

from django.urls import path

from stafette.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.log.events, name="events"),
    path("betrieb/", views.log.status, name="status"),
]
