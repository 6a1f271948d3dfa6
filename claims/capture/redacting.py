"""Addresses fit to be told: what stands in a query as a key, token or signature is left out."""

import re
from typing import Final

WITHHELD: Final = "[withheld]"

_SECRET = re.compile(
    r"(?i)([?&;](?:[\w.-]*[_.-])?(?:(?:api|app|access|auth|secret)?key|(?:access|auth|id|refresh)?token|auth|password"
    r"|passwd|pwd|secret|sig|signature|credential|session|sessionid|sid)=)[^&;#\s]+"
)


def redacted(url: str) -> str:
    """Return an address, or a text with addresses in it, without the values of parameters that name a secret."""
    return _SECRET.sub(rf"\1{WITHHELD}", url)
