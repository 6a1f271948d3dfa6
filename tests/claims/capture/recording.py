"""Every connection that this process tries to make, as the interpreter itself tells (PEP 578), whoever makes it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

from claims.capture.addresses import why_not_public

_tried: list[tuple[str, int]] | None = None


def _heard(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect" or _tried is None:
        return
    place = arguments[1]
    if isinstance(place, tuple) and isinstance(place[0], str):
        _tried.append((place[0], int(place[1])))
        if not ip_address(place[0].partition("%")[0]).is_loopback:
            raise ConnectionRefusedError("the tests let no packet out")


sys.addaudithook(_heard)


@contextmanager
def connects() -> Iterator[list[tuple[str, int]]]:
    """Collect the address and port of each connection tried meanwhile; those that lead off this machine are refused.

    A hook cannot be taken away again; outside of this it does nothing.
    """
    global _tried
    _tried = []
    try:
        yield _tried
    finally:
        _tried = None


def not_public(tried: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return those of `tried` that lead to no public address."""
    return [(address, port) for address, port in tried if why_not_public(ip_address(address.partition("%")[0]))]
