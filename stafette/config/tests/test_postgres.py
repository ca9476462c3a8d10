"""The private PostgreSQL: one server however many start it, alive after a crash, gone with its last user."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from stafette.config import postgres, postgres_places
from stafette.config.postgres import APP, OWNER, Server
from stafette.config.postgres_places import PostgresError

START = """
import sys
from pathlib import Path
from stafette.config.postgres import Server
server = Server("test", Path(sys.argv[1])).start()
print((server.data / "postmaster.pid").read_text().split()[0], flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture
def folder(tmp_path_factory):
    """A new data folder that PostgreSQL's account can reach (pytest's own is closed to it, for root)."""
    path = postgres_places.data_folder() / "tests" / tmp_path_factory.mktemp("pg").name
    path = path.with_name(f"{path.name}-{os.getpid()}-{time.monotonic_ns()}")
    yield path
    for server in path.glob("pg-*/data/postmaster.pid"):
        os.kill(int(server.read_text().split()[0]), signal.SIGQUIT)
    subprocess.run(["rm", "-rf", path], check=True)


def launch(folder):
    return subprocess.Popen(
        [sys.executable, "-c", START, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=postgres_places.CHECKOUT,
    )  # fmt: skip


def postmaster(server):
    return int((server.data / "postmaster.pid").read_text().split()[0])


def is_alive(pid):
    """A zombie that nobody has collected yet runs no more."""
    try:
        return postgres.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_parallel_starts_on_a_new_folder_share_one_server_that_ends_with_the_last(folder):
    users = [launch(folder) for _ in range(4)]
    pids = {user.stdout.readline().strip() for user in users}

    assert len(pids) == 1 and pids != {""}, [user.stderr.read() for user in users if user.poll()]
    pid = int(pids.pop())
    for user in users[:-1]:
        user.communicate("")
    assert is_alive(pid)
    users[-1].communicate("")
    assert not is_alive(pid)


def test_server_comes_back_after_kill_9_of_the_postmaster_and_has_lost_nothing(folder):
    server = Server("demo", folder).start()
    with psycopg.connect(server.url(OWNER)) as connection:
        connection.execute("create table kept (a int)")
        connection.execute("insert into kept values (7)")
    os.kill(postmaster(server), signal.SIGKILL)

    again = Server("demo", folder).start()

    with psycopg.connect(again.url(OWNER)) as connection:
        assert connection.execute("select a from kept").fetchone() == (7,)
    again.stop()
    assert server.stop()
    assert not server.running()


def test_user_killed_with_9_does_not_keep_the_server_alive_for_ever(folder):
    crashed = launch(folder)
    pid = int(crashed.stdout.readline())
    crashed.kill()
    crashed.wait()

    server = Server("test", folder).start()

    assert postmaster(server) == pid
    assert server.stop()
    assert not is_alive(pid)


def test_roles_and_database_are_those_of_the_architecture(folder):
    server = Server("test", folder).start()
    with psycopg.connect(server.url()) as connection:
        role = connection.execute(
            "select rolsuper, rolbypassrls from pg_roles where rolname = current_user"
        ).fetchone()
        assert role == (False, False)
        owner = connection.execute(
            "select pg_get_userbyid(datdba) from pg_database where datname = current_database()"
        ).fetchone()
        assert owner == (OWNER,)
        assert connection.execute("show fsync").fetchone() == ("off",)
    with psycopg.connect(server.url(OWNER)) as connection:
        connection.execute(f"set role {APP}")
    server.stop()


def test_demo_cluster_is_durable_and_apart_from_the_tests(folder):
    server = Server("demo", folder).start()
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)
    assert server.data != Server("test", folder).data
    server.stop()


def test_cluster_in_use_is_not_removed_and_a_free_one_is(folder):
    server = Server("test", folder).start()
    with pytest.raises(PostgresError, match="in use"):
        Server("test", folder).remove()
    server.stop()

    server.remove()

    assert not server.data.exists()


def test_folders_are_closed_to_others_and_parents_stay_as_they_were(folder):
    folder.parent.mkdir(exist_ok=True)
    before = folder.parent.stat().st_mode
    server = Server("test", folder).start()

    assert folder.parent.stat().st_mode == before
    assert server.sockets.stat().st_mode & 0o077 == 0
    assert server.data.stat().st_mode & 0o077 == 0
    server.stop()


def test_deep_checkout_gets_a_short_socket_path_that_is_removed_at_the_end(folder):
    deep = folder / ("tief" * 20)
    server = Server("test", deep).start()

    assert not server.sockets.is_relative_to(deep)
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    server.stop()
    assert not server.sockets.exists()


def test_socket_folder_of_somebody_else_is_refused(tmp_path):
    trap = tmp_path / "trap"
    (tmp_path / "elsewhere").mkdir()
    trap.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(PostgresError, match="belongs to someone else"):
        postgres_places.private_folder(trap, None)


def test_cluster_of_another_major_version_says_what_to_do(tmp_path):
    (tmp_path / "PG_VERSION").write_text("12\n")

    with pytest.raises(PostgresError, match="demo-reset"):
        postgres_places.refuse_other_version(tmp_path)


def test_stafette_data_names_another_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("STAFETTE_DATA", str(tmp_path / "x"))

    assert postgres_places.data_folder() == (tmp_path / "x").resolve()


def test_without_the_wheel_the_message_names_database_url(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres_places.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(PostgresError, match="DATABASE_URL"):
        postgres_places.binaries(tmp_path, None)


def test_unreachable_binaries_are_copied_once(monkeypatch, folder):
    folder.mkdir(parents=True)
    monkeypatch.setattr(postgres_places, "_reachable", lambda path, account: False)

    first = postgres_places.binaries(folder, None)
    second = postgres_places.binaries(folder, None)

    assert first == second and first.is_relative_to(folder)
    assert subprocess.run([first / "postgres", "--version"], check=True).returncode == 0


def test_closed_checkout_of_root_keeps_its_data_elsewhere(monkeypatch):
    monkeypatch.delenv("STAFETTE_DATA", raising=False)
    monkeypatch.setattr(postgres_places, "_reachable", lambda path, account: False)

    assert str(postgres_places.data_folder()).startswith("/var/lib/stafette/")


def test_url_quotes_the_folder():
    assert postgres._url(postgres.Path("/a b/s"), APP, "x").endswith("@/x?host=%2Fa%20b%2Fs&port=5432")
