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
    path("nachverfolgung/", views.followups.index, name="follow_ups"),
    path("nachverfolgung/<uuid:pk>/", views.followups.detail, name="follow_up"),
    *(
        path(
            f"nachverfolgung/<uuid:pk>/{way}/", views.followups.step, {"name": name}, name=f"follow_up_{name}"
        )
        for name, way in {"result": "ergebnis", "move": "verschieben", "drop": "entfallen"}.items()
    ),
    path("haushalt/<uuid:household_id>/weg/", views.path.household, name="path"),
    path("haushalt/<uuid:household_id>/wiedervorlage/", views.followups.plan, name="plan"),
    path("aufgaben/", views.tasks.index, name="tasks"),
    path("aufgaben/neu/", views.tasks.new, name="new_task"),
    path("aufgaben/<uuid:pk>/", views.tasks.detail, name="task"),
    *(
        path(f"aufgaben/<uuid:pk>/{way}/", views.tasks.step, {"name": name}, name=f"task_{name}")
        for name, way in {
            "finish": "erledigen",
            "move": "verschieben",
            "give": "weitergeben",
            "drop": "entfallen",
            "reopen": "oeffnen",
        }.items()
    ),
    path("federfuehrung/<uuid:pk>/", views.leads.detail, name="transfer"),
    *(
        path(f"federfuehrung/<uuid:pk>/{step[0]}/", views.leads.step, {"name": name}, name=f"{name}_lead")
        for name, step in views.leads.STEPS.items()
    ),
    path("<uuid:pk>/", views.cards.detail, name="detail"),
    path("<uuid:pk>/einwilligung/", views.cards.consent, name="consent"),
    *(
        path(f"<uuid:pk>/{step.path}/", views.cards.step, {"name": name}, name=name)
        for name, step in views.cards.STEPS.items()
    ),
]
