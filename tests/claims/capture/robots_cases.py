"""Robots files as short as a case needs, and whether our crawler may ask for a path by them."""

import pytest

from claims.capture.robots import Rules

SITE = "https://press.example"
OURS = "User-agent: Readout\n"
ALL = "User-agent: *\n"


def allowed(robots: str | bytes, path: str) -> bool:
    body = robots if isinstance(robots, bytes) else robots.encode()
    return Rules.read(body).allows("Readout", SITE + path)


def cases(*told: tuple[str | bytes, str, bool]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("robots", "path", "may"), told)
