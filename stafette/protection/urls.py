"""Addresses of the protection room."""

from django.urls import path

from stafette.protection import views

app_name = "protection"

urlpatterns = [
    path("flussregeln/", views.rules, name="rules"),
    path("flussregeln/nutzung/", views.used, name="used"),
    path("flussregeln/nutzung.xlsx", views.used_export, name="used_export"),
    path("weitergaben/", views.disclosures, name="disclosures"),
    path("haushalt/<uuid:household_id>/", views.household, name="household"),
    path("einwilligungen/<uuid:pk>/", views.consent, name="consent"),
    path("einwilligungen/<uuid:pk>/widerrufen/", views.withdraw, name="withdraw"),
]
