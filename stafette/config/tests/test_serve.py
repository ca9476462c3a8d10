"""`stafette demo` as a real process: it serves, keeps its data, and leaves nothing behind."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stafette.config import postgres_places, serve

STAFETTE = Path(sys.executable).with_name("stafette")
PATIENCE = 90


@pytest.fixture(scope="module")
def folder():
    path = postgres_places.data_folder() / "tests" / f"demo-{os.getpid()}"
    yield path
    for pid in processes_of(path):
        os.kill(pid, signal.SIGKILL)
    subprocess.run(["rm", "-rf", path], check=True)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stafette(folder, *arguments):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "STAFETTE_"))
    }
    return subprocess.Popen(
        [STAFETTE, *map(str, arguments)],
        env=environment | {"STAFETTE_DATA": str(folder)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip


def wait_for_line(process, text):
    seen = []
    for line in process.stdout:
        seen.append(line)
        if text in line:
            return
    pytest.fail("".join(seen) + f"\nended with {process.wait()}")


def processes_of(folder):
    """All that was started with this data folder, by environment or argument; zombies do not count."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def wait_until_gone(folder):
    deadline = time.monotonic() + 30
    while (left := processes_of(folder)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def test_demo_serves_and_leaves_no_process_behind(folder, port):
    demo = stafette(folder, "demo", "--empty", "--port", port)
    wait_for_line(demo, f"http://127.0.0.1:{port}")
    assert (
        len(processes_of(folder)) >= 5
    )  # program, gunicorn and its two workers, PostgreSQL, soon the job worker
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/")
    assert connection.getresponse().status < 500

    for _ in range(2):  # as make and a terminal do it
        os.killpg(demo.pid, signal.SIGINT)

    demo.communicate(timeout=PATIENCE)
    assert demo.returncode == 128 + signal.SIGINT
    assert wait_until_gone(folder) == []


def test_command_beside_a_running_demo_leaves_it_running(folder, port):
    demo = stafette(folder, "demo", "--empty", "--port", port)
    wait_for_line(demo, f"http://127.0.0.1:{port}")

    beside = stafette(folder, "migrate", "--check")
    beside.communicate(timeout=PATIENCE)
    reset = stafette(folder, "demo", "--reset", "--prepare-only")
    refused, _ = reset.communicate(timeout=PATIENCE)
    second = stafette(folder, "demo", "--empty", "--port", port)
    busy, _ = second.communicate(timeout=PATIENCE)

    assert beside.returncode == 0
    assert reset.returncode == 1 and "in use" in refused
    assert second.returncode == 1 and "PORT=8001" in busy
    assert demo.poll() is None
    demo.terminate()
    demo.communicate(timeout=PATIENCE)
    assert demo.returncode == 128 + signal.SIGTERM
    assert wait_until_gone(folder) == []


def test_demo_killed_with_9_takes_its_children_along_and_the_next_command_tidies_up(folder, port):
    demo = stafette(folder, "demo", "--empty", "--port", port)
    wait_for_line(demo, f"http://127.0.0.1:{port}")
    demo.kill()
    demo.communicate(timeout=PATIENCE)

    stafette(folder, "migrate", "--check").communicate(timeout=PATIENCE)

    assert wait_until_gone(folder) == []


def test_command_that_needs_no_database_starts_none(folder):
    process = stafette(folder / "unused", "version")
    version, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0 and version.startswith("5.2")
    assert not (folder / "unused" / "pg-demo").exists()


def test_busy_port_is_noticed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not serve.port_is_free(taken.getsockname()[1])
