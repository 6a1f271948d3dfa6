"""The WSGI entry point for gunicorn."""

import os

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class InUtf8(WSGIRequest):
    """A request that is read as UTF-8, whatever character set it names.

    Django takes any codec that a sender names for a query or a form: some decode no text, some halves of characters.
    It does so while the request is made, before any middleware could say otherwise.
    """

    @property
    def encoding(self) -> str:
        """What is read with."""
        return "utf-8"

    @encoding.setter
    def encoding(self, named: str | None) -> None:
        """Pass over what was named."""


application = get_wsgi_application()
application.request_class = InUtf8
