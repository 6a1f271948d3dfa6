"""What `make run` says before it runs, and that it runs, heals and ends as a whole."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from config.embedded import provide
from config.embedded.launching import free_port
from config.embedded.processes import gone
from config.supervisor import boot, schema
from config.supervisor.child import Place
from config.supervisor.errors import StartError
from tests.config.conftest import ROOT, processes_of


@pytest.mark.parametrize("text", ["0", "65536", "web", "-1", "8000.5", "٨٠٠٠"])
def test_a_port_that_is_none_is_told_with_an_example(text: str) -> None:
    with pytest.raises(StartError, match=r"PORT=8001 make run"):
        boot.port_of({"PORT": text})


@pytest.mark.parametrize(("environ", "port"), [({}, 8000), ({"PORT": ""}, 8000), ({"PORT": " 9000 "}, 9000)])
def test_the_port_is_8000_unless_port_says_otherwise(environ: dict[str, str], port: int) -> None:
    assert boot.port_of(environ) == port


def test_a_port_that_is_taken_is_named_with_the_command_for_another_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartError) as told:
            boot.must_be_free(port)
    assert f"Port {port} is taken by another program" in str(told.value)
    assert f"`PORT={port + 1} make run`" in str(told.value)
    boot.must_be_free(port)


def test_a_disk_too_full_to_begin_is_told_with_what_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    boot.must_have_room(tmp_path)
    monkeypatch.setattr(boot, "ROOM_NEEDED", 2**60)
    with pytest.raises(StartError, match=r"is full .* free some space and start again"):
        boot.must_have_room(tmp_path)


def test_every_program_is_a_module_of_this_python(tmp_path: Path) -> None:
    for program in boot.programs_of(8000, tmp_path):
        assert program.arguments[:2] == (sys.executable, "-m")


def test_a_start_knows_whether_code_or_database_changed_since_the_last(state: Path, tmp_path: Path) -> None:
    for folder in ("config", "claims/migrations", "verification", "requirements"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "requirements/run.lock").write_text("a==1\n")
    (state / "run").mkdir()
    place, environ = Place(tmp_path, state), dict[str, str]()
    with (
        provide(environ, state, durable=False),
        psycopg.connect(environ["DATABASE_OWNER_URL"], autocommit=True) as owner,
    ):
        environ["DATABASE_URL"] = environ["DATABASE_OWNER_URL"]
        schema.note(place, environ)
        assert not schema.is_current(place, environ)  # a database without a schema never is
        owner.execute("CREATE TABLE django_migrations (applied timestamptz)")
        owner.execute("INSERT INTO django_migrations VALUES (clock_timestamp())")
        assert not schema.is_current(place, environ)
        schema.note(place, environ)
        assert schema.is_current(place, environ)
        (tmp_path / "claims/migrations/0002_more.py").write_text("more = 1\n")
        assert not schema.is_current(place, environ)
        schema.note(place, environ)
        assert schema.is_current(place, environ)
        owner.execute("INSERT INTO django_migrations VALUES (clock_timestamp())")
        assert not schema.is_current(place, environ)


def _start(state: Path, port: int) -> "subprocess.Popen[str]":
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))}
    environ |= {"READOUT_STATE": str(state), "PORT": str(port)}
    return subprocess.Popen(
        [sys.executable, "-m", "config.supervisor"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _said_until(process: "subprocess.Popen[str]", holding: str) -> str:
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if holding in line:
            return said
    raise AssertionError(f"{holding!r} was never said: {said}")


@pytest.mark.faults
def test_readout_starts_shows_its_address_survives_a_killed_database_and_ends_whole(state: Path) -> None:
    port = free_port()
    first = _start(state, port)
    try:
        said = _said_until(first, "Readout is at")
        assert said.endswith(f"Readout is at http://127.0.0.1:{port}/ — stop with Ctrl-C\n")
        assert said.count("Log in as ") == 1
        postmaster = int((state / "embedded/postgresql/postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        assert gone(postmaster, within=5)
        _said_until(first, "PostgreSQL had stopped; started again.")
        second = _start(state, port)
        assert "already runs from this folder" in second.communicate()[0]
        assert second.returncode == 1
        first.send_signal(signal.SIGINT)
        assert first.communicate(timeout=30)[0].endswith("Readout has stopped.\n")
        assert first.returncode == 0
        assert processes_of(state) == []
        first = _start(state, port)
        said = _said_until(first, "Readout is at")
        # Nothing changed, so Django is loaded once, for the web: that is what makes a second start quick.
        assert said.count("\n") == 1
        first.kill()
        first.wait()
        environ = os.environ | {"READOUT_STATE": str(state)}
        stopped = subprocess.run(
            [sys.executable, "-m", "config.supervisor", "stop"],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (stopped.returncode, stopped.stderr) == (0, "")
        assert processes_of(state) == []
    finally:
        first.kill()
        first.wait()
