"""Addresses of the directory."""

from django.urls import path

from stafette.directory import views
from stafette.directory.views import editing, entries, exchange, history, lists, search, steps, tables

app_name = "directory"
SERVICE, PROVIDER, PLACE = {"kind": "service"}, {"kind": "organization"}, {"kind": "location"}

urlpatterns = [
    path("", views.index, name="services"),
    path("suche/", search.search, name="search"),
    path("neu/", editing.add_service, name="add_service"),
    path("zeiten/", steps.hours, name="hours"),
    path("traeger/", lists.organizations, name="organizations"),
    path("traeger/neu/", editing.add_organization, name="add_organization"),
    path("traeger/<slug:code>/", entries.organization, name="organization"),
    path("traeger/<slug:code>/bearbeiten/", editing.change_organization, name="change_organization"),
    path("traeger/<slug:code>/verlauf/", history.history, PROVIDER, name="history_organization"),
    path("traeger/<slug:code>/verlauf/<int:number>/", history.restore, PROVIDER, name="restore_organization"),
    path("orte/", lists.locations, name="locations"),
    path("orte/neu/", editing.add_location, name="add_location"),
    path("orte/<slug:code>/", entries.location, name="location"),
    path("orte/<slug:code>/bearbeiten/", editing.change_location, name="change_location"),
    path("orte/<slug:code>/verlauf/", history.history, PLACE, name="history_location"),
    path("orte/<slug:code>/verlauf/<int:number>/", history.restore, PLACE, name="restore_location"),
    path("vorschlaege/", history.proposals, name="proposals"),
    path("vorschlaege/<uuid:pk>/uebernehmen/", history.take, name="take_proposal"),
    path("vorschlaege/<uuid:pk>/ablehnen/", history.refuse, name="refuse_proposal"),
    path("tabelle/", tables.tables, name="tables"),
    path("tabelle/angebote.csv", tables.export, {"ending": "csv"}, name="csv"),
    path("tabelle/angebote.xlsx", tables.export, {"ending": "xlsx"}, name="xlsx"),
    path("tabelle/<uuid:pk>/", tables.table, name="table"),
    path("tabelle/<uuid:pk>/uebernehmen/", tables.take, name="take_table"),
    path("tabelle/<uuid:pk>/verwerfen/", tables.drop, name="drop_table"),
    path("austausch/", exchange.exchange, name="exchange"),
    path("austausch/uebernehmen/", exchange.exchange_take, name="exchange_take"),
    path("austausch/<slug:form>/", exchange.exchange_file, name="exchange_file"),
    path("<slug:code>/", entries.service, name="service"),
    path("<slug:code>/bearbeiten/", editing.change_service, name="change_service"),
    path("<slug:code>/bestaetigen/", steps.confirm, name="confirm"),
    path("<slug:code>/aufnahme/", steps.room, name="room"),
    path("<slug:code>/stand/", steps.status, name="status"),
    path("<slug:code>/sprachen/<slug:language>/", steps.text, name="text"),
    path("<slug:code>/verlauf/", history.history, SERVICE, name="history_service"),
    path("<slug:code>/verlauf/<int:number>/", history.restore, SERVICE, name="restore_service"),
]
