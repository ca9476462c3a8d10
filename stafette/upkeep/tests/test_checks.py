"""Web addresses and numbers are looked at, with care: nothing inside the house, and no alarm for one bad night."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from stafette.accounts.queries import home_unit, watch_actor
from stafette.audit.models import Event
from stafette.directory.models import Signal
from stafette.kernel.clock import today
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.upkeep import checking, fetching
from stafette.upkeep.checking import check_links, check_numbers, run_checks
from stafette.upkeep.commands import keep_number_check, keep_web_check
from stafette.upkeep.fetching import OK, Unreachable, check, is_public, public_address
from stafette.upkeep.models import WebCheck
from stafette.upkeep.numbers import is_dialable
from stafette.upkeep.queries.checked import addresses_to_check
from stafette.upkeep.tests.scenes import provider

ANSWERS = {
    "/gut": (200, {}),
    "/weg": (404, {}),
    "/kaputt": (500, {}),
    "/verboten": (403, {}),
    "/umzug": (301, {"Location": "/gut"}),
    "/kreis": (302, {"Location": "/kreis"}),
    "/hinein": (302, {"Location": "http://localhost/admin"}),
    "/datei": (302, {"Location": "file:///etc/passwd"}),
}


class Handler(BaseHTTPRequestHandler):
    """A provider's site; /nur-get answers GET only."""

    asked: list[str] = []

    def do_HEAD(self):
        self.asked.append(f"{self.command} {self.path}")
        status, headers = ANSWERS.get(self.path, (405, {}))
        if self.path == "/nur-get" and self.command == "GET":
            status = 200
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        pass


