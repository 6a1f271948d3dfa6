"""What a piece of evidence takes over from the candidate that it was picked from."""

from verification.connectors.places import place_of
from verification.models import Candidate


def selection_of(found: Candidate) -> dict[str, object]:
    """Return the fields of a selection: the passage in its snapshot, its tier, and the comparisons made of it."""
    return {
        "candidate": found,
        "document_id": found.document_id,
        "snapshot_id": found.snapshot_id,
        "snapshot_sha256": found.snapshot_sha256,
        "exact": found.exact,
        "prefix": found.prefix,
        "suffix": found.suffix,
        "start": found.start,
        "end": found.end,
        "tier": found.document.tier,
        "quote_check": found.quote_check,
        "figure_checks": found.figure_checks,
        "place": place_of(found.document.places, found.start, found.end),
    }
