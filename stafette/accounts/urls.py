"""Addresses of units, staff and accounts."""

from django.urls import path

from stafette.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.units, name="units"),
    path("rollen/", views.roles, name="roles"),
    path("berechtigungen/", views.permissions, name="permissions"),
    path("stelle/<slug:code>/", views.unit, name="unit"),
    path("stelle/<slug:code>/team/", views.staff, name="staff"),
    path("stelle/<slug:code>/team/neu/", views.add_membership, name="add_membership"),
    path("stelle/<slug:code>/uebertragen/", views.hand_over, name="hand_over"),
    path("uebertragung/<uuid:pk>/", views.handed_over, name="handed_over"),
    path("mitgliedschaft/<uuid:pk>/beenden/", views.end_membership, name="end_membership"),
    path("abwesenheit/<uuid:pk>/aufheben/", views.cancel_absence, name="cancel_absence"),
    path("konten/", views.accounts, name="accounts"),
    path("konten/neu/", views.create_account, name="create_account"),
    path("konto/<uuid:pk>/", views.account, name="account"),
    path("konto/<uuid:pk>/einladen/", views.invite, name="invite"),
    path("konto/<uuid:pk>/sperren/", views.lock, name="lock"),
    path("konto/<uuid:pk>/entsperren/", views.unlock, name="unlock"),
    path("konto/<uuid:pk>/zweiter-faktor/", views.reset_factor, name="reset_factor"),
    path("konto/<uuid:pk>/abwesenheit/", views.absence, name="absence"),
    path("konto/<uuid:pk>/abschied/", views.leave, name="leave"),
    path("ich/", views.profile, name="profile"),
    path("ich/stelle/", views.choose_unit, name="choose_unit"),
    path("ich/sprache/", views.choose_language, name="choose_language"),
]
