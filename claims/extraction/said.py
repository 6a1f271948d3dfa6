"""When something was said: the day that its sentence ties to the cue, as far as the text and the day of publication
tell.
"""

from datetime import date

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from claims.extraction.numbers.dates import dated
from claims.extraction.reading import Read

_BESIDE = 2
"""Words after the cue within which a day belongs to it whatever the parse says (`said Monday`, `said on Monday`)."""


def said_on(sentence: Tokens, start: int, read: Read, published: date | None) -> date | None:
    """Return the one day tied to the cue of `read`, or to the verb it hangs on, in a sentence of the paragraph at
    `start`.

    A day inside what was said is not the day it was said on; neither is one beside `according to`, which dates the
    event.
    """
    anchor = read.found.anchor
    if read.attribution.cue_span is None or anchor.lower_ == "according":
        return None
    verbs = {anchor.i}
    while anchor.dep_ in ("advcl", "conj", "xcomp") and anchor.head != anchor:
        anchor = anchor.head
        verbs.add(anchor.i)
    days = set()
    for (first, _), day in dated(sentence.text, published):
        index = sentence.start_char + first
        inside = any(begin <= start + index < end for begin, end in read.attribution.content)
        token = next(token for token in sentence if token.idx + len(token) > index)
        beside = 0 < token.i - read.found.anchor.i <= _BESIDE
        if beside or (not inside and _verb_of(token).i in verbs):
            days.add(day)
    return days.pop() if len(days) == 1 else None


def _verb_of(token: Token) -> Token:
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token
