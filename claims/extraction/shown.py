"""A claim as people read it: one line that begins and ends as a sentence does, and no other words than it had."""

import re

_GOING_ON = re.compile(r",(?=[”\"’'»」]+$)")


def as_shown(text: str) -> str:
    """Return what a claim says on one line, beginning with a capital and without the comma that the article went on by.

    Such a comma stands at the end, or before a quotation mark that closes there (`…, said she`). A first word that has
    capitals of its own (`eBay`) or stands in quotation marks is left as it is.
    """
    line = _GOING_ON.sub("", " ".join(text.split()).rstrip(","))
    first = line.split(maxsplit=1)[0] if line else ""
    return line[:1].upper() + line[1:] if first.islower() else line
