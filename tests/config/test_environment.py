"""The script that makes `.venv`, without the network: when it acts, and what it says when it cannot."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config import environment
from tests.config.conftest import ROOT


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project folder with lock files and a `.venv` whose Python is this one."""
    folder = tmp_path / "a project"
    for name in ("config", "requirements", ".venv/bin"):
        (folder / name).mkdir(parents=True)
    for name in ("run", "dev", "installer"):
        (folder / "requirements" / f"{name}.lock").write_text(f"{name}==1\n")
    (folder / environment.PYTHON).symlink_to(sys.executable)
    shutil.copy(ROOT / "config/environment.py", folder / "config")
    monkeypatch.chdir(folder)
    return folder


def _installed(monkeypatch: pytest.MonkeyPatch, succeeds: bool = True) -> list[str]:
    """Let installing do nothing but note the lock file."""
    installed: list[str] = []

    def note(lock: Path) -> bool:
        installed.append(lock.name)
        return succeeds

    monkeypatch.setattr(environment, "install", note)
    return installed


def test_a_second_start_installs_nothing_and_a_changed_lock_does(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = _installed(monkeypatch)
    assert not environment.is_ready("run")
    environment.make("run")
    assert environment.is_ready("run")
    assert not environment.is_ready("dev")
    (project / "requirements/run.lock").write_text("run==2\n")
    assert not environment.is_ready("run")
    assert installed == ["run.lock"]


def test_what_the_tests_need_is_enough_to_run(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = _installed(monkeypatch)
    environment.make("dev")
    assert environment.is_ready("dev")
    assert environment.is_ready("run")
    assert installed == ["dev.lock"]


def test_a_failed_install_is_told_and_tried_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(monkeypatch, succeeds=False)
    with pytest.raises(environment.Missing, match="run make again"):
        environment.make("run")
    assert not environment.is_ready("run")
    assert environment.PYTHON.exists()


def test_a_venv_that_a_kill_left_half_made_is_made_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(lock: Path) -> bool:
        (project / ".venv/half").write_text("")
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "install", killed)
    with pytest.raises(KeyboardInterrupt):
        environment.make("run")
    assert not environment.is_ready("run")
    _installed(monkeypatch)
    monkeypatch.setattr(environment, "make_venv", lambda: (project / ".venv/bin").mkdir(parents=True))
    environment.make("run")
    assert not (project / ".venv/half").exists()


def test_a_python_that_is_too_old_is_told_what_to_install(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "OLDEST", (9, 9))
    monkeypatch.setenv("PATH", "")
    assert environment.main(["run"]) == 1
    assert "Readout needs Python 9.9 or later and python3 is" in capsys.readouterr().err


def test_an_old_python_hands_over_to_a_younger_one_beside_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    younger = project / "bin" / "python3.12"
    younger.parent.mkdir()
    younger.write_text('#!/bin/sh\necho "$@" > handed-over\n')
    younger.chmod(0o755)
    monkeypatch.setattr(environment, "OLDEST", (9, 9))
    monkeypatch.setenv("PATH", str(younger.parent))
    assert environment.hand_over(["dev"]) == 0


def test_a_python_without_its_venv_module_is_told_the_package(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = project / "python-without-ensurepip"
    python.write_text(
        "#!/bin/sh\necho 'The virtual environment was not created because ensurepip is not available.'; exit 1\n"
    )
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(environment.Missing, match=r"apt install python3\.\d+-venv"):
        environment.make_venv()


def test_the_script_is_read_by_pythons_that_are_too_old_to_run_readout() -> None:
    ast.parse((ROOT / "config/environment.py").read_text(), feature_version=(3, 7))


def test_make_help_names_every_command_and_every_command_is_there() -> None:
    told = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    named = {line.split()[1] for line in told.splitlines() if line.startswith("make ")}
    assert named == {"run", "stop", "test", "test-full", "lint", "bench", "lock"}
    for name in named:
        assert subprocess.run(["make", "-n", name], cwd=ROOT, capture_output=True, check=False).returncode == 0
