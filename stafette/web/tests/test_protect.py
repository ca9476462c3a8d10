import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from stafette.web.protect import ProtectMiddleware


@pytest.mark.parametrize("path", ["/konto/login/", "/", "/gibt-es-nicht/"])
def test_every_answer_of_the_program_forbids_keeping_and_embedding(client, db, path):
    headers = client.get(path).headers

    assert "no-store" in headers["Cache-Control"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_what_a_view_says_about_keeping_stands():
    def view(request):
        return HttpResponse(headers={"Cache-Control": "private, max-age=60"})

    response = ProtectMiddleware(view)(RequestFactory().get("/"))
    assert response["Cache-Control"] == "private, max-age=60"


def test_a_body_beyond_any_upload_is_refused_before_it_is_read(settings):
    settings.UPLOAD_MAX_BYTES = 1024
    request = RequestFactory().post("/", b"", content_type="application/octet-stream")
    request.META["CONTENT_LENGTH"] = str(6 * 1024 * 1024)

    def view(request):
        raise AssertionError("read")

    assert ProtectMiddleware(view)(request).status_code == 413


@pytest.mark.parametrize("length", ["", "12", "kaputt", "-1"])
def test_other_lengths_pass(length):
    request = RequestFactory().post("/")
    request.META["CONTENT_LENGTH"] = length
    assert ProtectMiddleware(lambda request: HttpResponse())(request).status_code == 200
