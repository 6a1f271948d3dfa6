"""The key under which an index of a web archive lists an address (SURT: `example,port)/remarks?a=1&b=2`).

Addresses that differ only in what servers rarely tell apart share one key: scheme, `www.`, letter case, the order of
parameters, a trailing slash, a session's number. The rules are those by which the Internet Archive and pywb make
theirs, for addresses as `urls.parse_url` writes them.
"""

import re
from typing import Final
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

_WWW: Final = re.compile(r"^www\d*\.")
_SAFE: Final = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_SESSION: Final = re.compile(
    r"(?:(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+)(?:&|$)"
)


def surt(url: str) -> str:
    """Return the key of an http or https address; any other address is its own key."""
    parts = urlsplit(url)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    host = _WWW.sub("", parts.hostname)
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    path = _path(_escaped_once(parts.path).lower())
    query = "&".join(sorted(_SESSION.sub("", _escaped_once(parts.query).lower(), count=1).split("&"), key=_by_name))
    return f"{','.join(reversed(host.split('.')))}{port}){path}{'?' if query else ''}{query}"


def _path(path: str) -> str:
    """Undo dots and doubled or trailing slashes."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in ("", "."):
            kept.append(segment)
    return "/" + "/".join(kept)


def _escaped_once(text: str) -> str:
    """Escape what has to be, once, however often it was escaped before."""
    raw = text.encode()
    while (undone := unquote_to_bytes(raw)) != raw:
        raw = undone
    return quote_from_bytes(raw, safe=_SAFE)


def _by_name(parameter: str) -> tuple[str, ...]:
    return tuple(parameter.split("=", 1))
