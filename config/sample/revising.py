"""What an institution of the sample changed in a page after it was cited: the figures of a release. Knows no Django.

The desk is loaded from the page as it was first; the site that answers while Readout runs has the revised one.
"""

REVISED: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("statistics.corravane.example", "/releases/2031/05/15/heating-arrears-q1-2031"): (
        ("214,000", "219,000"),
        ("8.4 per cent", "8.6 per cent"),
        ("4.0 percentage points", "3.8 percentage points"),
        ("a fall of 32 per cent", "a fall of 31 per cent"),
    ),
}
"""By host and path: what stood there, and what stands there now."""


def revised(host: str, path: str, body: bytes) -> bytes:
    """Return a page as it stands since it was revised; one that never was is as it is."""
    text = body.decode()
    for old, new in REVISED.get((host, path), ()):
        text = text.replace(old, new)
    return text.encode()
