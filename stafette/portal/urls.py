"""Addresses of this room: the language first, so that a link says in which one it leads on."""

from django.urls import path, register_converter

from stafette.portal import views
from stafette.portal.languages import LanguageConverter

register_converter(LanguageConverter, "portal_language")

app_name = "portal"
urlpatterns = [
    path("", views.start, name="start"),
    path("hinweise/<uuid:pk>/erledigt/", views.settle, name="settle"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("<portal_language:language>/", views.home, name="home"),
    path("<portal_language:language>/sitemap.xml", views.pages, name="pages"),
    path("<portal_language:language>/themen/", views.topics, name="topics"),
    path("<portal_language:language>/themen/<slug:code>/", views.topic, name="topic"),
    path("<portal_language:language>/suche/", views.search, name="search"),
    path("<portal_language:language>/angebot/<slug:code>/", views.service, name="service"),
    path("<portal_language:language>/angebot/<slug:code>/karte.pdf", views.card, name="card"),
    path("<portal_language:language>/angebot/<slug:code>/skizze.svg", views.sketch, name="sketch"),
    path("<portal_language:language>/was-brauche-ich/", views.needs, name="needs"),
    path("<portal_language:language>/blaetter/", views.sheets, name="sheets"),
    path("<portal_language:language>/blaetter/<slug:code>/", views.sheet, name="sheet"),
    path("<portal_language:language>/blaetter/<slug:code>/blatt.pdf", views.sheet_pdf, name="sheet_pdf"),
    path("<portal_language:language>/mappe/", views.folder, name="folder"),
    path("<portal_language:language>/mappe/mappe.pdf", views.folder_pdf, name="folder_pdf"),
    path("<portal_language:language>/notruf/", views.emergency, name="emergency"),
    path("<portal_language:language>/zettel/", views.note, name="note"),
    path("<portal_language:language>/rueckmeldung/", views.feedback, name="feedback"),
    path("<portal_language:language>/hilfe/", views.instructions, name="help"),
    path("<portal_language:language>/barrierefreiheit/", views.accessibility, name="accessibility"),
    path("<portal_language:language>/datenschutz/", views.privacy, name="privacy"),
    path("<portal_language:language>/impressum/", views.imprint, name="imprint"),
]
