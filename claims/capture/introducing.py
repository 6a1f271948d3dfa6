"""Who we say we are: a User-Agent that names the program, the newsroom and whom to write to (RFC 9110 §10.1.5)."""

import re
from contextlib import suppress
from typing import Final
from unicodedata import normalize

from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url

PRODUCT: Final = "Readout"
VERSION: Final = "0.1"

_TOKEN: Final = re.compile(r"[A-Za-z_-]+")
_UNFIT: Final = re.compile(r"[^\x21-\x27\x2a-\x5b\x5d-\x7e]+")
"""What would end a comment of the header, or is no printable ASCII."""
_LONGEST: Final = 200


def introduced(place: str, contact: str) -> str:
    """Return `Readout/0.1 (+place; contact)`: the newsroom's own page and an address, each left out where empty."""
    where, whom = _fit(place), _fit(contact)
    told = [f"+{where}" if where else "", whom]
    return f"{PRODUCT}/{VERSION} ({'; '.join(filter(None, told)) or 'newsroom verification'})"


def product_token(user_agent: str) -> str:
    """Return the name by which a robots.txt may call whoever introduces himself so (RFC 9309 §2.2.1)."""
    found = _TOKEN.match(user_agent)
    return found[0] if found else PRODUCT


def _fit(text: str) -> str:
    """Return an address as ASCII: a page with its host in punycode, a mailbox likewise."""
    text = text.strip()[:_LONGEST]
    with suppress(BadUrl):
        return _UNFIT.sub("", parse_url(text).href)
    box, at, host = text.rpartition("@")
    with suppress(BadUrl):
        host = parse_url(f"http://{host}").host if at else host
    plain = normalize("NFKD", f"{box}{at}{host}").encode("ascii", "ignore").decode()
    return _UNFIT.sub(" ", plain).strip()
