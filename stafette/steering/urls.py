"""Addresses of the coordination office."""

from django.urls import path

from stafette.steering import views

app_name = "steering"

urlpatterns = [path("", views.index, name="index"), path("eskalationen/", views.escalated, name="escalated")]