@pytest.fixture
def site(monkeypatch):
    """A site on this machine, which for the test counts as one of the public internet: only by this name and port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    port, real = server.server_port, public_address

    def known(host, number):
        return "127.0.0.1" if host == "traeger.example" else real(host, number)

    monkeypatch.setattr(fetching, "public_address", known)
    monkeypatch.setattr(fetching, "is_open_port", lambda scheme, number: number in (port, 80, 443))
    Handler.asked.clear()
    yield f"http://traeger.example:{port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/gut", OK),
        ("/umzug", OK),
        ("/verboten", OK),
        ("/nur-get", OK),
        ("/weg", "404"),
        ("/kaputt", "500"),
        ("/kreis", "loop"),
        ("/hinein", "private"),
        ("/datei", "scheme"),
    ],
)
def test_a_page_is_there_or_it_is_said_why_not(site, path, code):
    assert check(site + path) == code


def test_head_comes_first_and_get_only_where_it_must(site):
    check(f"{site}/gut")
    check(f"{site}/nur-get")
    assert Handler.asked == ["HEAD /gut", "HEAD /nur-get", "GET /nur-get"]


def test_a_server_that_is_not_there_is_no_error_of_ours(site):
    assert check(site.rsplit(":", 1)[0] + ":80/") == "refused"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.0.1/",
        "http://172.16.5.5/", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/", "http://100.64.0.1/",
        "http://[fd00::1]/", "http://[fe80::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://224.0.0.1/",
    ],
)  # fmt: skip
def test_nothing_inside_the_house_is_asked(url):
    assert check(url) == "private"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://traeger.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("http://traeger.example:22/", "scheme"),
        ("https://traeger.example:80/", "scheme"),
        ("https:///ohne-namen", "scheme"),
        ("http://" + "a" * 80 + ".example/", "dns"),
    ],
)
def test_only_pages_of_the_web_are_asked(url, code):
    assert check(url) == code


def test_a_name_with_one_address_inside_is_refused_whole(monkeypatch):
    both = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *args, **facts: both)
    with pytest.raises(Unreachable, match="private"):
        public_address("traeger.example", 80)


def test_public_addresses_are_public():
    assert is_public("93.184.215.14") and is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    assert not is_public("::ffff:10.0.0.1") and not is_public("2002:7f00:1::")
    assert not is_public("64:ff9b::10.0.0.1") and is_public("64:ff9b::93.184.215.14")


def keep(url, code, days):
    with as_owner():
        day = today() + timedelta(days=days)
    return keep_web_check(actor=watch_actor(), url=url, code=code, day=day)


def open_notes(kind):
    with as_owner():
        return list(Signal.objects.filter(kind=kind, settled_on=None).values_list("note", flat=True))


@pytest.fixture
def url(db):
    organization = provider(services=1, website="https://traeger.example/")
    return organization.website


def test_three_failures_on_different_days_are_a_hint(url):
    keep(url, "404", 0)
    keep(url, "404", 0)
    keep(url, "404", 0)
    assert WebCheck.objects.get().failures == 1 and open_notes("link") == []
    keep(url, "timeout", 1)
    assert open_notes("link") == []
    keep(url, "404", 2)
    keep(url, "404", 3)
    assert open_notes("link") == ["https://traeger.example/ (404)"]


def test_a_page_that_is_back_settles_its_hint(url):
    for days in range(3):
        keep(url, "404", days)
    found = keep(url, OK, 3)
    assert open_notes("link") == [] and (found.failures, found.code) == (0, "")
    assert found.good_on == today() + timedelta(days=3)
    with as_owner():
        kinds = list(
            Event.objects.filter(kind__startswith="signal").order_by("pk").values_list("kind", flat=True)
        )
    assert kinds == ["signal.noted", "signal.settled"]


def test_the_page_of_the_service_goes_before_that_of_the_provider(url):
    with as_owner():
        from stafette.directory.models import Service

        Service.objects.update(website="https://angebot.example/")
    assert addresses_to_check(10) == ["https://angebot.example/"]


def test_what_waited_longest_is_asked_first(url):
    provider("Zweiter", website="https://b.example/", email="b@b.example")
    keep("https://b.example/", OK, 0)
    assert addresses_to_check(1) == [url]
    keep(url, OK, 1)
    assert addresses_to_check(1) == ["https://b.example/"]


def test_links_are_left_alone_unless_the_town_switches_it_on(url, settings, monkeypatch):
    asked = []
    monkeypatch.setattr(checking.fetching, "check", lambda one: asked.append(one) or OK)
    assert settings.STAFETTE_CHECK_LINKS is False
    run_checks()
    assert asked == []
    settings.STAFETTE_CHECK_LINKS = True
    assert run_checks() == {"services": 1, "wrong": 0, "links": 1, "unreachable": 0}
    assert asked == [url]


def test_no_transaction_is_open_while_an_answer_is_awaited(url, site, settings):
    with as_owner():
        from stafette.directory.models import Organization

        Organization.objects.update(website=f"{site}/weg")
    assert check_links(today()) == {"links": 1, "unreachable": 1}
    assert WebCheck.objects.get().code == "404"


@pytest.mark.parametrize(
    "number", ["030 23125 001", "+49 30 23125 001", "0341 123-0", "115", "0800 1110111", "+48 22 123 45 67"]
)
def test_numbers_that_can_be_dialled(number):
    assert is_dialable(number)


@pytest.mark.parametrize("number", ["12", "", "keine", "0341", "+49 1", "99999999999999999999"])
def test_numbers_that_cannot(number):
    assert not is_dialable(number)


def test_a_wrong_number_is_one_hint_until_it_is_put_right(db):
    organization = provider(services=1)
    with as_owner():
        phone = organization.services.get().phones.create(number="0341 1")
        organization.phones.create(number="030 23125 002")
    assert check_numbers(today()) == {"services": 1, "wrong": 1}
    check_numbers(today())
    assert open_notes("phone") == ["0341 1"]
    with as_owner():
        phone.number = "030 23125 001"
        phone.save()
    check_numbers(today())
    assert open_notes("phone") == []


def test_only_the_program_keeps_what_checks_found(url, actor_with):
    editor = actor_with(Permission.DIRECTORY_EDIT, unit=home_unit())
    service_id = provider("Zweiter", services=1).services.get().pk
    with pytest.raises(NotAllowed):
        keep_web_check(actor=editor, url=url, code="404", day=today())
    with pytest.raises(NotAllowed):
        keep_number_check(actor=editor, service_id=service_id, numbers="1", day=today())
