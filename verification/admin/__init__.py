"""The desk: the queue and its cases, the library to look at, and what the administrator sets."""

from verification.admin.insight.sides import SpeakerSideAdmin
from verification.admin.intake.submission import SubmissionAdmin
from verification.admin.library import CandidateAdmin, DocumentAdmin, SearchRunAdmin, SourceAdmin
from verification.admin.people.topics import TopicAdmin
from verification.admin.review import ReviewAdmin
from verification.admin.settings.desk import DeskAdmin
from verification.admin.settings.scales import RatingScaleAdmin
from verification.admin.settings.verdicts import VerdictAdmin

__all__ = [
    "CandidateAdmin",
    "DeskAdmin",
    "DocumentAdmin",
    "RatingScaleAdmin",
    "ReviewAdmin",
    "SearchRunAdmin",
    "SourceAdmin",
    "SpeakerSideAdmin",
    "SubmissionAdmin",
    "TopicAdmin",
    "VerdictAdmin",
]
