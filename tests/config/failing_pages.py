"""The desk's addresses, and pages that refuse, doubt and fail: `ROOT_URLCONF` of tests of pages of errors."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def refuse(request: HttpRequest) -> NoReturn:
    """Tell that it is not this person's."""
    raise PermissionDenied("Only an editor gives work to others.")


def doubt(request: HttpRequest) -> NoReturn:
    """Make nothing of the request."""
    raise SuspiciousOperation


def fail(request: HttpRequest) -> NoReturn:
    """Fail."""
    raise ZeroDivisionError


PAGES = {"refused": refuse, "doubted": doubt, "failed": fail}
urlpatterns = [*real, *(path(f"{below}{name}/", PAGES[name]) for name in PAGES for below in ("", "checks/"))]
