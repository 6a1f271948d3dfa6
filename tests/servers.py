"""Pytest plug-in: real PostgreSQL and Valkey for the whole run, started once, by the controller.

It is named with `-p` in pyproject.toml because Django's settings are read before any conftest.
"""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from config.embedded import EmbeddedError, provide

_running = ExitStack()

if "PYTEST_XDIST_WORKER" not in os.environ:
    _state = Path(tempfile.mkdtemp(prefix="readout-tests-"))
    # Where user namespaces are refused PostgreSQL runs as `nobody`, who must be able to enter.
    _state.chmod(0o755)
    _running.callback(shutil.rmtree, _state, ignore_errors=True)
    os.environ["READOUT_STATE"] = str(_state)
    try:
        _running.enter_context(provide(os.environ, _state, durable=False))
    except EmbeddedError as error:
        _running.close()
        raise pytest.UsageError(str(error)) from error


def pytest_unconfigure() -> None:
    """Stop the servers with the run."""
    _running.close()
