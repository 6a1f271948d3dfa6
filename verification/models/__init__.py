"""What the sources say and what people decided."""

from verification.models.candidate import Candidate, SearchRun
from verification.models.document import Document, Source
from verification.models.event import EventPayload, ReviewEvent, Seal, SealEntry, UnsealedEvent
from verification.models.passage import IndexedDocument, Passage, Posting, Segment
from verification.models.review import Review, State
from verification.models.tier import Tier

__all__ = [
    "Candidate",
    "Document",
    "EventPayload",
    "IndexedDocument",
    "Passage",
    "Posting",
    "Review",
    "ReviewEvent",
    "Seal",
    "SealEntry",
    "SearchRun",
    "Segment",
    "Source",
    "State",
    "Tier",
    "UnsealedEvent",
]
