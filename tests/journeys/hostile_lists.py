"""Lists whose every cell is a hostile line: articles to hand in, and fact checks from before the desk."""

import csv
import json
from collections.abc import Sequence
from io import StringIO


def article_rows(found: Sequence[str]) -> list[dict[str, str]]:
    """Return a row for each line: its text, and what is told of it; every third is an address instead."""
    rows = []
    for number, line in enumerate(found):
        told = {"title": line[:900], "outlet": line[:180], "byline": line[:900]}
        if number % 3 == 0:
            rows.append({"url": line, **told})
        elif number % 3 == 1:
            rows.append({"text": f"Notice {number}. {line} The board bought {number + 40} lamps.", **told})
        else:
            page = {"html": f"<p>Notice {number}: the board bought lamps.</p>{line}", "published": line[:50]}
            rows.append(page | told | {"found_at": f"https://port.example/{number}?{line[:900]}"})
    return rows


def list_csv(found: Sequence[str]) -> bytes:
    """Return the rows as a table."""
    names = ("url", "text", "html", "title", "outlet", "byline", "published", "found_at")
    return _table(names, [[row.get(name, "") for name in names] for row in article_rows(found)])


def list_jsonl(found: Sequence[str]) -> bytes:
    """Return the rows as JSON Lines, with a key and a bare value that are lines too."""
    rows = [json.dumps(row) for row in article_rows(found)]
    return "\n".join([*rows, json.dumps({found[0]: found[1]}), json.dumps(found[2]), found[3]]).encode()


def earlier_csv(found: Sequence[str]) -> bytes:
    """Return fact checks as a table, each with an address of its own, those of every fourth row no address at all."""
    names = ("claim", "claimant", "rating", "url", "title", "publisher", "language", "date")
    rows = [
        [line, line[:190], line[:190], _address(number, line), line, line[:190], line[:9], line[:30]]
        for number, line in enumerate(found)
    ]
    return _table(names, rows)


def claimreviews(found: Sequence[str]) -> bytes:
    """Return fact checks as ClaimReview."""
    reviews = [
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "claimReviewed": f"{line} {number}",
            "url": f"{_address(number, line)}&review",
            "headline": line,
            "inLanguage": line[:9],
            "author": {"@type": "Organization", "name": line[:190], "url": line},
            "datePublished": "2029-03-02",
            "reviewRating": {"@type": "Rating", "alternateName": line[:190], "ratingValue": 1, "bestRating": line},
            "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": line[:190], "sameAs": line}},
        }
        for number, line in enumerate(found)
    ]
    return json.dumps(reviews).encode()


def _address(number: int, line: str) -> str:
    return line if number % 4 == 0 else f"https://gull.example/{number}?{line[:900]}"


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    held = StringIO()
    writer = csv.writer(held)
    writer.writerow(names)
    writer.writerows(rows)
    return held.getvalue().encode()
