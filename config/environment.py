"""Makes `.venv` what a lock file says: `python3 config/environment.py run|dev`, for the Makefile.

Runs before anything is installed, under whatever Python the machine has, so that the oldest of them can at least say
what is missing: the standard library only, and no word of the language that is younger than 3.7.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
# Where python3 is older, one of these may stand beside it.
YOUNGER = ("python3.13", "python3.12", "python3.11", "python3.14")
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
LOCKS = Path("requirements")
# Stands while packages are being written: found at the start, it means that a kill left half of one.
UNFINISHED = VENV / ".readout-unfinished"
GOALS = {"run": ("run",), "dev": ("run", "dev")}


class Missing(Exception):
    """The machine lacks something; the text is one sentence that says how to get it."""


def main(arguments: list[str]) -> int:
    """Bring `.venv` up to the goal; 0 when it is there."""
    goal = arguments[0] if arguments else ""
    if goal not in GOALS:
        say("usage: python3 config/environment.py run|dev")
        return 2
    os.chdir(Path(__file__).resolve().parent.parent)
    if sys.version_info[:2] < OLDEST:
        return hand_over(arguments)
    try:
        if not is_ready(goal):
            make(goal)
    except Missing as fault:
        say(str(fault))
        return 1
    except OSError as fault:
        say(f"{fault.filename or VENV} cannot be written ({fault.strerror}): mend that and run make again.")
        return 1
    except KeyboardInterrupt:
        say("Stopped; the next make begins again where that is needed.")
        return 130
    return 0


def hand_over(arguments: list[str]) -> int:
    """Let a younger Python beside this one do the work, or say that there is none."""
    for name in YOUNGER:
        python = shutil.which(name)
        if python:
            return subprocess.run([python, "-I", str(Path(__file__).resolve()), *arguments], check=False).returncode
    say(
        "Readout needs Python {}.{} or later and python3 is {}.{}: install one, or name it with "
        "`make run PYTHON=/path/to/python3.11`.".format(*OLDEST, *sys.version_info[:2])
    )
    return 1


def is_ready(goal: str) -> bool:
    """Say whether `.venv` holds what the lock files of `goal` say; what is there for dev is enough to run."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    return any(_stamp(each).exists() and _stamp(each).read_text() == _digest(each) for each in {goal, "dev"})


def make(goal: str) -> None:
    """Make `.venv` where there is none that can be used, and install the packages of `goal`."""
    if UNFINISHED.exists() or not works():
        shutil.rmtree(str(VENV), ignore_errors=True)
        make_venv()
    say(f"Installing what Readout needs into {VENV} (600 MB; a slow line takes some minutes) …")
    for each in GOALS:
        with contextlib.suppress(FileNotFoundError):
            _stamp(each).unlink()
    UNFINISHED.touch()
    try:
        done = install(LOCKS / (goal + ".lock"))
    except OSError:
        UNFINISHED.unlink()
        raise
    UNFINISHED.unlink()
    if not done:
        raise Missing(
            "The packages could not be installed (see above): check the network and the disk, and run make again."
        )
    _stamp(goal).write_text(_digest(goal))


def works() -> bool:
    """Say whether `.venv` has a Python that starts, is young enough and has pip."""
    if not PYTHON.exists():
        return False
    question = f"import sys, pip; sys.exit(sys.version_info[:2] < {OLDEST!r})"
    return subprocess.run([str(PYTHON), "-c", question], stderr=subprocess.DEVNULL, check=False).returncode == 0


def make_venv() -> None:
    """Make an empty `.venv`.

    Raises Missing where Python came without its venv module, as on Debian.
    """
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if made.returncode == 0:
        return
    shutil.rmtree(str(VENV), ignore_errors=True)
    said = made.stdout.decode(errors="replace")
    if "ensurepip" in said or "No module named" in said:
        raise Missing(
            "Python's venv module is not installed: install it (`apt install python{}.{}-venv` on Debian and Ubuntu) "
            "and run make again.".format(*sys.version_info[:2])
        )
    raise Missing("{} could not be made: {}".format(VENV, (said.strip().splitlines() or ["no reason was given"])[-1]))


def install(lock: Path) -> bool:
    """Install a lock file, each package held to its hash: with uv, which takes seconds, or else with pip."""
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    uv = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes"]
    have_uv = _run([*pip, "--quiet", "-r", str(LOCKS / "installer.lock")])
    if have_uv and _run([*uv, "-r", str(lock)]):
        return True
    say("uv could not do it; pip tries, which takes a minute or two …")
    return _run([*pip, "--quiet", "-r", str(lock)])


def say(line: str) -> None:
    """Print a line for the person who ran make, beside what the installers print."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _run(arguments: list[str]) -> bool:
    return subprocess.run(arguments, check=False).returncode == 0


def _stamp(goal: str) -> Path:
    return VENV / (".readout-" + goal)


def _digest(goal: str) -> str:
    digest = hashlib.sha256()
    for each in GOALS[goal]:
        digest.update((LOCKS / (each + ".lock")).read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
