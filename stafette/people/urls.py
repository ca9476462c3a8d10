"""Addresses of this room: persons, households, possible duplicates. No name ever stands in an address."""

from django.urls import path

from stafette.people import views

app_name = "people"
urlpatterns = [
    path("personen/", views.persons.index, name="list"),
    path("personen/suche/", views.persons.search, name="search"),
    path("personen/neu/", views.persons.new, name="new"),
    path("personen/<uuid:pk>/", views.persons.detail, name="person"),
    path("personen/<uuid:pk>/berichtigen/", views.persons.change, name="change"),
    path("personen/<uuid:pk>/sperre/", views.persons.lock, name="lock"),
    path("personen/<uuid:pk>/vergleich/<uuid:other>/", views.duplicates.compare, name="compare"),
    path("haushalte/<uuid:pk>/", views.households.detail, name="household"),
    path("haushalte/<uuid:pk>/anschrift/", views.households.move, name="move"),
    path("haushalte/<uuid:pk>/person/", views.persons.new, name="join"),
    path("haushalte/mitglied/<uuid:pk>/auszug/", views.households.leave, name="leave"),
    path("haushalte/<uuid:pk>/schliessen/", views.closing.close, name="close"),
    path("geschlossene-akten/", views.closing.closed, name="closed"),
    path("geschlossene-akten/<uuid:pk>/", views.closing.readers, name="readers"),
    path("geschlossene-akten/<uuid:pk>/oeffnen/", views.closing.reopen, name="reopen"),
    path("dubletten/", views.duplicates.index, name="duplicates"),
    path("dubletten/pruefen/", views.duplicates.propose, name="propose"),
    path("dubletten/zusammengefuehrt/", views.duplicates.merged, name="merges"),
    path("dubletten/zusammengefuehrt/<uuid:pk>/zurueck/", views.duplicates.undo, name="undo"),
    path("dubletten/<uuid:pk>/verschieden/", views.duplicates.dismiss, name="dismiss"),
]
