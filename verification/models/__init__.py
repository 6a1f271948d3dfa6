"""What the sources say and what people decided."""

from verification.models.candidate import Candidate, SearchRun
from verification.models.desk import Desk
from verification.models.document import Document, Source
from verification.models.duty import Duty, Hat, Turn
from verification.models.event import EventPayload, ReviewEvent, Seal, SealEntry, UnsealedEvent
from verification.models.judgment import Evidence, Judgment, SearchEvidence
from verification.models.passage import (
    CasePassage,
    CasePosting,
    CaseSegment,
    IndexedCase,
    IndexedDocument,
    Passage,
    Posting,
    Segment,
)
from verification.models.rating import Rating, RatingScale
from verification.models.review import Change, Review, State
from verification.models.stance import Role, Stance
from verification.models.suggestion import Suggestion
from verification.models.tier import Tier
from verification.models.verdict import Draft, Publication, Verdict, VerdictEvidence, VerdictSearch

__all__ = [
    "Candidate",
    "CasePassage",
    "CasePosting",
    "CaseSegment",
    "Change",
    "Desk",
    "Document",
    "Draft",
    "Duty",
    "EventPayload",
    "Evidence",
    "Hat",
    "IndexedCase",
    "IndexedDocument",
    "Judgment",
    "Passage",
    "Posting",
    "Publication",
    "Rating",
    "RatingScale",
    "Review",
    "ReviewEvent",
    "Role",
    "Seal",
    "SealEntry",
    "SearchEvidence",
    "SearchRun",
    "Segment",
    "Source",
    "Stance",
    "State",
    "Suggestion",
    "Tier",
    "Turn",
    "UnsealedEvent",
    "Verdict",
    "VerdictEvidence",
    "VerdictSearch",
]
