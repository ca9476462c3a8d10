"""Addresses of the room notices."""

from django.urls import path

from stafette.notices import views

app_name = "notices"

urlpatterns = [
    path("kinderschutz/", views.child.index, name="children"),
    path("kinderschutz/haushalt/<uuid:household_id>/", views.child.begin, name="begin"),
    path("kinderschutz/<uuid:pk>/", views.child.detail, name="child"),
    path("kinderschutz/<uuid:pk>/beratungsbogen.pdf", views.child.consultation, name="consultation"),
    path("kinderschutz/<uuid:pk>/mitteilung.pdf", views.child.letter, name="child_letter"),
    *(
        path(f"kinderschutz/<uuid:pk>/{step.path}/", views.child.take, {"name": name}, name=f"child_{name}")
        for name, step in views.child.STEPS.items()
    ),
    path("notfall/", views.glass.overview, name="glass"),
    path("notfall/oeffnen/<slug:ground>/", views.glass.opening, name="glass_open"),
    path("notfall/<uuid:pk>/beenden/", views.glass.end, name="glass_end"),
    path("notfall/pruefen/", views.glass.index, name="glasses"),
    path("notfall/pruefen/<uuid:pk>/", views.glass.review, name="glass_review"),
    path("auslaenderbehoerde/", views.outbound.index, name="outbounds"),
    path("auslaenderbehoerde/regeln/", views.outbound.rules, name="outbound_rules"),
    path("auslaenderbehoerde/zahlen/", views.outbound.figures, name="outbound_figures"),
    path("auslaenderbehoerde/haushalt/<uuid:household_id>/", views.outbound.draft, name="draft"),
    path("auslaenderbehoerde/<uuid:pk>/", views.outbound.detail, name="outbound"),
    path("auslaenderbehoerde/<uuid:pk>/mitteilung.pdf", views.outbound.letter, name="outbound_letter"),
    path("auslaenderbehoerde/<uuid:pk>/ablehnen/", views.outbound.reject, name="outbound_reject"),
    *(
        path(
            f"auslaenderbehoerde/<uuid:pk>/{step.path}/",
            views.outbound.step,
            {"name": name},
            name=f"outbound_{name}",
        )
        for name, step in views.outbound.STEPS.items()
    ),
]
