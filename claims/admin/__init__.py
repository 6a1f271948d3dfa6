"""What was handed in, to look at."""

from claims.admin.facts import AppearanceAdmin, ArticleAdmin, ClaimAdmin, SnapshotAdmin, WorkAdmin

__all__ = ["AppearanceAdmin", "ArticleAdmin", "ClaimAdmin", "SnapshotAdmin", "WorkAdmin"]
