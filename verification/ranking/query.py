"""What is looked for: a claim and the article around it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """A claim, as far as it is known; `said_precision` is one of `claims.models.Precision`.

    `quotations` are the quoted words without their marks, `figures` numbers as written, `context` the article around
    the claim, `title` the article's. Unknown is None or empty.
    """

    text: str
    quotations: tuple[str, ...] = ()
    speaker: str | None = None
    said: date | None = None
    said_precision: str | None = None
    published: date | None = None
    figures: tuple[str, ...] = ()
    context: str = ""
    title: str = ""
    language: str = "en"
