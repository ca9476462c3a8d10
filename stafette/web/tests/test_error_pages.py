import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from stafette.web import errors


def asked_by_htmx():
    request = RequestFactory().get("/x/", headers={"HX-Request": "true"})
    request.htmx = HtmxDetails(request)
    return request


@pytest.mark.parametrize("code", [400, 403, 404, 409, 422, 429])
@pytest.mark.django_db
def test_error_page_is_german_and_says_what_to_do(code):
    request = RequestFactory().get("/x/")
    printed = render_to_string(f"{code}.html", {}, request=request)
    assert '<html lang="de' in printed
    assert printed.count("<h1") == 1
    assert "Zur Startseite" in printed


@pytest.mark.parametrize("code", [500, 503])
def test_worst_error_pages_need_no_context(code):
    printed = render_to_string(f"{code}.html")
    assert "Zur Startseite" in printed
    assert "{{" not in printed


def test_broken_rule_shows_its_own_message():
    printed = render_to_string(
        "409.html", {"message": "Schon angenommen <b>"}, request=RequestFactory().get("/")
    )
    assert "Schon angenommen &lt;b&gt;" in printed


@pytest.mark.parametrize(
    ("answer", "status"),
    [(lambda r: errors.not_found(r, Exception()), 404), (lambda r: errors.forbidden(r, Exception()), 403),
     (errors.server_error, 500), (errors.csrf_failed, 403), (lambda r: errors.bad_request(r, Exception()), 400)],
)  # fmt: skip
def test_htmx_gets_a_message_in_place_and_keeps_the_page(answer, status):
    response = answer(asked_by_htmx())
    assert response.status_code == status
    assert response["HX-Retarget"] == "#messages"
    assert b"<html" not in response.content
    assert b'role="alert"' in response.content
