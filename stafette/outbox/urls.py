"""Addresses of the outbox."""

from django.urls import path

from stafette.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.index, name="list"),
    path("einstellung/", views.choice, name="choice"),
    path("<uuid:pk>/", views.message, name="message"),
    path("<uuid:pk>/noch-einmal/", views.resend, name="resend"),
]
