"""Which room answers under which address. Paths in German, names in English."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

ROOMS = [
    ("", "web"),
    ("", "people"),
    ("zuzuege/", "arrivals"),
    ("gespraeche/", "intake"),
    ("uebergaben/", "referrals"),
    ("schutz/", "protection"),
    ("gebaeude/", "properties"),
    ("angebote/", "directory"),
    ("stellen/", "accounts"),
    ("steuerung/", "steering"),
    ("blaupause/", "blueprints"),
    ("protokoll/", "oversight"),
    ("partner/", "partners"),
    ("post/", "outbox"),
    ("vermerke/", "casework"),
    ("rechte/", "rights"),
    ("mitteilungen/", "notices"),
    ("loeschen/", "retention"),
    ("unterlagen/", "reports"),
    ("blaetter/", "materials"),
    ("pflege/", "upkeep"),
    ("wegweiser/", "portal"),
    ("auswertung/", "evaluation"),
    ("demo/", "demo"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(f"stafette.{room}.urls"))
    for prefix, room in ROOMS
    if find_spec(f"stafette.{room}.urls")
]
urlpatterns.append(path("schnittstelle/", include("stafette.portal.api_urls")))
urlpatterns.append(path("konto/", include("allauth.urls")))

handler400 = "stafette.web.errors.bad_request"
handler403 = "stafette.web.errors.forbidden"
handler404 = "stafette.web.errors.not_found"
handler500 = "stafette.web.errors.server_error"
