"""A site of the press on the loopback interface, and its archive under another name; asked politely."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pytest_django.fixtures import Settings

from claims.capture.asking import Answer, Ask
from claims.capture.policy import PrivateTarget
from claims.fetching import PoliteFetch
from claims.models import Snapshot
from tests.claims.capture.loopback import Answer as Served
from tests.claims.capture.loopback import LoopbackServer, response

PAGE = b"<h1>Remarks on the northern mole</h1>"
TYPED = ["Content-Type: text/html; charset=utf-8"]
HOSTS = ("press.example", "archive.example")


@contextmanager
def press_site(settings: Settings) -> Iterator[LoopbackServer]:
    """Serve one page, and let the door in under both names."""
    with LoopbackServer({"/page": response(PAGE, headers=TYPED)}) as running:
        settings.FETCH_PRIVATE_TARGETS = tuple(PrivateTarget.parse(f"{h}=127.0.0.1:{running.port}") for h in HOSTS)
        yield running


def url(server: LoopbackServer, path: str = "/page", host: str = "press.example") -> str:
    return f"http://{host}:{server.port}{path}"


def ask(server: LoopbackServer, path: str = "/page", *, keep: bool = True, **said: Any) -> Answer:
    with PoliteFetch(keep=keep) as fetch:
        return fetch(Ask(url(server, path), **said))


def paths(server: LoopbackServer) -> list[str]:
    """Return what was asked for, in order, robots.txt left out."""
    asked = [request.split(b" ")[1].decode() for request in server.requests]
    return [path for path in asked if path != "/robots.txt"]


def kept_of(answer: Answer) -> Snapshot:
    assert answer.snapshot is not None
    return Snapshot.objects.get(pk=answer.snapshot)


def in_turn(*answers: bytes) -> Served:
    """Return an answer that is another one each time; empty bytes are a connection that breaks off."""
    left = list(answers)
    return lambda connection: connection.sendall(left.pop(0) if len(left) > 1 else left[0])
