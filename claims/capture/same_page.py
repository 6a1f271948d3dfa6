"""Whether an answer came from the page that was asked for, or the address led to another one."""

from urllib.parse import urlsplit


def is_same_page(asked: str, answered: str) -> bool:
    """Return whether two addresses name one page: the scheme, `www.`, a slash at the end and a fragment do not tell."""
    return _page(asked) == _page(answered)


def _page(url: str) -> tuple[str, int | None, str, str]:
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = None if parts.port == usual else parts.port
    return (parts.hostname or "").removeprefix("www."), port, parts.path.rstrip("/"), parts.query
