"""Addresses of the protection room."""

from django.urls import path

from stafette.protection import views

app_name = "protection"

urlpatterns = [
    path("flussregeln/", views.rules, name="rules"),
    path("flussregeln/nutzung/", views.used, name="used"),
    path("flussregeln/nutzung.xlsx", views.used_export, name="used_export"),
    path("verpflichtung/<slug:code>/", views.declarations, name="declarations"),
    path("verpflichtung/<uuid:pk>/beenden/", views.end_declaration, name="end_declaration"),
    path("ersuchen/", views.requests, name="requests"),
    path("ersuchen/neu/", views.take, name="take_request"),
    path("ersuchen/<uuid:pk>/", views.request_page, name="request"),
    path("ersuchen/<uuid:pk>/beantworten/", views.grant, name="grant_request"),
    path("ersuchen/<uuid:pk>/ablehnen/", views.refuse, name="refuse_request"),
    path("haushalt/<uuid:household_id>/fallkonferenz/", views.conference, name="conference"),
    path("wer-weiss/<uuid:household_id>/", views.knows, name="knows"),
    path("wer-weiss/<uuid:household_id>/drucken/", views.print_family, name="print_family"),
    path("wer-weiss/<uuid:household_id>/<uuid:person_id>/", views.person_sheet, name="person_sheet"),
    path("wer-weiss/<uuid:household_id>/<uuid:person_id>/drucken/", views.print_sheet, name="print_sheet"),
    path("weitergaben/", views.disclosures, name="disclosures"),
    path("haushalt/<uuid:household_id>/", views.household, name="household"),
    path("haushalt/<uuid:household_id>/einwilligen/<slug:kind>/", views.agree, name="agree"),
    path("haushalt/<uuid:household_id>/formular/", views.choose, name="choose"),
    path(
        "haushalt/<uuid:household_id>/formulare/<slug:code>/<slug:language>.pdf", views.filled, name="filled"
    ),
    path("formulare/", views.all_papers, name="papers"),
    path("formulare/<slug:code>/<slug:language>.pdf", views.paper, name="paper"),
    path("widerruf/", views.withdraw_by_number, name="withdraw_by_number"),
    path("widerruf/<uuid:pk>/", views.withdrawal, name="withdrawal"),
    path("widerruf/<uuid:pk>/beleg.pdf", views.withdrawal_receipt, name="withdrawal_receipt"),
    path("einwilligungen/", views.listed, name="consents"),
    path("einwilligungen/<uuid:pk>/", views.consent, name="consent"),
    path("einwilligungen/<uuid:pk>/widerrufen/", views.withdraw, name="withdraw"),
    path("einwilligungen/<uuid:pk>/erneuern/", views.renew, name="renew"),
    path("einwilligungen/<uuid:pk>/beleg.pdf", views.receipt_sheet, name="receipt"),
    path("einwilligungen/<uuid:pk>/beleg.json", views.receipt_record, name="receipt_record"),
    path("einwilligungen/<uuid:pk>/blatt/<slug:language>.pdf", views.signed, name="signed"),
]
