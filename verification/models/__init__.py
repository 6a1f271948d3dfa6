"""What the sources say and what people decided."""

from verification.models.afterwards import Challenge, ReplyRequest
from verification.models.candidate import Candidate, SearchRun
from verification.models.desk import Desk, SecondCheckRule
from verification.models.desk_text import DeskText
from verification.models.document import Document, Source, SourceAddress, SourceItem, SourceRun
from verification.models.duty import Duty, Hat, Turn
from verification.models.earlier import EarlierCheck, EarlierPassage, EarlierPosting, EarlierSegment, IndexedEarlier
from verification.models.event import (
    Checkpoint,
    EventPayload,
    LogKey,
    LogStep,
    ReviewEvent,
    Seal,
    SealEntry,
    UnsealedEvent,
)
from verification.models.judgment import Evidence, Judgment, SearchEvidence
from verification.models.keyed_request import KeyedRequest
from verification.models.package import VerdictPackage
from verification.models.page_watch import PageChange, PageWatch
from verification.models.passage import (
    CasePassage,
    CasePosting,
    CaseSegment,
    IndexedCase,
    IndexedDocument,
    IndexedPublication,
    Passage,
    Posting,
    PublicPassage,
    PublicPosting,
    PublicSegment,
    Segment,
)
from verification.models.person import (
    Absence,
    Conflict,
    Invitation,
    Notification,
    NotificationChoice,
    NotifiedUpTo,
    Profile,
)
from verification.models.public_change import PublicChange
from verification.models.rating import Rating, RatingScale
from verification.models.reach import EmbedSite, FeedReader, Hub, Subscriber, SubscriberMail
from verification.models.report import Report
from verification.models.review import Change, LegalRead, Part, Review, Rollup, State
from verification.models.stance import Role, Stance
from verification.models.suggestion import Suggestion
from verification.models.tier import Tier
from verification.models.topic import SpeakerSide, Topic
from verification.models.verdict import Draft, Publication, Verdict, VerdictEvidence, VerdictSearch
from verification.models.webhook import (
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEvent,
    WebhookMessage,
    WebhookOff,
    WebhookOutcome,
)
from verification.models.workbench import Presence, SavedView

__all__ = [
    "Absence",
    "Candidate",
    "CasePassage",
    "CasePosting",
    "CaseSegment",
    "Challenge",
    "Change",
    "Checkpoint",
    "Conflict",
    "Desk",
    "DeskText",
    "Document",
    "Draft",
    "Duty",
    "EarlierCheck",
    "EarlierPassage",
    "EarlierPosting",
    "EarlierSegment",
    "EmbedSite",
    "EventPayload",
    "Evidence",
    "FeedReader",
    "Hat",
    "Hub",
    "IndexedCase",
    "IndexedDocument",
    "IndexedEarlier",
    "IndexedPublication",
    "Invitation",
    "Judgment",
    "KeyedRequest",
    "LegalRead",
    "LogKey",
    "LogStep",
    "Notification",
    "NotificationChoice",
    "NotifiedUpTo",
    "PageChange",
    "PageWatch",
    "Part",
    "Passage",
    "Posting",
    "Presence",
    "Profile",
    "PublicChange",
    "PublicPassage",
    "PublicPosting",
    "PublicSegment",
    "Publication",
    "Rating",
    "RatingScale",
    "ReplyRequest",
    "Report",
    "Review",
    "ReviewEvent",
    "Role",
    "Rollup",
    "SavedView",
    "Seal",
    "SealEntry",
    "SearchEvidence",
    "SearchRun",
    "SecondCheckRule",
    "Segment",
    "Source",
    "SourceAddress",
    "SourceItem",
    "SourceRun",
    "SpeakerSide",
    "Stance",
    "State",
    "Subscriber",
    "SubscriberMail",
    "Suggestion",
    "Tier",
    "Topic",
    "Turn",
    "UnsealedEvent",
    "Verdict",
    "VerdictEvidence",
    "VerdictPackage",
    "VerdictSearch",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEvent",
    "WebhookMessage",
    "WebhookOff",
    "WebhookOutcome",
]
