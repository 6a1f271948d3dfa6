"""What `make run` says before it runs, and that it runs, heals and ends as a whole."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from config.embedded import provide
from config.embedded.launching import free_port, is_free
from config.embedded.processes import gone
from config.env import Reader
from config.sample.addresses import hosts
from config.sample.marker import Marker, read_marker, write_marker
from config.supervisor import boot, schema
from config.supervisor.child import Place
from config.supervisor.errors import StartError
from config.supervisor.terminal import Wish
from tests.config.conftest import ROOT, processes_of
from verification.models.review import State


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


def test_a_folder_without_a_sample_runs_no_site_and_admits_nobody(tmp_path: Path) -> None:
    environ: dict[str, str] = {}
    assert boot.site_of_sample(tmp_path, environ) == []
    assert environ == {}


def test_the_samples_site_runs_on_its_port_and_every_program_may_fetch_from_it(tmp_path: Path) -> None:
    port = free_port()
    environ = {"FETCH_PRIVATE_TARGETS": "intranet.example=10.0.0.5:443"}
    write_marker(tmp_path, Marker(port))
    (site,) = boot.site_of_sample(tmp_path, environ)
    assert site.arguments == (sys.executable, "-m", "config.sample.server", str(port))
    reader = Reader(environ)
    admitted = {target.host for target in reader.private_targets("FETCH_PRIVATE_TARGETS")}
    assert admitted == {"intranet.example", *hosts()}
    assert reader.problems == []


def test_a_site_whose_port_is_taken_stays_away_and_nobody_may_fetch_from_who_took_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environ: dict[str, str] = {}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        write_marker(tmp_path, Marker(taken.getsockname()[1], loaded=True))
        assert boot.site_of_sample(tmp_path, environ) == []
    assert environ == {}
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "is taken by another program" in said


def test_a_sample_that_cannot_be_loaded_is_told_in_one_sentence_while_the_web_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_marker(tmp_path, Marker(free_port()))
    (tmp_path / "manage.py").write_text("import sys; sys.exit('There is no site here.')\n")
    looks: list[float] = []
    boot.load_sample(Place(tmp_path, tmp_path), os.environ, Wish(), meanwhile=looks.append)
    loading, failed = capsys.readouterr().out.splitlines()
    assert loading == "Loading the sample desk …"
    assert failed.startswith("`manage.py load_sample` failed: There is no site here.")
    assert looks == sorted(looks) != []
    write_marker(tmp_path, Marker(free_port(), loaded=True))
    boot.load_sample(Place(tmp_path, tmp_path), os.environ, Wish(), meanwhile=looks.append)
    assert capsys.readouterr().out == ""


def test_what_the_operator_admits_by_a_file_stays_admitted(tmp_path: Path) -> None:
    file = tmp_path / "targets"
    file.write_text("intranet.example=10.0.0.5:443\n")
    environ = {"FETCH_PRIVATE_TARGETS_FILE": str(file)}
    boot.admit(environ, 23_456)
    assert Reader(environ).text("FETCH_PRIVATE_TARGETS").startswith("intranet.example=10.0.0.5:443,")
    file.unlink()
    unreadable = {"FETCH_PRIVATE_TARGETS_FILE": str(file)}
    boot.admit(unreadable, 23_456)
    assert unreadable == {"FETCH_PRIVATE_TARGETS_FILE": str(file)}


def _wait_for_the_site(marker: Marker) -> None:
    deadline = time.monotonic() + 30
    while is_free(marker.port):
        assert time.monotonic() < deadline, "the sample's site never answered"
        time.sleep(0.1)


@pytest.mark.faults
def test_readout_starts_shows_its_address_survives_a_killed_database_and_ends_whole(state: Path) -> None:
    port = free_port()
    first = _start(state, port)
    try:
        said = _said_until(first, "Readout is at")
        assert said.endswith(f"Readout is at http://127.0.0.1:{port}/ — stop with Ctrl-C\n")
        assert said.count("Log-ins of the sample desk") == said.count("Loading the sample desk") == 1
        marker = read_marker(state)
        assert marker
        assert marker.loaded
        _wait_for_the_site(marker)
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
        assert is_free(marker.port)
        first = _start(state, port)
        said = _said_until(first, "Readout is at")
        # Nothing changed, so Django is loaded once, for the web: that is what makes a second start quick.
        assert said.count("\n") == 1
        _wait_for_the_site(marker)
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
        assert is_free(marker.port)
    finally:
        first.kill()
        first.wait()


STANDS = "SELECT count(DISTINCT state) FROM verification_review"
SUBMITTED = "SELECT count(*) FROM claims_submission"


@pytest.mark.faults
@pytest.mark.parametrize("seconds", [1.0, 5.0])
def test_a_first_start_that_is_killed_while_it_loads_the_sample_is_completed_by_the_next(
    state: Path, seconds: float
) -> None:
    port = free_port()
    process = _start(state, port)
    try:
        assert "Readout is at" not in _said_until(process, "Loading the sample desk")
        time.sleep(seconds)
        process.kill()
        process.wait()
        process = _start(state, port)
        said = _said_until(process, "Readout is at")
        assert said.count("Log-ins") == 0
        environ: dict[str, str] = {}
        with provide(environ, state, durable=False), psycopg.connect(environ["DATABASE_URL"]) as connection:
            assert connection.execute(STANDS).fetchone() == (len(State),)
            assert connection.execute(SUBMITTED).fetchone() == (3,)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert processes_of(state) == []
    finally:
        process.kill()
        process.wait()
