"""The desk: the queue and its cases, and the library to look at."""

from verification.admin.library import CandidateAdmin, DocumentAdmin, SearchRunAdmin, SourceAdmin
from verification.admin.review import ReviewAdmin

__all__ = ["CandidateAdmin", "DocumentAdmin", "ReviewAdmin", "SearchRunAdmin", "SourceAdmin"]
