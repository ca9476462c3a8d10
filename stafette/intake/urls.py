"""Addresses of this room: talks and short contacts. No name ever stands in an address."""

from django.urls import path

from stafette.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.talks.index, name="list"),
    path("neu/", views.start.start, name="start"),
    path("kurzkontakt/", views.counter.count, name="contact"),
    path("kurzkontakt/druck/", views.counter.paper, name="paper"),
    path("kurzkontakt/handy/", views.counter.code, name="code"),
    path("kurzkontakt/<uuid:pk>/zuruecknehmen/", views.counter.undo, name="undo"),
    path("<uuid:pk>/", views.talks.talk, name="talk"),
    path("<uuid:pk>/folgen/", views.outcome.outcome, name="outcome"),
    path("<uuid:pk>/dazu/", views.talks.join, name="join"),
    path("<uuid:pk>/einverstanden/", views.talks.agree, name="agree"),
    path("<uuid:pk>/abgelehnt/", views.talks.decline, name="decline"),
    path("<uuid:pk>/abbrechen/", views.talks.abandon, name="abandon"),
    path("<uuid:pk>/wieder-oeffnen/", views.talks.reopen, name="reopen"),
]
