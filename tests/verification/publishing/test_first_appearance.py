"""Where a claim stood first: named where the days known prove it, and nowhere else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from claims.models import Precision
from tests.verification.publishing.samples import APPEARANCE, DESK, HERE, VERDICT
from verification.publishing.claimreview import claim_review
from verification.publishing.moments import Moment

DAY = datetime(2031, 5, 4, tzinfo=UTC)
NOON = Moment(DAY + timedelta(hours=12))
ONE_DAY = Moment(DAY, Precision.DAY)
NEXT_DAY = Moment(DAY + timedelta(days=1), Precision.DAY)
NEXT_MONTH = Moment(DAY + timedelta(days=31), Precision.MONTH)
THE_YEAR = Moment(DAY, Precision.YEAR)


def places(*times: Moment | None) -> tuple[list[int], list[int]]:
    """Return which of the appearances, published at these times, is the first, and which are others."""
    seen = tuple(
        replace(APPEARANCE, url=f"https://gull.example/{number}", published=at) for number, at in enumerate(times)
    )
    claim: Any = claim_review(replace(VERDICT, appearances=seen), DESK, HERE)["itemReviewed"]
    first = [claim["firstAppearance"]] if "firstAppearance" in claim else []
    return [_number(work) for work in first], [_number(work) for work in claim.get("appearance", [])]


def _number(work: dict[str, Any]) -> int:
    return int(work["url"].rpartition("/")[2])


@pytest.mark.parametrize(
    ("times", "first", "others"),
    [
        ((NEXT_DAY, ONE_DAY), [1], [0]),
        ((NOON, NEXT_DAY), [0], [1]),
        ((ONE_DAY, NEXT_MONTH), [0], [1]),
        ((ONE_DAY,), [0], []),
        ((NOON, Moment(NOON.at + timedelta(minutes=5), Precision.MINUTE)), [0], [1]),
    ],
)
def test_the_earliest_is_the_first_and_the_rest_are_others(
    times: tuple[Moment, ...], first: list[int], others: list[int]
) -> None:
    assert places(*times) == (first, others)


@pytest.mark.parametrize(
    "times",
    [
        (None,),
        (ONE_DAY, None),
        (ONE_DAY, ONE_DAY),
        (NOON, ONE_DAY),
        (THE_YEAR, ONE_DAY),
        (NOON, Moment(NOON.at + timedelta(seconds=30), Precision.MINUTE)),
    ],
)
def test_where_nobody_can_say_which_was_first_none_is_called_so(times: tuple[Moment | None, ...]) -> None:
    assert places(*times) == ([], list(range(len(times))))
