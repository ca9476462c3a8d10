"""Addresses of this room."""

from django.urls import path

from stafette.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("", views.index, name="index"),
    path("woche/", views.week, name="week"),
    path("vergleich/", views.compare, name="compare"),
    path("veroeffentlichung/", views.public, name="public"),
    path("tabellen.xlsx", views.inside_file, {"ending": "xlsx"}, name="xlsx"),
    path("tabellen.csv", views.inside_file, {"ending": "csv"}, name="csv"),
    path("veroeffentlichung.xlsx", views.public_file, {"ending": "xlsx"}, name="public_xlsx"),
    path("veroeffentlichung.csv", views.public_file, {"ending": "csv"}, name="public_csv"),
    path("bericht/", views.report, name="report"),
    path("bericht.pdf", views.report_pdf, name="report_pdf"),
    path("bericht.docx", views.report_docx, name="report_docx"),
]
