"""When a message is tried again, and when that is given up: what Standard Webhooks suggests, some five days in all."""

from datetime import timedelta
from random import SystemRandom
from typing import Final

_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PAUSES: Final = (
    5 * _SECOND,
    5 * _MINUTE,
    30 * _MINUTE,
    2 * _HOUR,
    5 * _HOUR,
    10 * _HOUR,
    14 * _HOUR,
    20 * _HOUR,
    24 * _HOUR,
    24 * _HOUR,
    24 * _HOUR,
)
"""After the first attempt, the second, and so on; none after the last."""
LONGEST_WISH: Final = 24 * _HOUR
"""What a receiver may ask for with Retry-After."""
OFF_AFTER: Final = timedelta(days=5)
"""A webhook that took nothing for so long is switched off."""
TOGETHER_AGAIN: Final = 5 * _MINUTE
"""How long at most the other messages to a receiver wait because one found it away."""

_CHANCE = SystemRandom()


def pause_after(attempts: int, wished: float | None) -> timedelta | None:
    """Return how long to wait after so many attempts, up to a tenth longer by chance; None: it is given up.

    `wished` is what the receiver asked for, in seconds; it is honoured up to a day.
    """
    if attempts > len(PAUSES):
        return None
    pause = PAUSES[attempts - 1]
    if wished is not None:
        pause = max(pause, min(timedelta(seconds=wished), LONGEST_WISH))
    return pause * _CHANCE.uniform(1.0, 1.1)
