"""What cases are about: topics given in triage or planning, told in the same line of the log."""

from collections.abc import Iterable, Sequence

from verification.models import Review, Topic


def told(topics: Iterable[Topic]) -> list[str]:
    """Return topics as the log keeps them: their names, in order."""
    return sorted(topic.name for topic in topics)


def give(review: Review, topics: Sequence[Topic]) -> None:
    """Let a case be about these topics and no others, in the caller's transaction, under the case's lock."""
    review.topics.set(topics)
