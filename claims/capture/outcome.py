"""What an HTTP status means for the one who asked."""

from collections.abc import Sequence
from enum import StrEnum


class Outcome(StrEnum):
    """The end of one fetch. A refusal is not a failure: asking again sooner does not help."""

    OK = "ok"
    REFUSED = "refused"
    THROTTLED = "throttled"
    NOT_FOUND = "not_found"
    FAILED = "failed"


_BY_STATUS = {
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
