"""Addresses of the upkeep. What has a name of its own stands before the links, which take any word."""

from django.urls import path

from stafette.upkeep import views

app_name = "upkeep"

urlpatterns = [
    path("", views.board.index, name="index"),
    path("anfragen/<uuid:pk>/noch-einmal/", views.board.again, name="again"),
    path("hinweise/<uuid:pk>/erledigt/", views.board.settle, name="settle"),
    path("angebote/<uuid:pk>/bestaetigt/", views.board.confirm, name="confirm"),
    path("meine/", views.accounts.own, name="own"),
    path("meine/<uuid:pk>/", views.accounts.own_change, name="own_change"),
    path("meine/traeger/<uuid:pk>/neu/", views.accounts.own_add, name="own_add"),
    path("neuer-link/", views.door.new_link, name="new_link"),
    path("<str:token>/", views.door.entries, name="entries"),
    path("<str:token>/<uuid:pk>/", views.door.change, name="change"),
    path("<str:token>/traeger/<uuid:pk>/neu/", views.door.add, name="add"),
]
