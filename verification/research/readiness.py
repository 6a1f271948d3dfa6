"""Whether the database can be worked with at all."""

from django.db import ProgrammingError
from django.utils.translation import gettext

from claims.models import Article
from verification.models import Source


class NotSetUp(Exception):
    """The tables are not there; the message is one sentence."""


def require_tables() -> None:
    """Raise NotSetUp before anything is fetched or archived, when `manage.py migrate` was never run."""
    try:
        Article.objects.exists()
        Source.objects.exists()
    except ProgrammingError as error:
        raise NotSetUp(gettext("The database is not set up: run `make run` once, or `manage.py migrate`.")) from error
