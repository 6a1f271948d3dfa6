"""What stands beside a text while it is written and signed off: whom the desk asked, and the parts of the claim."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from verification.admin.case.told_replies import ToldReply, told_replies
from verification.models import Review
from verification.review.parts import Whole, whole_of


@dataclass(frozen=True, slots=True)
class BesideText:
    """Whom the desk asked in this cycle, and a compound claim's parts (None where it has none)."""

    replies: Sequence[ToldReply]
    whole: Whole | None

    @property
    def waiting(self) -> list[ToldReply]:
        """The requests that have neither an answer nor silence yet."""
        return [each for each in self.replies if each.waits]


def beside_text(review: Review, person: User) -> BesideText:
    """Return what stands beside a case's text (two queries; more where somebody was asked or it has parts)."""
    return BesideText(told_replies(review, person, cycle=True), whole_of(review))
