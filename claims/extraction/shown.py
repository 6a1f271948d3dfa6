"""A claim as people read it: one line that begins and ends as a sentence does, and no other words than it had."""

import re

_GOING_ON = re.compile(r",(?=[”\"’'»」]+$)")
_MARKS = re.compile('[“”„"«»「」]')


def text_of(kind: str, text: str) -> str:
    """Return the text that a claim of this kind is shown with.

    Of what is somebody's words and nothing else (a `quotation` without marks of its own) each letter stays as printed:
    sources are searched for these very words, and a capital of ours would change them.
    """
    return _on_a_line(text) if kind == "quotation" and not _MARKS.search(text) else as_shown(text)


def as_shown(text: str) -> str:
    """Return what a claim says on one line, beginning with a capital and without the comma that the article went on by.

    Such a comma stands at the end, or before a quotation mark that closes there (`…, said she`). A first word that has
    capitals of its own (`eBay`) or stands in quotation marks is left as it is.
    """
    line = _GOING_ON.sub("", _on_a_line(text))
    first = line.split(maxsplit=1)[0] if line else ""
    return line[:1].upper() + line[1:] if first.islower() else line


def _on_a_line(text: str) -> str:
    return " ".join(text.split()).rstrip(",")
