"""Addresses of the room rights."""

from django.urls import path

from stafette.rights import views

app_name = "rights"

urlpatterns = [
    path("", views.lists.index, name="list"),
    path("fristen/", views.lists.watch, name="watch"),
    path("regeln/", views.lists.show_rules, name="rules"),
    path("neu/", views.taking.take_in, name="take_in"),
    path("haushalt/<uuid:household_id>/", views.taking.for_household, name="for_household"),
    path("person/<uuid:person_id>/", views.taking.for_person, name="for_person"),
    path("<uuid:pk>/", views.cards.detail, name="request"),
    path("<uuid:pk>/auskunft.pdf", views.copies.make, {"form": "pdf"}, name="copy_pdf"),
    path("<uuid:pk>/auskunft.json", views.copies.make, {"form": "json"}, name="copy_json"),
    path("<uuid:pk>/loeschen/", views.erasing.decide, name="erasing"),
    path("<uuid:pk>/loeschen/ja/", views.erasing.erase, name="erase"),
    path("<uuid:pk>/loeschen/einschraenken/", views.erasing.keep, name="keep"),
    *(
        path(f"<uuid:pk>/{step.path}/", views.cards.step, {"name": name}, name=name)
        for name, step in views.cards.STEPS.items()
    ),
    path("bestritten/<uuid:pk>/aufheben/", views.marks.end_contested, name="end_contested"),
    path("widerspruch/<uuid:pk>/aufheben/", views.marks.end_objection, name="end_objection"),
    path("vorschlag/<uuid:pk>/", views.proposals.detail, name="proposal"),
    path("vorschlag/<uuid:pk>/uebernehmen/", views.proposals.take, name="take_proposal"),
    path("vorschlag/<uuid:pk>/ablehnen/", views.proposals.leave, name="leave_proposal"),
]
