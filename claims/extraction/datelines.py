"""Where a report was written, and for which agency, before its first sentence: `PORT EXAMPLE (AP) — …`."""

import re

_DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{2,40}(?:,\s[A-Z][\w.]{1,20}(?!\s\d)){0,2}"
    r"(?:,?\s(?:\d{1,2}\s[A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.?\s\d{1,2})(?:,?\s\d{4})?)?"
    r"(?:\s?\((?:AP|AFP|UPI|PA|dpa|Reuters|Bloomberg|CNN|Xinhua|TASS|Kyodo)\)"
    r"|\s?\([A-Z][^()\n]{1,20}\)(?=\s?[–—-])"
    r"|(?=\s[–—-]{1,2}\s))\s?[–—-]{0,2}\s*"
)


def after_dateline(text: str, start: int, end: int) -> int:
    """Return where a paragraph goes on after the dateline it opens with: `start` where it has none, or nothing else."""
    found = _DATELINE.match(text, start, end)
    return found.end() if found is not None and found.end() < end else start
