"""Addresses of the room reports."""

from django.urls import path

from stafette.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("freitext/", views.watch, name="watch"),
    path("information/<slug:unit>/<slug:language>/", views.sheet, name="sheet"),
    path("gemeinsam/<slug:language>/", views.joint_essence, name="essence"),
    path("alle/<slug:code>/", views.paper_for_all, name="for_all"),
    path("<slug:code>/<slug:unit>/", views.paper, name="paper"),
]
