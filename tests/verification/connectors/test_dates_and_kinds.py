"""Dates as sources write them, and what a title announces."""

from datetime import UTC, datetime

import pytest

from verification.connectors.dates import Published, read_date
from verification.connectors.kinds import kind_of, tier_of


@pytest.mark.parametrize(
    ("written", "at", "precision", "offset"),
    [
        ("2031-01-24 19:30:00-05:00", datetime(2031, 1, 25, 0, 30, tzinfo=UTC), "minute", -300),
        ("2031-01-24T17:45:43-05:00", datetime(2031, 1, 24, 22, 45, 43, tzinfo=UTC), "second", -300),
        ("2031-01-24T17:45:43Z", datetime(2031, 1, 24, 17, 45, 43, tzinfo=UTC), "second", 0),
        ("Mon, 28 Feb 2022 21:08:19 +0100", datetime(2022, 2, 28, 20, 8, 19, tzinfo=UTC), "second", 60),
        ("2031-01-24", datetime(2031, 1, 24, tzinfo=UTC), "day", None),
        ("2031-01-24T17:45:43", datetime(2031, 1, 24, tzinfo=UTC), "day", None),
        ("2031-01", datetime(2031, 1, 1, tzinfo=UTC), "month", None),
        ("2031", datetime(2031, 1, 1, tzinfo=UTC), "year", None),
    ],
)
def test_a_date_is_known_as_exactly_as_it_is_written(
    written: str, at: datetime, precision: str, offset: int | None
) -> None:
    assert read_date(written) == Published(at, precision, offset)


@pytest.mark.parametrize("written", ["", "Monday", "last week", "2031-13-40", "24/01/31", "0000", "yesterday 5 pm"])
def test_what_is_no_full_date_is_unknown(written: str) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("title", "kind", "tier"),
    [
        ("Readout of President\xa0Example’s Call", "readout", 1),
        ("Readout from the Harbour Spokesperson", "readout", 1),
        ("Remarks by the Warden on Oil", "transcript", 0),
        ("Press Briefing by Press Secretary A. Example", "transcript", 0),
        ("Background Press Call on Lamps", "transcript", 0),
        ("Remarks as Prepared for Delivery by the Warden", "prepared", 1),
        ("FACT SHEET: Lamps", "fact_sheet", 1),
        ("Joint Statement of the Ports", "statement", 1),
        ("Executive Order on Lamps", "order", 0),
        ("Lamps and how to light them", "other", 1),
        (None, "other", 1),
    ],
)
def test_a_title_announces_a_kind_and_a_tier(title: str | None, kind: str, tier: int) -> None:
    assert kind_of(title) == kind
    assert tier_of(kind) == tier
