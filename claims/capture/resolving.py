"""From a host name to addresses, within a deadline."""

import socket
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from claims.capture.errors import NameNotFound, TooSlow
from claims.wording import words

Resolver = Callable[[str, int, float], Sequence[str]]
"""`(host, port, seconds) -> addresses as text`, best first. Raises `NameNotFound` or `TooSlow`."""

_UNKNOWN: Final = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
"""The answers that mean there is no such name; the second is a GNU extension."""


def system_resolver(host: str, port: int, seconds: float) -> Sequence[str]:
    """Ask the system (`getaddrinfo`), giving up after `seconds`.

    getaddrinfo has no timeout of its own, so it runs in a thread that may outlive the call; the thread is a daemon and
    holds nothing. The name goes in as bytes: as text, Python would apply its older IDNA once more.
    Raises `NameNotFound` (permanent when the name does not exist) and `TooSlow`.
    """
    answers: SimpleQueue[tuple[str, ...] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
        except OSError as error:
            answers.put(error)
        else:
            answers.put(tuple(dict.fromkeys(str(entry[4][0]) for entry in found)))

    Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.001))
    except Empty:
        raise TooSlow(words("Looking up “%(host)s” took too long: try again later.", host=host)) from None
    if isinstance(answer, OSError):
        if isinstance(answer, socket.gaierror) and answer.errno in _UNKNOWN:
            raise NameNotFound(
                words("There is no site called “%(host)s”: check the spelling of the address.", host=host)
            ) from answer
        raise NameNotFound(
            words("“%(host)s” could not be looked up: check this machine's network, then try again.", host=host),
            permanent=False,
        ) from answer
    return answer
