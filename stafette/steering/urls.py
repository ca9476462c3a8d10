"""Addresses of the coordination office."""

from django.urls import path

from stafette.steering import views

app_name = "steering"

urlpatterns = [
    path("", views.index, name="index"),
    path("paare/", views.pairs, name="pairs"),
    path("verlauf/", views.trend, name="trend"),
    path("auslastung/", views.load, name="load"),
    path("luecken/", views.gaps, name="gaps"),
    path("wirkung/", views.lasting, name="lasting"),
    path("eskalationen/", views.escalated, name="escalated"),
    path("tabellen.xlsx", views.export, name="export"),
]
