"""Rows of a version as `signed_words` hashes them."""

from collections.abc import Iterable
from typing import Any

from verification.models import Verdict, VerdictEvidence
from verification.review.signed_words import signed_sha256


def words_in(row: Verdict) -> dict[str, Any]:
    """Return what a version says, in the words of its day: `signed_words.WORDS`."""
    return {
        "public": str(row.public),
        "version": row.version,
        "claim": row.claim_text,
        "claimant": row.claimant,
        "rating": {
            "label": row.rating_label,
            "tone": row.rating_tone,
            "value": row.rating_value,
            "worst": row.rating_worst,
            "best": row.rating_best,
        },
        "headline": row.headline,
        "explanation": row.explanation,
        "language": row.language,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "parts": row.parts,
    }


def signed(row: Verdict, pieces: Iterable[VerdictEvidence]) -> dict[str, object]:
    """Return what the log's line says of a version that is signed off or put out: which one, and the hash of it all."""
    told = [
        {
            "number": piece.number,
            "role": piece.role,
            "stance": piece.stance,
            "tier": piece.tier,
            "capture": piece.snapshot_sha256,
            "exact": piece.exact,
            "start": piece.start,
            "end": piece.end,
            "note": piece.note,
        }
        for piece in sorted(pieces, key=lambda piece: piece.number)
    ]
    return {
        "verdict": str(row.public),
        "version": row.version,
        "signed_sha256": signed_sha256(words_in(row), told),
    }
