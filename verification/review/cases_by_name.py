"""Cases by the names that people and programs call them by."""

from contextlib import suppress
from uuid import UUID

from verification.models import Review


def case_named(text: str) -> Review | None:
    """Return the case of a number (`R-12`, `12`) or a public id; None where there is none."""
    number = text.strip().upper().removeprefix("R-")
    if number.isascii() and number.isdigit() and len(number) < 18:
        return Review.objects.filter(pk=int(number)).first()
    with suppress(ValueError):
        return Review.objects.filter(public=UUID(text.strip())).first()
    return None
