"""Facts: what was said, by whom, where, with the bytes to prove it."""

from claims.models.article import Article, Outlet
from claims.models.claim import Appearance, Claim, Speaker
from claims.models.precision import Precision
from claims.models.snapshot import Attestation, Snapshot
from claims.models.submission import Submission
from claims.models.work import Work

__all__ = [
    "Appearance",
    "Article",
    "Attestation",
    "Claim",
    "Outlet",
    "Precision",
    "Snapshot",
    "Speaker",
    "Submission",
    "Work",
]
