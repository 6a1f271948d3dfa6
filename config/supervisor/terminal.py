"""The few lines a person reads, and the key they press to end it."""

import contextlib
import signal
import sys
from types import FrameType


def say(line: str) -> None:
    """Print one line; a terminal that went away is no reason to stop."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


class Wish:
    """Whether somebody wants us to end: Ctrl-C, SIGTERM, or a terminal that was closed."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.times = 0

    def listen(self) -> None:
        """Count the signals from now on instead of dying of them."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._heard)

    def to_end(self) -> bool:
        """Say whether anybody asked."""
        return self.times > 0

    def to_end_now(self) -> bool:
        """Say whether somebody asked twice and waits no longer."""
        return self.times > 1

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self.times += 1
