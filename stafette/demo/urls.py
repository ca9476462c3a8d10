"""Addresses of the demo; they answer only where the demo runs."""

from django.urls import path

from stafette.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.start, name="start"),
    path("anmelden/<slug:code>/", views.enter, name="enter"),
]
