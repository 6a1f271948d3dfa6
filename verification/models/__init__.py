"""What the sources say and what people decided."""

from verification.models.candidate import Candidate, SearchRun
from verification.models.desk import Desk
from verification.models.document import Document, Source
from verification.models.duty import Duty, Hat, Turn
from verification.models.event import EventPayload, ReviewEvent, Seal, SealEntry, UnsealedEvent
from verification.models.judgment import Evidence, Judgment, Role, Stance
from verification.models.passage import IndexedDocument, Passage, Posting, Segment
from verification.models.rating import Rating, RatingScale
from verification.models.review import Change, Review, State
from verification.models.tier import Tier
from verification.models.verdict import Draft, Publication, Verdict, VerdictEvidence

__all__ = [
    "Candidate",
    "Change",
    "Desk",
    "Document",
    "Draft",
    "Duty",
    "EventPayload",
    "Evidence",
    "Hat",
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
    "SearchRun",
    "Segment",
    "Source",
    "Stance",
    "State",
    "Tier",
    "Turn",
    "UnsealedEvent",
    "Verdict",
    "VerdictEvidence",
]
