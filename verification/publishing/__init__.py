"""The public side: pages, ClaimReview and feeds of what was published. It reads; it writes nothing."""
