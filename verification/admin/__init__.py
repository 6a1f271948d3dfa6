"""The library, the searches and the cases, to look at."""

from verification.admin.library import CandidateAdmin, DocumentAdmin, ReviewAdmin, SearchRunAdmin, SourceAdmin

__all__ = ["CandidateAdmin", "DocumentAdmin", "ReviewAdmin", "SearchRunAdmin", "SourceAdmin"]
