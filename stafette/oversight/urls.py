"""Addresses of the officer's desk."""

from django.urls import path

from stafette.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.log.events, name="events"),
    path("betrieb/", views.log.status, name="status"),
    path("pult/", views.desk.desk, name="desk"),
    path("pult/felder/", views.desk.fields, name="fields"),
    path("pult/konten/", views.desk.accounts, name="idle"),
    path("lesezugriffe/", views.readings.index, name="readings"),
    path("lesezugriffe/auffaelliges/", views.readings.patterns, name="patterns"),
    path("stichprobe/", views.samples.index, name="samples"),
    path("stichprobe/ziehen/", views.samples.draw, name="draw"),
    path("stichprobe/<uuid:pk>/", views.samples.detail, name="sample"),
    path("warum/<uuid:pk>/", views.why.why, name="why"),
    path("panne/melden/", views.breaches.report, name="report"),
    path("pannen/", views.breaches.index, name="breaches"),
    path("pannen/<uuid:pk>/", views.breaches.detail, name="breach"),
    path("pannen/<uuid:pk>/bewerten/", views.breaches.assess, name="assess"),
    path("pannen/<uuid:pk>/melden/", views.breaches.step, {"name": "notify"}, name="notify"),
    path("pannen/<uuid:pk>/nicht-melden/", views.breaches.step, {"name": "leave"}, name="leave"),
    path(
        "pannen/<uuid:pk>/betroffene-benachrichtigen/",
        views.breaches.step,
        {"name": "telling"},
        name="telling",
    ),
    path("pannen/<uuid:pk>/abschliessen/", views.breaches.close, name="close"),
    path("pannen/<uuid:pk>/meldung.pdf", views.breaches.notification, name="notification"),
    path("pannen/<uuid:pk>/brief-<slug:language>.pdf", views.breaches.letter, name="letter"),
    path("pannen/<uuid:pk>/betroffene/", views.shares.find, name="find"),
    path("panne/liste/<uuid:pk>/", views.shares.share, name="share"),
    path("panne/liste/haushalt/<uuid:pk>/", views.shares.tell, name="tell"),
]
