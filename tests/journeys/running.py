"""A desk that runs as an operator runs it: `make run`'s own program, with its sample, in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from config.embedded.launching import free_port
from tests.faults.desk import BASE, URLS


class RunningDesk:
    """The address, and the log-ins that the first start printed: name to password."""

    def __init__(self, state: Path) -> None:
        """Start it, and wait until it says where it is."""
        kept = {name: value for name, value in os.environ.items() if name not in URLS}
        self.log_ins: dict[str, str] = {}
        self.address = ""
        self.said: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "config.supervisor"],
            cwd=BASE,
            env=kept | {"READOUT_STATE": str(state), "PORT": str(free_port()), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._read_until_it_answers()

    def _read_until_it_answers(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line.rstrip())
            if log_in := re.fullmatch(r"  (\w+) +(\S{16})(?: .*)?", line.rstrip()):
                self.log_ins[log_in[1]] = log_in[2]
            if found := re.search(r"Readout is at (http://\S+/)", line):
                self.address = found[1].rstrip("/")
                return
        raise AssertionError("Readout did not start: " + "\n".join(self.said))

    def close(self) -> None:
        """End it as Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            raise
