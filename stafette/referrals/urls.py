"""Addresses of the referrals room."""

from django.urls import path

from stafette.referrals import views

app_name = "referrals"

urlpatterns = [
    path("", views.lists.index, name="list"),
    path("heute/", views.lists.my_day, name="my_day"),
    path("verweise/", views.findings.services, name="services"),
    path("verweise/<uuid:service_id>/", views.findings.point, name="point"),
    path("haushalt/<uuid:household_id>/", views.findings.household, name="household"),
    path("feststellungen/<uuid:pk>/vorbereiten/", views.findings.prepare, name="prepare"),
    path("feststellungen/<uuid:pk>/verwerfen/", views.findings.dismiss, name="dismiss"),
    path("feststellungen/<uuid:pk>/verweisen/", views.findings.signpost, name="signpost"),
    path("<uuid:pk>/", views.cards.detail, name="detail"),
    path("<uuid:pk>/einwilligung/", views.cards.consent, name="consent"),
    *(
        path(f"<uuid:pk>/{step.path}/", views.cards.step, {"name": name}, name=name)
        for name, step in views.cards.STEPS.items()
    ),
]
