"""What the end of one exchange, or of one question to a source, means for the one who asked."""

from collections.abc import Sequence
from enum import StrEnum


class Outcome(StrEnum):
    """The end of one exchange or question. A refusal is no failure: asking again sooner does not help.

    FAILED is never EMPTY: the first says that nobody knows, the second that the source was asked and has nothing.
    NOT_PUBLISHED: the source answered that it does not publish this (hand-book: a transcript nobody issues, a language
    that a document is not in). STALE: it answers, but shows nothing new for longer than it should.
    """

    OK = "OK"
    NOT_MODIFIED = "NOT_MODIFIED"
    EMPTY = "EMPTY"
    NOT_FOUND = "NOT_FOUND"
    NOT_PUBLISHED = "NOT_PUBLISHED"
    REFUSED = "REFUSED"
    THROTTLED = "THROTTLED"
    FAILED = "FAILED"
    STALE = "STALE"


ANSWERED = frozenset({Outcome.OK, Outcome.NOT_MODIFIED, Outcome.EMPTY, Outcome.NOT_PUBLISHED})
"""After these a source has been asked and has answered; after the others nobody knows what it holds."""

_BY_STATUS = {
    304: Outcome.NOT_MODIFIED,
    401: Outcome.REFUSED,
    403: Outcome.REFUSED,
    404: Outcome.NOT_FOUND,
    410: Outcome.NOT_FOUND,
    429: Outcome.THROTTLED,
    451: Outcome.REFUSED,
    503: Outcome.THROTTLED,
}


def outcome_of(status: int, headers: Sequence[tuple[str, str]] = ()) -> Outcome:
    """Return the outcome of a response with `status` (RFC 9110 §15, 429: RFC 6585, 451: RFC 7725).

    202 with `x-amzn-waf-action` is a bot challenge, so REFUSED. Other 2xx are OK except 206, which lacks a part.
    """
    if status == 202 and any(name.lower() == "x-amzn-waf-action" for name, _ in headers):
        return Outcome.REFUSED
    if 200 <= status < 300 and status != 206:
        return Outcome.OK
    return _BY_STATUS.get(status, Outcome.FAILED)
