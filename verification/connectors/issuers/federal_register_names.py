"""How texts name what stands in the Federal Register: by number, by order or proclamation, by volume and page."""

import re
from collections.abc import Sequence

from verification.connectors.issuers.recognising import Reader, named_in

FIRST_VOLUME_OF = 1935
"""Volume 1 is of 1936, and each year has one: 89 FR is of 2024."""

NUMBERS_UNIQUE_SINCE = 2016

_READERS: Sequence[Reader] = (
    (
        re.compile(r"federalregister\.gov/documents/(\d{4})/(\d{2})/(\d{2})/([A-Za-z0-9-]+)"),
        lambda match: identifier_of(match[4], f"{match[1]}-{match[2]}-{match[3]}"),
    ),
    (re.compile(r"federalregister\.gov/d/([A-Za-z0-9-]+)"), lambda match: match[1]),
    (
        re.compile(r"federalregister\.gov/citation/(\d{2,3})[- ]FR[- ](\d{1,6})\b", re.IGNORECASE),
        lambda match: f"{match[1]} FR {int(match[2])}",
    ),
    (
        re.compile(r"\b(?:Executive Order|E\.\s?O\.|EO) (?:No\. ?)?(\d{4,5})\b(?!-)", re.IGNORECASE),
        lambda match: f"Executive Order {match[1]}",
    ),
    (
        re.compile(r"\b(?:Proclamation|Proc\.) (?:No\. ?)?(\d{4,5})\b(?!-)", re.IGNORECASE),
        lambda match: f"Proclamation {match[1]}",
    ),
    (
        re.compile(r"\b(\d{2,3}) (?:FR|F\.R\.|Fed\. ?Reg\.) (\d{1,3}(?:,\d{3})|\d{1,6})\b"),
        lambda match: f"{match[1]} FR {int(match[2].replace(',', ''))}",
    ),
    (re.compile(r"\b(20\d{2}-\d{5})\b(?!-)"), lambda match: match[1]),
)

NUMBER = re.compile(r"(?:(\d{4}-\d{2}-\d{2})/)?([A-Za-z0-9-]+)")
ISSUED = re.compile(r"(Executive Order|Proclamation) (\d+)")
CITATION = re.compile(r"(\d+) FR (\d+)")


def recognised(text: str) -> list[str]:
    """Return the identifiers that a text names: "2024-09142", "Executive Order 14067", "89 FR 30046"."""
    return named_in(text, _READERS)


def identifier_of(number: str, day: str) -> str:
    """Return the one name of a document that was published on `day` (YYYY-MM-DD) under `number`.

    Numbers were given twice before 2016, so the day is a part of the name until then.
    """
    return number if int(day[:4]) >= NUMBERS_UNIQUE_SINCE else f"{day}/{number}"
