"""From a name to addresses, in time."""

import socket
import threading
import time

import pytest

from claims.capture.errors import NameNotFound, TooSlow
from claims.capture.resolving import system_resolver


def test_the_system_resolver_answers_with_addresses() -> None:
    assert set(system_resolver("localhost", 80, 5)) <= {"127.0.0.1", "::1"}


@pytest.mark.parametrize(("code", "permanent"), [(socket.EAI_NONAME, True), (socket.EAI_AGAIN, False)])
def test_a_name_that_does_not_exist_is_told_from_one_that_could_not_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, code: int, permanent: bool
) -> None:
    def refused(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(code, "as the system says it")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    with pytest.raises(NameNotFound) as missing:
        system_resolver("nothing.example", 80, 5)
    assert missing.value.permanent is permanent


def test_a_name_server_that_does_not_answer_is_given_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def unanswered(*_: object, **__: object) -> list[object]:
        released.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", unanswered)
    began = time.monotonic()
    with pytest.raises(TooSlow):
        system_resolver("slow.example", 80, 0.2)
    assert time.monotonic() - began < 1
    released.set()
