"""Addresses of the properties room."""

from django.urls import path

from stafette.properties import views

app_name = "properties"

urlpatterns = [
    path("hinweise/", views.index, name="hints"),
    path("hinweise/<uuid:pk>/", views.detail, name="hint"),
    path("hinweise/<uuid:pk>/pruefen/", views.take, name="take"),
    path("hinweise/<uuid:pk>/abschliessen/", views.close, name="close"),
]
