"""Addresses of the materials: sheets, folders, work aids, open questions."""

from django.urls import path

from stafette.materials import views

app_name = "materials"

urlpatterns = [
    path("", views.index, name="list"),
    path("neu/", views.new_sheet, name="new"),
    path("mappen/", views.folders, name="folders"),
    path("mappen/neu/", views.new_folder, name="new_folder"),
    path("mappen/<slug:code>/", views.folder, name="folder"),
    path("mappen/<slug:code>/bearbeiten/", views.edit_folder, name="edit_folder"),
    path("mappen/<slug:code>/<slug:language>.pdf", views.print_folder, name="print_folder"),
    path("arbeitshilfen/", views.aids, name="aids"),
    path("arbeitshilfen/neu/", views.new_aid, name="new_aid"),
    path("arbeitshilfen/<uuid:pk>/", views.aid, name="aid"),
    path("arbeitshilfen/<uuid:pk>/bearbeiten/", views.edit_aid, name="edit_aid"),
    path("arbeitshilfen/<uuid:pk>/herausnehmen/", views.withdraw_aid, name="withdraw_aid"),
    path("arbeitshilfen/<uuid:pk>/datei/", views.aid_file, name="aid_file"),
    path("fragen/", views.questions, name="questions"),
    path("fragen/<uuid:pk>/", views.question, name="question"),
    path("fragen/<uuid:pk>/nicht-verfolgen/", views.drop_question, name="drop_question"),
    path("fragen/<uuid:pk>/wieder-oeffnen/", views.reopen_question, name="reopen_question"),
    path("<slug:code>/", views.sheet, name="sheet"),
    path("<slug:code>/angaben/", views.edit_sheet, name="edit_sheet"),
    path("<slug:code>/stimmt-noch/", views.assure_sheet, name="assure"),
    path("<slug:code>/<slug:language>.pdf", views.print_sheet, name="print"),
    path("<slug:code>/<slug:language>/", views.text, name="text"),
    path("<slug:code>/<slug:language>/schreiben/", views.write, name="write"),
    path("<slug:code>/<slug:language>/vergleich/", views.compare, name="compare"),
    path("<slug:code>/<slug:language>/<int:number>/<slug:move>/", views.move, name="move"),
]
