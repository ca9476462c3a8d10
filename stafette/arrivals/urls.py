"""Addresses of the arrivals room."""

from django.urls import path

from stafette.arrivals.views import arrivals, imports, lists

app_name = "arrivals"
urlpatterns = [
    path("", lists.index, name="index"),
    path("neu/", arrivals.walk_in, name="walk_in"),
    path("importe/", lists.imports, name="imports"),
    path("importe/neu/", imports.upload, name="upload"),
    path("importe/<uuid:pk>/", imports.detail, name="import"),
    path("importe/<uuid:pk>/spalten/", imports.columns, name="columns"),
    path("importe/<uuid:pk>/entscheiden/", imports.decide, name="decide"),
    path("importe/<uuid:pk>/uebernehmen/", imports.apply, name="apply"),
    path("importe/<uuid:pk>/verwerfen/", imports.discard, name="discard"),
    path("<uuid:pk>/", arrivals.detail, name="arrival"),
    path("<uuid:pk>/einladen/", arrivals.invite, name="invite"),
    path("<uuid:pk>/kontakt/", arrivals.attempt, name="attempt"),
    path("<uuid:pk>/brief.pdf", arrivals.letter, name="letter"),
]
