"""From nothing to an address: servers, schema, the first accounts, the sample desk, then web, worker and beat."""

import errno
import shutil
import socket
import sys
import time
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path

from config.embedded import EmbeddedError, logfiles, provide
from config.embedded.errors import disk_full, told_in_words
from config.embedded.launching import is_free
from config.env import Reader
from config.sample.addresses import private_targets
from config.sample.marker import read_marker
from config.supervisor import schema
from config.supervisor.announcement import HOST, Announcement, address
from config.supervisor.child import Place, Program, end, end_orphans, last_words, spawn
from config.supervisor.errors import StartError
from config.supervisor.only_here import only_here
from config.supervisor.terminal import Wish, say
from config.supervisor.watch import Kept, Mending, watch

# The person waits for the web, and three programs that load at once on two cores make each other late.
HEAD_START = 1.5
# A new database takes 60 MB, its write-ahead log the rest.
ROOM_NEEDED = 200 * 1024 * 1024


def run(root: Path, state: Path, environ: MutableMapping[str, str], wish: Wish) -> None:
    """Run Readout until somebody wishes to end.

    Raises StartError or EmbeddedError with a sentence when it cannot start.
    """
    port = port_of(environ)
    place = Place(root, state)
    with told_in_words(state), only_here(state / "run", address(port)):
        end_orphans(state / "run")
        must_have_room(state)
        must_be_free(port)
        # Nobody's own database gets invented cases unasked: its log could never lose them again.
        if environ.get("DATABASE_URL") or environ.get("DATABASE_URL_FILE"):
            environ.setdefault("READOUT_SAMPLE", "no")
        with provide(environ, state) as servers:
            environ.update({"PYTHONUNBUFFERED": "1", "WEB_CONCURRENCY": environ.get("WEB_CONCURRENCY") or "2"})
            if not ("PostgreSQL" in servers.names and schema.is_current(place, environ)):
                bring_up_to_date(place, environ, wish, "PostgreSQL" in servers.names)
            site = site_of_sample(state, environ)
            programs = [Kept(program, place, environ) for program in (*programs_of(port, state), *site)]
            for kept in programs:
                logfiles.set_aside(place.log(kept.program))
            web, *others = programs
            if site:
                load_sample(place, environ, wish, meanwhile=web.tend)
            for kept in others:
                kept.due = time.monotonic() + HEAD_START
            watch(programs, wish, Mending(servers, environ), Announcement(port).look)
    say("Readout has stopped.")


def bring_up_to_date(place: Place, environ: Mapping[str, str], wish: Wish, ours: bool) -> None:
    """Migrate, and make the first accounts; note in a database of `ours` that it is done."""
    say("Bringing the database up to date …")
    once(command("migrate", "--no-input"), place, environ, wish)
    once(command("first_run"), place, environ, wish, on_terminal=True)
    if ours and not wish.to_end():
        schema.note(place, environ)


def site_of_sample(state: Path, environ: MutableMapping[str, str]) -> list[Program]:
    """Return the sample's site as a program to run, where this folder holds a sample desk.

    Its hosts are admitted for every program of ours, and only while the site itself has their port: where another
    program took it, that is said, and all else runs.
    """
    marker = read_marker(state)
    if marker is None:
        return []
    if not is_free(marker.port):
        say(f"The sample's site stays away: its port, {marker.port}, is taken by another program. All else runs.")
        return []
    admit(environ, marker.port)
    return [Program("sample", (sys.executable, "-m", "config.sample.server", str(marker.port)))]


def load_sample(place: Place, environ: Mapping[str, str], wish: Wish, meanwhile: Callable[[float], None]) -> None:
    """Load what is missing of the sample desk, once; `meanwhile` is called with the monotonic time, again and again.

    What goes wrong is said, and keeps nothing else from starting; the next start tries again.
    """
    marker = read_marker(place.state)
    if marker is None or marker.loaded:
        return
    say("Loading the sample desk …")
    try:
        once(command("load_sample"), place, environ, wish, meanwhile=meanwhile)
    except (StartError, EmbeddedError) as error:
        say(str(error))


def admit(environ: MutableMapping[str, str], port: int) -> None:
    """Add the sample's hosts to those that the operator lets the door fetch from."""
    reader = Reader(environ)
    own = reader.text("FETCH_PRIVATE_TARGETS")
    if reader.problems:
        return  # the file that should name them cannot be read: the boot checks tell, and must find it as it is
    environ.pop("FETCH_PRIVATE_TARGETS_FILE", None)
    environ["FETCH_PRIVATE_TARGETS"] = ",".join(filter(None, (own, private_targets(port))))


def programs_of(port: int, state: Path) -> list[Program]:
    """Return what is to run: modules, never a virtual environment's scripts, whose first line cannot name a blank."""
    celery = (sys.executable, "-m", "celery", "-A", "config")
    schedule = str(state / "run" / "beat-schedule")
    return [
        Program(
            "web",
            (
                *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}", "--threads", "4"),
                *("--graceful-timeout", "8", "--preload", "--no-control-socket", "--access-logfile", "-"),
            ),
        ),
        Program(
            "worker",
            (*celery, "worker", "--pool", "prefork", "--without-gossip", "--without-mingle"),
        ),
        Program("beat", (*celery, "beat", "--schedule", schedule, "--pidfile", "")),
    ]


def command(*words: str) -> Program:
    """Return one of Django's commands as a program."""
    return Program(words[0], (sys.executable, "manage.py", *words))


def once(
    program: Program,
    place: Place,
    environ: Mapping[str, str],
    wish: Wish,
    *,
    on_terminal: bool = False,
    meanwhile: Callable[[float], None] = lambda _now: None,
) -> None:
    """Run a program to its end, unless somebody wishes to end first; call `meanwhile` at each look.

    Raises StartError when it fails.
    """
    if wish.to_end():
        return
    logfiles.set_aside(place.log(program))
    process = spawn(program, place, environ, on_terminal)
    while process.poll() is None and not wish.to_end():
        meanwhile(time.monotonic())
        time.sleep(0.02)
    place.pid_file(program).unlink(missing_ok=True)
    if process.returncode is None:
        end([process.pid], lambda _: process.poll() is not None, wish.to_end_now)
    elif process.returncode:
        log = place.log(program)
        if "No space left on device" in logfiles.text(log):
            raise disk_full(place.state)
        raise StartError(
            f"`manage.py {program.name}` failed: {last_words(program, place)} (the whole story is in {log})."
        )


def port_of(environ: Mapping[str, str]) -> int:
    """Return the port of PORT, 8000 without one."""
    text = environ.get("PORT", "").strip() or "8000"
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise StartError(
        f"PORT is {text!r}, which is no port: write a number from 1024 to 65535, as in `PORT=8001 make run`."
    )


def must_be_free(port: int) -> None:
    """Raise StartError when the web server could not listen on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            why = "is taken by another program" if error.errno == errno.EADDRINUSE else "is for the administrator only"
            other = port + 1 if 1024 <= port < 65535 else 8001
            raise StartError(f"Port {port} {why}: start Readout on another one with `PORT={other} make run`.") from None


def must_have_room(state: Path) -> None:
    """Raise StartError when the disk is too full to begin."""
    free = shutil.disk_usage(state).free
    if free < ROOM_NEEDED:
        raise StartError(
            f"The disk that holds {state} is full ({free // 2**20} MB are free, {ROOM_NEEDED // 2**20} MB are needed): "
            "free some space and start again."
        )
