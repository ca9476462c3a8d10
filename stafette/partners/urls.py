"""Addresses of the partners room."""

from django.urls import path

from stafette.partners import views

app_name = "partners"

urlpatterns = [
    path("", views.catalogue.index, name="list"),
    path("neu/", views.catalogue.add, name="add"),
    path("<uuid:pk>/", views.catalogue.change, name="change"),
    path("<uuid:pk>/entfernen/", views.catalogue.end, name="end"),
    path("im-haus/", views.agreements.week, name="week"),
    path("im-haus/kalender.ics", views.agreements.week_file, name="week_file"),
    path("vereinbarungen/", views.agreements.index, name="agreements"),
    path("vereinbarungen/neu/", views.agreements.enter, name="enter_agreement"),
    path("vereinbarungen/<uuid:pk>/", views.agreements.detail, name="agreement"),
    path("vereinbarungen/<uuid:pk>/aendern/", views.agreements.change, name="change_agreement"),
    path("vereinbarungen/<uuid:pk>/in-kraft/", views.agreements.start, name="start_agreement"),
    path("vereinbarungen/<uuid:pk>/beenden/", views.agreements.end, name="end_agreement"),
    path("vereinbarungen/<uuid:pk>/zeit/", views.agreements.add_time, name="add_desk_time"),
    path(
        "vereinbarungen/<uuid:pk>/zeit/<uuid:time_id>/streichen/",
        views.agreements.remove_time,
        name="remove_desk_time",
    ),
    path("anfragen/", views.lists.index, name="requests"),
    path("anfragen/haushalt/<uuid:household_id>/", views.ask.ask, name="ask"),
    path("anfragen/<uuid:pk>/", views.cards.detail, name="request"),
    path("anfragen/<uuid:pk>/einwilligung/", views.ask.consent, name="consent"),
    path("anfragen/<uuid:pk>/code/", views.cards.code, name="code"),
    *(
        path(f"anfragen/<uuid:pk>/{step.path}/", views.cards.step, {"name": name}, name=name)
        for name, step in views.cards.STEPS.items()
    ),
    path("an-uns/", views.accounts.inbox, name="inbox"),
    path("an-uns/<uuid:pk>/", views.accounts.reply, name="reply"),
    path("antwort/<str:token>/", views.door.answer, name="answer"),
    path("neuer-link/", views.door.new_link, name="new_link"),
]
