"""Requests as a server hands them over: whatever character set one names, it is read as UTF-8."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from config.wsgi import application
from tests.verification.publishing.rows import publish

pytestmark = pytest.mark.django_db(transaction=True)
FORM = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\nA l\xc3\xa4mp \\ud800\r\n--x--\r\n'
CODECS = ("rot13", "base64", "punycode", "undefined", "zlib", "unicode_escape", "utf-16", "no-such-codec")


def asked(path: str, kind: str, body: bytes = b"") -> tuple[str, str]:
    """Return the status and the text that a request is answered with."""
    path, _mark, query = path.partition("?")
    said: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "203.0.113.7",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
    }

    def start(status: str, _headers: Any, _error: Any = None) -> Callable[[bytes], object]:
        said.append(status)
        return said.append  # type: ignore[return-value]  # never called: an answer is read as it is returned

    answer: Any = application(environ, start)
    text = b"".join(answer).decode()
    answer.close()
    return said[0], text


def test_no_sender_chooses_how_a_query_or_a_form_is_read(settings: Settings) -> None:
    settings.READER_SUBMISSIONS = True
    settings.EMAIL_HOST, settings.PUBLIC_URL = "mail.example", "https://checks.example"
    check = publish().review.public
    forms = {"/checks/suggest/": b"note", "/checks/subscribe/": b"address", f"/checks/{check}/report/": b"text"}
    for codec in CODECS:
        kind = f"text/plain; charset={codec}"
        assert "lämps" in asked("/checks/?q=l%C3%A4mps", kind)[1], codec
        for path in ("/checks/?q=a", "/checks/feed.atom?language=en", "/api/v1/verdicts/?q=a", "/admin/login/?next=a"):
            assert asked(path, kind)[0] == "200 OK", (codec, path)
        for path, name in forms.items():
            status, text = asked(path, f"multipart/form-data; boundary=x; charset={codec}", FORM % name)
            assert status.startswith("422"), (codec, path)
            assert "A lämp \\ud800" in text, (codec, path)
