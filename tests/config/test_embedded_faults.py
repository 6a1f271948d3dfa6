"""What happens to the embedded servers, and to the folder they live in."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from config.embedded import EmbeddedError, binaries, identity, launching, provide
from config.embedded.errors import told_in_words
from config.embedded.processes import gone
from tests.config.conftest import ROOT, processes_of

pytestmark = pytest.mark.long

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to lend PostgreSQL another number")


def _keep_a_row(environ: dict[str, str]) -> None:
    with psycopg.connect(environ["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note AS SELECT 'kept' AS text")


def _row(environ: dict[str, str]) -> object:
    with psycopg.connect(environ["DATABASE_OWNER_URL"]) as connection:
        return connection.execute("SELECT text FROM note").fetchone()


def _pid(state: Path, name: str) -> int:
    return int((state / "embedded" / name).read_text().split()[0])


def test_a_killed_postmaster_comes_back_at_its_address_with_every_committed_row(state: Path) -> None:
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False) as servers:
        before = dict(environ)
        _keep_a_row(environ)
        assert servers.dead() == []
        os.kill(_pid(state, "postgresql/postmaster.pid"), signal.SIGKILL)
        assert gone(_pid(state, "postgresql/postmaster.pid"), within=5)
        assert servers.dead() == ["PostgreSQL"]
        servers.revive()
        assert servers.dead() == []
        assert environ == before
        assert _row(environ) == ("kept",)


def test_a_killed_valkey_comes_back_at_its_address(state: Path) -> None:
    environ = {"DATABASE_URL": "postgresql://x"}
    with provide(environ, state, durable=False) as servers:
        before = dict(environ)
        os.kill(_pid(state, "valkey/valkey.pid"), signal.SIGKILL)
        assert gone(_pid(state, "valkey/valkey.pid"), within=5)
        assert servers.dead() == ["Valkey"]
        servers.revive()
        assert environ == before
        assert redis.Redis.from_url(environ["REDIS_URL"]).ping()


def test_a_lock_file_whose_number_is_another_programs_by_now_is_no_obstacle(state: Path) -> None:
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        _keep_a_row(environ)
        left = (state / "embedded/postgresql/postmaster.pid").read_text().split("\n", 1)[1]
        broker = (state / "embedded/valkey/valkey.pid").read_text()
    assert broker
    with subprocess.Popen(["sleep", "60"]) as other:
        try:
            (state / "embedded/postgresql/postmaster.pid").write_text(f"{other.pid}\n{left}")
            (state / "embedded/valkey/valkey.pid").write_text(f"{other.pid}\n")
            with provide(environ, state, durable=False):
                assert _row(environ) == ("kept",)
                assert redis.Redis.from_url(environ["REDIS_URL"]).ping()
            assert other.poll() is None
        finally:
            other.kill()


def test_a_port_taken_by_another_program_is_left_for_a_free_one(state: Path) -> None:
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        pass
    ports = json.loads((state / "embedded/servers.json").read_text())["ports"]
    with socket.socket() as one, socket.socket() as two:
        for taken, port in zip((one, two), ports.values(), strict=True):
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(("127.0.0.1", port))
            taken.listen()
        with provide(environ, state, durable=False):
            assert not any(str(port) in address for port in ports.values() for address in environ.values())
            _keep_a_row(environ)
            assert redis.Redis.from_url(environ["REDIS_URL"]).ping()


def test_a_port_taken_between_the_look_and_the_start_is_left_too(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        pass
    ports = json.loads((state / "embedded/servers.json").read_text())["ports"]
    monkeypatch.setattr("config.embedded.servers.is_free", lambda port: True)
    with socket.socket() as one, socket.socket() as two:
        for taken, port in zip((one, two), ports.values(), strict=True):
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(("127.0.0.1", port))
            taken.listen()
        with provide(environ, state, durable=False):
            _keep_a_row(environ)
            assert redis.Redis.from_url(environ["REDIS_URL"]).ping()


def test_a_folder_half_made_by_a_killed_initdb_is_made_anew(state: Path) -> None:
    half = state / "embedded" / "postgresql.new.killed"
    (half / "base").mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        _keep_a_row(environ)
        assert not half.exists()
        assert not (state / "embedded" / "initdb.password").exists()


def test_a_folder_of_another_major_is_named_with_both_versions(state: Path) -> None:
    data = state / "embedded" / "postgresql"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedError, match=r"PostgreSQL 17 .* PostgreSQL 18: back it up"), provide({}, state):
        pass
    assert processes_of(state) == []
    assert (data / "PG_VERSION").read_text() == "17\n"


def test_a_folder_without_a_database_in_it_is_not_overwritten(state: Path) -> None:
    data = state / "embedded" / "postgresql"
    data.mkdir(parents=True)
    (data / "letter.txt").write_text("mine")
    with pytest.raises(EmbeddedError, match="holds no whole database"), provide({}, state):
        pass
    assert (data / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize("left", ["", '{"passwords": {}}'])
def test_lost_passwords_are_made_anew_and_the_rows_stay(state: Path, left: str) -> None:
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        before = environ["DATABASE_URL"]
        _keep_a_row(environ)
    (state / "embedded/servers.json").write_text(left)
    with provide(environ, state, durable=False):
        assert environ["DATABASE_URL"] != before
        assert _row(environ) == ("kept",)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(before)


def test_the_servers_own_words_are_told_when_they_do_not_start(state: Path) -> None:
    with provide({}, state, durable=False):
        pass
    settings = state / "embedded/postgresql/postgresql.conf"
    settings.write_text(settings.read_text() + "\nwork_mem = 'much'\n")
    with pytest.raises(EmbeddedError) as told, provide({}, state, durable=False):
        pass
    assert "did not start: FATAL:  configuration file" in str(told.value)
    assert str(state / "embedded/postgresql.log") in str(told.value)
    assert processes_of(state) == []


def test_a_platform_without_wheels_is_told_which_variable_to_set(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "find_spec", lambda name: None)
    with pytest.raises(EmbeddedError, match="set DATABASE_URL to a PostgreSQL"), provide({}, state):
        pass
    with pytest.raises(EmbeddedError, match="set REDIS_URL to"), provide({"DATABASE_URL": "postgresql://x"}, state):
        pass


def test_a_folder_that_cannot_be_made_is_named(state: Path) -> None:
    (state / "file").write_text("")
    told = pytest.raises(EmbeddedError, match=r"file/embedded cannot be used \(Not a directory\)")
    with told, provide({}, state / "file"):
        pass


def test_a_folder_of_somebody_else_is_named_with_its_owner() -> None:
    told = pytest.raises(EmbeddedError, match=r"start Readout as the account that owns it \(root\)")
    with told, told_in_words(Path("/x")):
        raise PermissionError(13, "Permission denied", "/proc/1/mem")


@needs_root
def test_a_full_disk_is_told_in_one_sentence(state: Path) -> None:
    """Tries a disk of 24 MB, on which initdb finds no room, in a mount namespace of its own."""
    script = (
        'mount -t tmpfs -o size=24m none "$1" && exec "$2" -c \'import sys\n'
        "from pathlib import Path\n"
        "from config.embedded import EmbeddedError, provide\n"
        "try:\n"
        '    with provide({}, Path(sys.argv[1])): print("started")\n'
        'except EmbeddedError as error: print(error)\' "$1"'
    )
    arguments = ["unshare", "--mount", "sh", "-c", script, "sh", str(state), sys.executable]
    if not shutil.which("unshare") or subprocess.run(["unshare", "--mount", "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == f"The disk that holds {state}/embedded is full: free some space and start again.\n", (
        done.stderr
    )


@needs_root
def test_where_namespaces_are_refused_root_lends_postgresql_the_account_nobody(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if identity.Identity(account="nobody").run(["test", "-x", str(binaries.postgresql() / "postgres")]).returncode:
        pytest.skip("nobody may not enter the folder of this virtual environment")
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        _keep_a_row(environ)
    monkeypatch.setattr(identity, "UNSHARE", ("--no-such-option",))
    with provide(environ, state, durable=False):
        assert _row(environ) == ("kept",)
        assert redis.Redis.from_url(environ["REDIS_URL"]).ping()
        assert Path(f"/proc/{_pid(state, 'postgresql/postmaster.pid')}").owner() == "nobody"
        assert Path(f"/proc/{_pid(state, 'valkey/valkey.pid')}").owner() == "nobody"
    monkeypatch.undo()
    with provide(environ, state, durable=False):
        assert _row(environ) == ("kept",)


@needs_root
def test_where_nobody_may_not_enter_the_folder_that_is_told(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "UNSHARE", ("--no-such-option",))
    (state / "closed").mkdir(mode=0o700)
    told = pytest.raises(EmbeddedError, match="start Readout as an ordinary user, or from a folder that every user may")
    with told, provide({}, state / "closed" / "var"):
        pass


def test_a_stop_that_is_not_obeyed_ends_in_a_kill() -> None:
    deaf = subprocess.Popen(
        [sys.executable, "-c", "import signal\nsignal.signal(15, 1)\nprint(flush=True)\nsignal.pause()"],
        stdout=subprocess.PIPE,
    )
    assert deaf.stdout
    deaf.stdout.readline()
    launching.stop(deaf.pid, (signal.SIGTERM, 0.2))
    assert deaf.wait(5) == -signal.SIGKILL
