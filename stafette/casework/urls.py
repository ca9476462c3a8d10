"""Addresses of the room casework."""

from django.urls import path

from stafette.casework import views

app_name = "casework"
urlpatterns = [
    path("", views.index, name="index"),
    path("vertretung/", views.deputies, name="deputies"),
    path("haushalt/<uuid:household_id>/neu/", views.write, name="write"),
    path("<uuid:pk>/", views.detail, name="note"),
    path("<uuid:pk>/aendern/", views.change, name="change"),
    path("<uuid:pk>/loeschen/", views.delete, name="delete"),
    path("<uuid:pk>/vertretung/", views.deputy, name="deputy"),
    path("<uuid:pk>/vertretung/zuruecknehmen/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/druck/", views.print_note, name="print"),
    path("zahlen/", views.counts, name="counts"),
    path("schluessel/", views.keys, name="keys"),
    path("schluessel/<slug:code>/anlegen/", views.create_key, name="create_key"),
    path("schluessel/<slug:code>/wechseln/", views.rotate_key, name="rotate_key"),
    path("schluessel/<slug:code>/fortsetzen/", views.go_on, name="go_on"),
]
