"""The line that says where Readout is, said once the web server really answers there."""

import select
import socket

from config.supervisor.terminal import say

HOST = "127.0.0.1"


class Announcement:
    """One request that waits for its answer between looks, so that nothing else has to wait for it."""

    def __init__(self, port: int) -> None:
        """Nothing is asked yet; the web server is to be on `port`."""
        self._port = port
        self._asked: socket.socket | None = None
        self._said = False

    def look(self) -> None:
        """Ask, or see whether the answer came; say the address then, once."""
        if self._said:
            return
        try:
            if self._asked is None:
                self._asked = socket.create_connection((HOST, self._port), timeout=1)
                self._asked.sendall(f"HEAD / HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode("ascii"))
            elif select.select([self._asked], [], [], 0)[0]:
                self._said = self._asked.recv(16).startswith(b"HTTP/")
                self.close()
        except OSError:
            self.close()
        if self._said:
            say(f"Readout is at {address(self._port)} — stop with Ctrl-C")

    def close(self) -> None:
        """Let go of the question."""
        if self._asked is not None:
            self._asked.close()
            self._asked = None


def address(port: int) -> str:
    """Return where a browser finds Readout."""
    return f"http://{HOST}:{port}/"
