"""No server holds the worker: each link has a time for everything together, and so has the night."""

import itertools
import socket
import threading

import pytest

from stafette.kernel.clock import today
from stafette.upkeep import checking, fetching
from stafette.upkeep.checking import check_links
from stafette.upkeep.fetching import OK, check
from stafette.upkeep.models import WebCheck
from stafette.upkeep.queries.checked import addresses_to_check
from stafette.upkeep.tests.scenes import provider

ENDLESS = {
    "wait": b"HTTP/1.1 100 Continue\r\n\r\n",
    "bytes": b"x",
    "nothing": b"",
}


class Server:
    """Answers each request with a beginning, and then with the same piece until the other side is gone."""

    def __init__(self, begin, piece):
        self.begin, self.piece = begin, piece
        self.gone = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        with self.listening:
            while True:
                connection, _address = self.listening.accept()
                with connection:
                    if not connection.recv(65536):
                        return
                    self.answer(connection)

    def answer(self, connection):
        try:
            connection.sendall(self.begin)
            while self.piece:
                connection.sendall(self.piece)
            connection.recv(1)  # says nothing more; returns when the other side has gone
        except OSError:
            pass
        self.gone.set()

    def close(self):
        with socket.create_connection(("127.0.0.1", self.port)):
            pass
        self.thread.join(10)


@pytest.fixture
def serve(monkeypatch):
    made = []

    def make(begin, piece):
        made.append(Server(begin, piece))
        port = made[-1].port
        monkeypatch.setattr(fetching, "public_address", lambda host, number: "127.0.0.1")
        monkeypatch.setattr(fetching, "is_open_port", lambda scheme, number: number == port)
        return made[-1]

    yield make
    for server in made:
        server.close()
        assert not server.thread.is_alive()


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (b"", "wait"),
        (b"HTTP/1.1 200 OK\r\n", "nothing"),
        (b"", "nothing"),
    ],
    ids=["wait for ever", "a head without end", "not a word"],
)
def test_a_server_that_never_ends_its_answer_is_left(serve, begin, piece):
    server = serve(begin, ENDLESS[piece])
    assert check(f"http://traeger.example:{server.port}/", seconds=1) == "timeout"
    assert server.gone.wait(10), "the connection is closed"


def test_bytes_that_come_one_by_one_do_not_win_more_time(serve, monkeypatch):
    server = serve(b"HTTP/1.1 200 OK\r\nX: ", ENDLESS["bytes"])
    clock = itertools.count(step=6)  # each look at the clock is six seconds later
    monkeypatch.setattr(fetching, "monotonic", lambda: next(clock))
    more = fetching.TimedBytes.readinto
    monkeypatch.setattr(
        fetching.TimedBytes, "readinto", lambda raw, buffer: more(raw, memoryview(buffer)[:1])
    )
    assert check(f"http://traeger.example:{server.port}/") == "timeout"
    assert next(clock) < 60, "after some bytes, not after all that a line may have"


def test_hops_share_the_time_of_their_link(serve, monkeypatch):
    clock = itertools.count(step=4)
    monkeypatch.setattr(fetching, "monotonic", lambda: next(clock))
    server = serve(b"HTTP/1.1 302 Found\r\nLocation: /weiter\r\nContent-Length: 0\r\n\r\n", b"")
    assert check(f"http://traeger.example:{server.port}/") == "timeout", "not loop: the time was over before"


def test_an_answer_in_time_is_an_answer(serve):
    server = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b"")
    assert check(f"http://traeger.example:{server.port}/") == OK


def test_a_night_has_an_end_and_the_next_begins_with_the_rest(db, monkeypatch):
    urls = [f"https://{name}.example/" for name in "abc"]
    for number, url in enumerate(urls):
        provider(f"Träger {number}", website=url, email=f"{number}@traeger.example", services=1)
    hour = itertools.count(step=checking.MOST_SECONDS / 3)
    monkeypatch.setattr(checking, "monotonic", lambda: next(hour))
    monkeypatch.setattr(checking.fetching, "check", lambda url: OK)
    assert check_links(today())["links"] == 2
    assert set(WebCheck.objects.values_list("url", flat=True)) == set(urls[:2])
    assert addresses_to_check(1) == urls[2:]
