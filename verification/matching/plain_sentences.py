"""Sentences of short plain texts: posts, claims, passages. Documents are cut by `claims.extraction.sentences`."""

import re

_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\n+")


def plain_sentences(text: str) -> list[str]:
    """Return the sentences of a text in order, none of them blank; a line is one at least."""
    return [sentence for sentence in _END.split(text) if sentence.strip()]
