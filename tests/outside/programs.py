"""The programs that the outside checkers need; where one is missing, a test that needs it fails with one sentence."""

import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
NU_CHECKER = PACKAGES / "vnu-jar/build/dist/vnu.jar"
LIGHTHOUSE = PACKAGES / "lighthouse/cli/index.js"
LONGEST = 200  # seconds


def program(name: str, package: str) -> str:
    """Return the path of a program of this machine; `package` is Debian's package that brings it."""
    found = shutil.which(name)
    assert found, f"No {name} found: install Debian's package {package}."
    return found


def part(path: Path) -> str:
    """Return the path of something that npm has installed here."""
    assert path.is_file(), (
        f"{path.relative_to(PACKAGES)} is not installed: run `npm ci --ignore-scripts` in {HERE.name}."
    )
    return str(path)


def chromium() -> str:
    """Return the browser's path, as the journeys find it."""
    return os.environ.get("CHROMIUM") or program("chromium", "chromium")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and return what it said; its own status tells nothing that the tests ask for."""
    return subprocess.run(
        command, capture_output=True, text=True, timeout=LONGEST, check=False, env=os.environ | environment
    )
