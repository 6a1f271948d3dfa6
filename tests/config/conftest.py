"""A folder for servers of a test's own, and users of them in other processes."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.embedded.processes import command_line
from config.embedded.servers import everything

ROOT = Path(__file__).parents[2]
# Enters `provide`, says so with the two addresses, and stays until its input ends.
USER = """
import sys
from pathlib import Path
from config.embedded import provide
environ = {}
with provide(environ, Path(sys.argv[1]), durable=False):
    print(environ["DATABASE_URL"], environ["REDIS_URL"], flush=True)
    sys.stdin.read()
"""
StartUser = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def state() -> Iterator[Path]:
    """Return a folder whose path holds a blank; whatever server still runs in it is stopped afterwards.

    It is no `tmp_path`: where user namespaces are refused, root's PostgreSQL runs as `nobody`, who may not enter one.
    """
    folder = Path(tempfile.mkdtemp(prefix="readout test ")).resolve()
    folder.chmod(0o755)
    yield folder
    if (folder / "embedded").exists():
        for server in everything(folder / "embedded"):
            server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def start_user(state: Path) -> Iterator[StartUser]:
    """Return a function that starts another process which uses the servers of `state`."""
    started: list[subprocess.Popen[str]] = []

    def start() -> "subprocess.Popen[str]":
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))}
        process = subprocess.Popen(
            [sys.executable, "-c", USER, str(state)],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.send_signal(signal.SIGKILL)
        process.communicate()


def processes_of(folder: Path) -> list[str]:
    """Return the command lines of living processes that name `folder`."""
    lines = [command_line(int(path.name)) or "" for path in Path("/proc").glob("[0-9]*")]
    return [line for line in lines if str(folder) in line]
