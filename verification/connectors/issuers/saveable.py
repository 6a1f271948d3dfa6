"""Which addresses may be handed to a public archive: none that only somebody with a key is meant to open."""

import re
from urllib.parse import parse_qsl, urlsplit

from claims.capture.addresses import why_not_public
from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url
from claims.wording import Words, words

_NAMES = re.compile(
    r"(?:^|[_.-])(?:(?:access|api|auth|csrf|id|refresh|sas|security|session|share|sign|user)?[_-]?(?:token|key|sig)"
    r"|signature|secret|password|passwd|pwd|auth|authorization|credentials?|[a-z]*sess(?:ion)?_?id|sid|jwt|otp|hmac"
    r"|expires|invite|unsubscribe|e-?mail|rlkey|x-amz-[a-z-]+|x-goog-[a-z-]+)(?:$|[_.-])",
    re.IGNORECASE,
)
"""Names of parameters that carry a key, a ticket, or who somebody is."""

_WEB_TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")
_TICKET = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{40,}")
_STEP = re.compile(r"(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9_-]{32,}")
_MIXED = re.compile(r"(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{8,}")

_MATRIX = re.compile(r";([^;/=]+)=([^;/]*)")
"""Parameters of a step of a path (RFC 3986 §3.3), where some servers write a session."""

_PRIVATE = re.compile(r"(?:^|\.)(?:local|localhost|localdomain|internal|intranet|lan|home|corp|private|onion|arpa)$")


def why_not_saved(url: str) -> Words | None:
    """Return why an address is not handed to a public archive; None where nothing speaks against it."""
    try:
        target, parts = parse_url(url), urlsplit(url)
    except (BadUrl, ValueError) as error:
        return error.sentence if isinstance(error, BadUrl) else words("“%(url)s” is not a web address.", url=url)
    if "@" in parts.netloc:
        return words("The address holds a user name or a password: copies in the archive are public.")
    private = why_not_public(target.address) if target.address else None
    if private or _PRIVATE.search(target.host) or ("." not in target.host and not target.address):
        return words("“%(host)s” is not on the public internet.", host=target.host)
    where = urlsplit(target.href)
    told = [*_MATRIX.findall(where.path), *parse_qsl(where.query, keep_blank_values=True), *parse_qsl(parts.fragment)]
    for name, value in told:
        if _NAMES.search(name) or _TICKET.fullmatch(value) or _WEB_TOKEN.fullmatch(value):
            return words(
                "The address holds what looks like a key (“%(name)s”): copies in the archive are public.", name=name
            )
    if any(map(_is_ticket, where.path.split("/"))):
        return words("The address holds what looks like a key: copies in the archive are public.")
    return None


def _is_ticket(step: str) -> bool:
    """Say whether a step of a path is made up by a machine: long, of all kinds of characters, and no words in it."""
    return bool(_WEB_TOKEN.fullmatch(step) or (_STEP.fullmatch(step) and _MIXED.search(step)))
