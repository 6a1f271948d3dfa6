"""Places in a document that its readers know it by: a page, a table's cell, a time of a recording.

A place is JSON: `start` and `end` (offsets into the document's text, code points, half open) and one of `page`; `row`
with `column`, and `sheet` where there are several; `from` and `to` (seconds into the recording). What is told of a
passage are the places it lies in, put together, without the offsets.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from claims.wording import Words, words

Place = dict[str, Any]


def place_of(places: Sequence[Mapping[str, Any]] | None, start: int, end: int) -> Place | None:
    """Return where a passage stands: `page` (`last_page`), `row` (`last_row`, `column`, `sheet`), or `from` and `to`.

    `places` are in the order of the text and do not overlap. None where the passage lies in none of them. A column or
    a sheet is named where all of it lies in that one.
    """
    if not places:
        return None
    first = max(0, bisect_right(places, start, key=lambda place: int(place["start"])) - 1)
    inside = []
    for place in places[first:]:
        if place["start"] >= end:
            break
        if place["end"] > start:
            inside.append(place)
    return _together(inside) if inside else None


def _together(inside: Sequence[Mapping[str, Any]]) -> Place | None:
    head, tail = inside[0], inside[-1]
    if "page" in head:
        return {"page": head["page"]} | ({"last_page": tail["page"]} if tail["page"] != head["page"] else {})
    if "from" in head:
        return {"from": head["from"], "to": max(place["to"] for place in inside)}
    if "row" in head:
        told: Place = {"row": head["row"]} | ({"last_row": tail["row"]} if tail["row"] != head["row"] else {})
        for name in ("column", "sheet"):
            held = {place.get(name) for place in inside}
            if len(held) == 1 and None not in held:
                told[name] = held.pop()
        return told
    return None


def told(place: Mapping[str, Any] | None) -> Words | None:
    """Return a place as readers know it: "page 4", "row 12, column Rate", "at 00:12:31"; None for none."""
    if not place:
        return None
    if "page" in place:
        if "last_page" in place:
            return words("pages %(first)s to %(last)s", first=place["page"], last=place["last_page"])
        return words("page %(page)s", page=place["page"])
    if "from" in place:
        return words("at %(time)s", time=clock(place["from"]))
    if "last_row" in place:
        if "column" in place:
            return words(
                "rows %(first)s to %(last)s, column %(column)s",
                first=place["row"],
                last=place["last_row"],
                column=place["column"],
            )
        return words("rows %(first)s to %(last)s", first=place["row"], last=place["last_row"])
    if "row" in place:
        if "column" in place:
            return words("row %(row)s, column %(column)s", row=place["row"], column=place["column"])
        return words("row %(row)s", row=place["row"])
    return None


def at_place(url: str, place: Mapping[str, Any] | None) -> str:
    """Return an address that leads to a place: a recording's time as a media fragment (W3C Media Fragments 1.0 §4.2.1).

    A PDF's page as its viewers take it (RFC 8118 §3). An address that has a fragment of its own keeps it.
    """
    if not place or "#" in url:
        return url
    if "from" in place:
        return f"{url}#t={int(place['from'])}"
    return f"{url}#page={place['page']}" if "page" in place else url


def clock(seconds: float) -> str:
    """Return a time of a recording as hours, minutes and seconds."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
