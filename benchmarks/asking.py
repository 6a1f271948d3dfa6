"""Asks the desk as its server does: the whole WSGI application, every middleware included, without a network."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

Headers = Mapping[str, str]
Ask = Callable[..., tuple[bytes, dict[str, str]]]


def asker() -> Ask:
    """Return what asks the WSGI application as a server does: address, headers, the status that must come."""
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 (Django is set up by now)

    application = WSGIHandler()

    def ask(url: str, headers: Headers, status: int = 200) -> tuple[bytes, dict[str, str]]:
        path, _, query = url.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "checks.example",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_USER_AGENT": "Lantern-reader/1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **headers,
        }
        told: dict[str, str] = {}

        def start(line: str, fields: list[tuple[str, str]]) -> None:
            told.update(fields, status=line)

        answer = application(environ, start)  # type: ignore[arg-type]  # what a server hands over, written out
        body = b"".join(answer)
        answer.close()
        if not told["status"].startswith(str(status)):
            raise RuntimeError(f"{url} was answered {told['status']} {body[:300]!r}")
        return body, told

    return ask
