"""Facts: what was said, by whom, where, with the bytes to prove it."""

from claims.models.article import Article, Outlet
from claims.models.claim import Appearance, Claim
from claims.models.followed import AppearanceFate, ArticleWatch, Fate, OutletFeed, OutletItem
from claims.models.lane import ArchiveMeasure, HostLane, RobotsFile
from claims.models.precision import Precision
from claims.models.snapshot import Attestation, Snapshot
from claims.models.speaker import Speaker, SpeakerJoin
from claims.models.submission import Submission, SubmissionKey
from claims.models.token import ApiToken, Scope
from claims.models.weighing import Weighing
from claims.models.work import Work

__all__ = [
    "ApiToken",
    "Appearance",
    "AppearanceFate",
    "ArchiveMeasure",
    "Article",
    "ArticleWatch",
    "Attestation",
    "Claim",
    "Fate",
    "HostLane",
    "Outlet",
    "OutletFeed",
    "OutletItem",
    "Precision",
    "RobotsFile",
    "Scope",
    "Snapshot",
    "Speaker",
    "SpeakerJoin",
    "Submission",
    "SubmissionKey",
    "Weighing",
    "Work",
]
